import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("taller_history", {
    steps: () => [
        {
            content: "the visit is told with its jobs",
            trigger: ".o_taller_entry[data-kind=visit] .o_taller_line[data-kind=done]:contains(Front brakes)",
        },
        {
            content: "only what was declined",
            trigger: ".o_taller_timeline button[data-kind=declined]",
            run: "click",
        },
        {
            trigger: ".o_taller_line[data-kind=declined]:contains(Too expensive)",
        },
        {
            content: "the job done is not shown now",
            trigger: ".o_taller_timeline:not(:has(.o_taller_line[data-kind=done]))",
        },
        {
            content: "from there to the visit itself",
            trigger: ".o_taller_entry[data-kind=visit] button",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=concern]",
        },
    ],
});
