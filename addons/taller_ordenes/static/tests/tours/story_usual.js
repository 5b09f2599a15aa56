import { registry } from "@web/core/registry";

import {
    accept,
    deliver,
    finishJob,
    isThere,
    openJobs,
    receive,
    signEstimate,
    signReceipt,
    startJob,
    tap,
} from "./story_steps";

const tours = registry.category("web_tour.tours");

tours.add("taller_usual_is_received", {
    steps: () => [
        ...receive("814ktr", "P-814KTR", "It squeals when braking.", "50800"),
        ...signReceipt(),
        ...openJobs(),
        tap(".o_taller_add_services"),
        tap(".o_taller_services .list-group-item:contains(Front brakes)"),
        tap(".o_taller_add_chosen"),
        isThere(".o_field_widget[name=job_ids]:contains(Front brakes)"),
        tap(".o_statusbar_buttons button[name=action_send_estimate]"),
        isThere(".o_field_widget[name=estimate_sent_at]"),
    ],
});

tours.add("taller_usual_is_accepted", {
    steps: () => [accept("Front brakes"), ...signEstimate(770)],
});

tours.add("taller_usual_is_done", {
    steps: () => [
        tap(".o_kanban_record:contains(Front brakes) button[name=action_acknowledge]"),
        isThere(".o_kanban_record:contains(Front brakes):not(:has(button[name=action_acknowledge]))"),
        ...startJob("Front brakes"),
        ...finishJob("Front brakes"),
    ],
});

tours.add("taller_usual_is_ready", {
    steps: () => [
        tap(".o_statusbar_buttons button[name=action_ready]"),
        isThere(".o_statusbar_buttons button[name=action_open_delivery]"),
    ],
});

tours.add("taller_usual_is_delivered", {
    steps: () => deliver("50810"),
});
