import { registry } from "@web/core/registry";

import { isThere, tap } from "./story_steps";

// Adding two services takes four taps; what was declined before takes one.
registry.category("web_tour.tours").add("taller_reception_adds_services", {
    steps: () => [
        tap(".o_taller_add_services"),
        tap(".o_taller_services .list-group-item:contains(Oil service)"),
        isThere(".o_taller_services .list-group-item[aria-pressed=true]:contains(399.99)"),
        {
            content: "words narrow the list down",
            trigger: ".o_taller_services input[type=search]",
            run: "edit brakes",
        },
        isThere(".o_taller_services .list-group:not(:contains(Oil service))"),
        tap(".o_taller_services .list-group-item:contains(Front brakes)"),
        isThere(".o_taller_services .o_taller_add_chosen:contains(2)"),
        tap(".o_taller_add_chosen"),
        isThere(".o_field_widget[name=job_ids]:contains(Oil service):contains(Front brakes)"),
        tap(".o_field_widget[name=declined_before_ids] button[name=action_offer_again]"),
        isThere(".o_field_widget[name=job_ids]:contains(Wiper blades)"),
        isThere("body:not(:has(.o_field_widget[name=declined_before_ids] button))"),
    ],
});
