import { registry } from "@web/core/registry";

const CHOSEN_FILE = "clientes.xlsx";

/** Choose the workshop's own template as the file to import, as it was downloaded. */
async function chooseTemplate() {
    const response = await fetch(`/taller_base/static/xls/${CHOSEN_FILE}`);
    const file = new File([await response.blob()], CHOSEN_FILE, {
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    });
    const transfer = new window.DataTransfer();
    transfer.items.add(file);
    const input = document.querySelector("input.o_input_file");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

const importTheTemplate = (outcome) => [
    { trigger: ".o_control_panel .o_cp_action_menus .fa-cog", run: "click" },
    { trigger: ".o_import_menu", run: "click" },
    {
        trigger: ".o_import_action a[href='/taller_base/static/xls/clientes.xlsx']",
        run: chooseTemplate,
    },
    { trigger: ".o_import_data_content td:contains(NIT)" },
    { trigger: ".o_control_panel button.btn-secondary:contains(Import)", run: "click" },
    outcome,
];

// By what is the same in every language: the user's may be any.
registry.category("web_tour.tours").add("taller_base_import_customers", {
    url: "/odoo/taller-customers",
    steps: () => [
        { trigger: ".o_list_view" },
        ...importTheTemplate({ trigger: ".o_notification:contains(3)" }),
        { trigger: ".o_data_row:contains(44556675)" },
        { trigger: ".breadcrumb-item:first a", run: "click" },
        { trigger: "body:not(:has(.breadcrumb-item)) .o_list_view .o_data_row" },
        ...importTheTemplate({ trigger: ".o_import_data_content .alert-success:contains(0):contains(3)" }),
        { trigger: ".o_import_data_content .alert-warning:contains(44556675)" },
    ],
});
