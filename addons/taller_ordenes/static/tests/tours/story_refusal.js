import { registry } from "@web/core/registry";

import { accept, isThere, openJobs, receive, saveReception, signEstimate, tap } from "./story_steps";

const tours = registry.category("web_tour.tours");

tours.add("taller_refusal_is_offered_again", {
    steps: () => [
        ...receive("814ktr", "P-814KTR", "Oil, and what was left last time.", "50800").toSpliced(
            3,
            0,
            isThere(".o_taller_due:contains(Wiper blades):contains(Not now)")
        ),
        ...saveReception(),
        ...openJobs(),
        tap(".o_field_widget[name=declined_before_ids] button[name=action_offer_again]"),
        isThere(".o_field_widget[name=job_ids]:contains(Wiper blades)"),
        isThere("body:not(:has(.o_field_widget[name=declined_before_ids] button))"),
        tap(".o_statusbar_buttons button[name=action_send_estimate]"),
        isThere(".o_field_widget[name=estimate_sent_at]"),
    ],
});

tours.add("taller_refusal_is_accepted", {
    steps: () => [accept("Wiper blades"), ...signEstimate(595)],
});
