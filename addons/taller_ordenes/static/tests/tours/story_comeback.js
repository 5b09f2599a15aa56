import { registry } from "@web/core/registry";

import { deliver, finishJob, isThere, openJobs, receive, saveReception, startJob, tap } from "./story_steps";

const tours = registry.category("web_tour.tours");

const warranty = ".o_field_widget[name=warranty_job_ids]";

tours.add("taller_comeback_is_recognised", {
    steps: () => [
        ...receive("814ktr", "P-814KTR", "It squeals again.", "50900"),
        ...saveReception(),
        ...openJobs(),
        isThere(`${warranty}:contains(Front brakes)`),
        tap(`${warranty} button[name=action_claim_warranty]`),
        isThere(".o_field_widget[name=job_ids]:contains(Front brakes)"),
        isThere(`body:not(:has(${warranty} button))`),
    ],
});

tours.add("taller_comeback_is_done", {
    steps: () => [...startJob("Front brakes"), ...finishJob("Front brakes")],
});

tours.add("taller_comeback_is_delivered", {
    steps: () => [tap(".o_statusbar_buttons button[name=action_ready]"), ...deliver("50910")],
});
