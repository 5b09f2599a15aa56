/** What people do on the workshop's screens, as steps of tours; each story puts them together. */

export const tap = (selector) => ({ content: `tap ${selector}`, trigger: selector, run: "click" });

export const isThere = (selector) => ({ content: `there is ${selector}`, trigger: selector });

export const type = (selector, text) => ({
    content: `${text} goes into ${selector}`,
    trigger: selector,
    run: `edit ${text}`,
});

/** Where there is little room beside the buttons, the current state is shown without the others. */
export const isInState = (state) =>
    isThere(`.o_statusbar_status:has(.o_arrow_button_current[data-value=${state}])`);

/** On a phone the first button is in the header, the others are behind the dots. */
export const tapInMenu = (name) => [
    tap(".o_statusbar_buttons button.o-dropdown"),
    tap(`.o-dropdown--menu button[name=${name}]`),
];

export const addJob = (name) => [
    tap(".o_field_widget[name=job_ids] .o_field_x2many_list_row_add a"),
    type(".o_selected_row .o_field_widget[name=name] input", name),
    tap(".o_selected_row .o_field_widget[name=mechanic_ids] input"),
    isThere(".o-autocomplete--dropdown-menu"),
    type(".o_selected_row .o_field_widget[name=mechanic_ids] input", "Test mechanic"),
    tap(".o-autocomplete--dropdown-item:contains(Test mechanic)"),
    isThere(".o_selected_row .o_field_widget[name=mechanic_ids] .o_tag"),
];

const addLine = ([product, price]) => [
    tap(".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a"),
    tap(".o_selected_row .o_field_widget[name=product_id] input"),
    isThere(".o-autocomplete--dropdown-menu"),
    type(".o_selected_row .o_field_widget[name=product_id] input", product),
    tap(`.o-autocomplete--dropdown-item:contains(${product})`),
    isThere(`.o_selected_row .o_field_widget[name=price_unit] input:value(/${price}/)`),
];

/** From the order into the job, its lines, and back. */
export const priceJob = (name, products) => [
    tap(`.o_data_row:has(.o_data_cell:contains(${name})) .o_list_record_open_form_view button`),
    isThere(".o_form_view .o_field_widget[name=line_ids]"),
    ...products.flatMap(addLine),
    tap(".o_form_button_save:visible"),
    isThere(".o_form_saved"),
    tap(".breadcrumb-item a:contains(T1/)"),
    isThere(".o_field_widget[name=job_ids]"),
];

/** The reception screen: a known vehicle is received with what the customer says and its reading. */
export const receive = (plate, found, concern, reading) => [
    type(".o_taller_plate", plate),
    tap(`.o_taller_found:contains(${found})`),
    isThere(`.o_taller_card:contains(${found})`),
    tap(".o_taller_receive"),
    type(".o_field_widget[name=concern] textarea", concern),
    type(".o_field_widget[name=odometer_in] input", reading),
];

export const saveReception = () => [tap(".o_form_button_save:visible"), isThere(".o_form_saved")];

export const signReceipt = () => [
    tap(".o_taller_sign"),
    tap(".o_web_sign_auto_button"),
    tap(".modal-footer .btn-primary:enabled"),
    isThere("body:not(:has(.modal))"),
    isThere(".o_taller_sign.btn-secondary"),
];

export const openJobs = () => [
    tap(".o_statusbar_buttons button[name=action_open_order]"),
    isThere(".o_field_widget[name=job_ids]"),
];

export const accept = (name) => tap(`[data-job-id]:contains(${name}) label.btn-outline-success`);

export const decline = (name) => [
    tap(`[data-job-id]:contains(${name}) label.btn-outline-danger`),
    tap(`[data-job-id]:contains(${name}) .o_taller_reason_choice:visible`),
];

/** The customer signs once for all that is accepted, this sum. */
export const signEstimate = (total) => [
    isThere(".o_taller_open.d-none:not(:visible)"),
    isThere(`.o_taller_total:contains(${total})`),
    type(".o_web_sign_name_and_signature input", "Ana Lucía Cifuentes"),
    tap(".o_web_sign_auto_button"),
    { trigger: "canvas.o_web_sign_signature", run: "canvasNotEmpty" },
    { ...tap(".o_portal_sign_submit:enabled"), expectUnloadPage: true },
    isThere(`.o_taller_estimate:has(.alert-success) .o_taller_accepted:contains(${total})`),
];

const card = (name) => `.o_kanban_record:contains(${name})`;

export const startJob = (name) => [
    tap(`${card(name)} button[name=action_start]`),
    isThere(`${card(name)} button[name=action_open_pause]`),
];

export const finishJob = (name) => [
    tap(`${card(name)} button[name=action_finish]`),
    isThere(`.o_kanban_view:not(:has(${card(name)}))`),
];

/** Handed over with this reading, signed on the screen. */
export const deliver = (reading) => [
    tap("button[name=action_open_delivery]"),
    type(".modal .o_field_widget[name=odometer] input", reading),
    tap(".modal .o_field_widget[name=signature] .o_signature"),
    tap(".o_web_sign_auto_button"),
    tap(".modal:has(.o_web_sign_auto_button) .modal-footer .btn-primary:enabled"),
    isThere("body:not(:has(.o_web_sign_auto_button))"),
    isThere(".modal .o_field_widget[name=signature] img"),
    tap(".modal button[name=action_deliver]"),
    isThere("body:not(:has(.modal))"),
];
