import { registry } from "@web/core/registry";

// Reception, on a phone at the gate: a plate makes a vehicle, then its odometer is read, first with a slip.
registry.category("web_tour.tours").add("taller_vehicle_reception", {
    url: "/odoo/taller-vehicles",
    steps: () => [
        { content: "new vehicle", trigger: ".o-kanban-button-new", run: "click" },
        {
            content: "its plate, as heard",
            trigger: ".o_field_widget[name=license_plate] input",
            run: "edit p 432 bcd",
        },
        { content: "save", trigger: ".o_form_button_save", run: "click" },
        { content: "saved, in its own spelling", trigger: ".o_form_saved" },
        { content: "record a reading", trigger: ".o_statusbar_buttons .btn-primary", run: "click" },
        {
            content: "a slip of the finger",
            trigger: ".modal .o_field_widget[name=value] input",
            run: "edit 9999999",
        },
        { content: "record", trigger: ".modal footer .btn-primary", run: "click" },
        {
            content: "it is refused",
            trigger: ".o_error_dialog .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "what the meter shows",
            trigger: ".modal .o_field_widget[name=value] input",
            run: "edit 45200",
        },
        { content: "record", trigger: ".modal footer .btn-primary", run: "click" },
        { content: "done", trigger: "body:not(:has(.modal)) .o_form_view" },
    ],
});
