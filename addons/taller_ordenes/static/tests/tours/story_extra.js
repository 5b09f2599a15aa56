import { registry } from "@web/core/registry";

import { accept, finishJob, isThere, priceJob, signEstimate, startJob, tap, type } from "./story_steps";

const tours = registry.category("web_tour.tours");

tours.add("taller_extra_is_found", {
    steps: () => [
        ...startJob("Front brakes"),
        tap(".o_kanban_record:contains(Front brakes) button[name=action_open_concern]"),
        type(".modal .o_field_widget[name=text] textarea", "Left CV boot torn"),
        tap(".modal button[name=action_report]"),
        isThere("body:not(:has(.modal))"),
        isThere(".o_kanban_record:contains(Front brakes) button[name=action_open_pause]"),
    ],
});

tours.add("taller_extra_is_priced", {
    steps: () => [
        isThere(".o-mail-Activity:contains(Left CV boot torn)"),
        ...priceJob("Left CV boot torn", [
            ["Flat-rate hour", 175],
            ["Brake pads", 420],
        ]),
    ],
});

tours.add("taller_extra_is_sent", {
    steps: () => [
        tap(".o_statusbar_buttons button[name=action_send_estimate]"),
        isThere(".o_field_widget[name=estimate_sent_at]"),
    ],
});

tours.add("taller_extra_is_accepted", {
    steps: () => [
        isThere(".o_taller_estimate:not(:contains(Front brakes))"),
        accept("Left CV boot torn"),
        ...signEstimate(595),
    ],
});

tours.add("taller_extra_is_done", {
    steps: () => [
        isThere(".o_kanban_view:not(:contains(595)):not(:contains(420))"),
        ...finishJob("Front brakes"),
        ...startJob("Left CV boot torn"),
        ...finishJob("Left CV boot torn"),
    ],
});
