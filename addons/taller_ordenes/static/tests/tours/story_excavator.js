import { registry } from "@web/core/registry";

import { deliver, isThere, openJobs, receive, saveReception, tap, tapInMenu, type } from "./story_steps";

const tours = registry.category("web_tour.tours");

const item = (code) => `.o_taller_item[data-code=${code}]`;

tours.add("taller_excavator_is_received", {
    steps: () => [
        ...receive("o555xcv", "O-555XCV", "The boom drops by itself.", "7731.5"),
        ...saveReception(),
        ...openJobs(),
        ...tapInMenu("action_start_inspection"),
        isThere(".o_taller_progress[data-done='0']"),
    ],
});

tours.add("taller_excavator_is_inspected", {
    steps: () => [
        tap(`${item("pins")} .o_taller_rate[data-rating=red]`),
        type(`${item("pins")} .o_taller_note`, "Play of 4 mm"),
        type(`${item("shoes")} .o_taller_measure`, "18,5"),
        isThere(`${item("shoes")}[data-rating=green]`),
        isThere(".o_taller_saving[data-mark=saved]"),
        tap(`${item("pins")} .o_taller_propose`),
        isThere(`${item("pins")} .o_taller_job`),
        tap(".o_taller_confirm"),
        isThere(".o_taller_inspection_page[data-state=done]:not(:has(.o_taller_rate))"),
    ],
});

tours.add("taller_excavator_is_delivered", {
    steps: () => deliver("7733.5"),
});
