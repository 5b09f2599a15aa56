import { registry } from "@web/core/registry";

import { accept, addJob, decline, isInState, priceJob, signEstimate } from "./story_steps";

const tours = registry.category("web_tour.tours");

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
    steps: () => [accept("Front brakes"), ...decline("Wiper blades"), ...signEstimate(595)],
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
