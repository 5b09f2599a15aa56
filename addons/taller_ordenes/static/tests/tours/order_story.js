import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const isInState = (state) => ({
    content: `the order is ${state}`,
    // On a narrow screen the bar folds into one button.
    trigger: `.o_form_statusbar:has(.o_arrow_button_current[data-value=${state}])`,
});

const addJob = (name) => [
    {
        content: `add the job ${name}`,
        trigger: ".o_field_widget[name=job_ids] .o_field_x2many_list_row_add a",
        run: "click",
    },
    {
        trigger: ".o_selected_row .o_field_widget[name=name] input",
        run: `edit ${name}`,
    },
    {
        content: "assign the mechanic",
        trigger: ".o_selected_row .o_field_widget[name=mechanic_ids] input",
        run: "click",
    },
    {
        content: "the list of mechanics is open",
        trigger: ".o-autocomplete--dropdown-menu",
    },
    {
        trigger: ".o_selected_row .o_field_widget[name=mechanic_ids] input",
        run: "edit Test mechanic",
    },
    {
        trigger: ".o-autocomplete--dropdown-item:contains(Test mechanic)",
        run: "click",
    },
    {
        trigger: ".o_selected_row .o_field_widget[name=mechanic_ids] .o_tag",
    },
];

const addLine = ([product, price]) => [
    {
        content: `add ${product} to the job`,
        trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
        run: "click",
    },
    {
        trigger: ".o_selected_row .o_field_widget[name=product_id] input",
        run: "click",
    },
    {
        content: "the list of products is open",
        trigger: ".o-autocomplete--dropdown-menu",
    },
    {
        trigger: ".o_selected_row .o_field_widget[name=product_id] input",
        run: `edit ${product}`,
    },
    {
        trigger: `.o-autocomplete--dropdown-item:contains(${product})`,
        run: "click",
    },
    {
        content: "the price is there",
        trigger: `.o_selected_row .o_field_widget[name=price_unit] input:value(/${price}/)`,
    },
];

const priceJob = (name, products) => [
    {
        content: `open the job ${name}`,
        trigger: `.o_data_row:has(.o_data_cell:contains(${name})) .o_list_record_open_form_view button`,
        run: "click",
    },
    {
        trigger: ".o_form_view .o_field_widget[name=line_ids]",
    },
    ...products.flatMap(addLine),
    {
        content: "save the job",
        trigger: ".o_form_button_save:visible",
        run: "click",
    },
    {
        trigger: ".o_form_saved",
    },
    {
        content: "back to the order",
        trigger: ".breadcrumb-item a:contains(T1/)",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=job_ids]",
    },
];

tours.add("taller_reception_estimates", {
    steps: () => [
        {
            content: "a car comes in",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "its plate is typed",
            trigger: ".o_field_widget[name=vehicle_id] input",
            run: "edit P-814",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(P-814KTR)",
            run: "click",
        },
        {
            content: "the owner is the customer",
            trigger: ".o_field_widget[name=partner_id] input:value(/Ana/)",
        },
        {
            content: "what the customer asks for",
            trigger: ".o_field_widget[name=concern] textarea",
            run: "edit It squeals when braking.",
        },
        ...addJob("Front brakes"),
        ...addJob("Wiper blades"),
        {
            content: "save",
            trigger: ".o_form_button_save:visible",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name]:contains(T1/)",
        },
        ...priceJob("Front brakes", [
            ["Flat-rate hour", 175],
            ["Brake pads", 420],
        ]),
        ...priceJob("Wiper blades", [["Brake pads", 420]]),
        isInState("estimating"),
        {
            content: "send the estimate",
            trigger: "button[name=action_send_estimate]:visible",
            run: "click",
        },
        isInState("waiting"),
    ],
});

tours.add("taller_customer_decides", {
    steps: () => [
        {
            content: "accept the brakes",
            trigger: ".o_taller_estimate [data-job-id]:contains(Front brakes) label.btn-outline-success",
            run: "click",
        },
        {
            content: "decline the wipers",
            trigger: ".o_taller_estimate [data-job-id]:contains(Wiper blades) label.btn-outline-danger",
            run: "click",
        },
        {
            content: "say why",
            trigger: "[data-job-id]:contains(Wiper blades) .o_taller_reason_choice:visible",
            run: "click",
        },
        {
            content: "nothing is left to decide",
            trigger: ".o_taller_open.d-none:not(:visible)",
        },
        {
            content: "the sum of what is accepted",
            trigger: ".o_taller_total:contains(595)",
        },
        {
            content: "the name",
            trigger: ".o_web_sign_name_and_signature input",
            run: "edit Ana Lucía Cifuentes",
        },
        {
            trigger: ".o_web_sign_auto_button",
            run: "click",
        },
        {
            content: "the signature is there",
            trigger: "canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            content: "sign and send",
            trigger: ".o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the page shows what was decided",
            trigger: ".o_taller_estimate:has(.alert-success) .o_taller_accepted:contains(595)",
        },
    ],
});

tours.add("taller_mechanic_works", {
    steps: () => [
        {
            content: "the declined job isn't there",
            trigger: ".o_kanban_view:not(:contains(Wiper blades)) .o_kanban_record:contains(Front brakes)",
        },
        {
            content: "no price on the phone",
            trigger: ".o_kanban_view:not(:contains(595)):not(:contains(420))",
        },
        {
            content: "start",
            trigger: ".o_kanban_record button[name=action_start]",
            run: "click",
        },
        {
            content: "finish",
            trigger: ".o_kanban_record button[name=action_finish]",
            run: "click",
        },
        {
            content: "nothing is left to do",
            trigger: ".o_kanban_view .o_view_nocontent",
        },
    ],
});

tours.add("taller_reception_ready", {
    steps: () => [
        {
            trigger: "button[name=action_ready]",
            run: "click",
        },
        isInState("ready"),
    ],
});

tours.add("taller_accounting_invoices", {
    steps: () => [
        {
            content: "open what is to be invoiced",
            trigger: ".o_data_row:contains(P-814KTR) .o_data_cell[name=name]",
            run: "click",
        },
        {
            trigger: "button[name=action_create_invoice]",
            run: "click",
        },
        {
            content: "the invoice is posted",
            trigger: ".o_form_view button[name=action_post]:visible",
            run: "click",
        },
        {
            content: "the customer pays",
            trigger: "button[name=action_register_payment]:visible",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_create_payments]",
            run: "click",
        },
        {
            content: "it is paid",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name=action_register_payment]:visible))",
        },
        {
            content: "and the order shows it",
            trigger: ".breadcrumb-item a:contains(T1/)",
            run: "click",
        },
        {
            trigger: ".o_widget_web_ribbon .ribbon.text-bg-success, .o_widget_web_ribbon .text-bg-success",
        },
    ],
});

tours.add("taller_reception_delivers", {
    steps: () => [
        {
            trigger: "button[name=action_open_delivery]",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_deliver]",
            run: "click",
        },
        isInState("delivered"),
    ],
});
