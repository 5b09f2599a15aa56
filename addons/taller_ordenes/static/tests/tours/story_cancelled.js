import { registry } from "@web/core/registry";

import { isThere, tap, tapInMenu, type } from "./story_steps";

const tours = registry.category("web_tour.tours");

tours.add("taller_cancelled_by_reception", {
    steps: () => [
        ...tapInMenu("action_open_cancel"),
        tap(".modal button[name=action_cancel]:visible"),
        isThere(".modal .o_field_widget[name=reason].o_field_invalid"),
        type(".modal .o_field_widget[name=reason] input", "Sold the car"),
        tap(".modal button[name=action_cancel]:visible"),
        isThere("body:not(:has(.modal))"),
        isThere(".o_field_widget[name=cancel_reason]:contains(Sold the car)"),
        isThere("body:not(:has(.o_statusbar_buttons button))"),
    ],
});

tours.add("taller_cancelled_on_the_desk", {
    steps: () => [
        isThere(".ribbon .text-bg-danger"),
        isThere(".o_field_widget[name=cancel_reason]:contains(Sold the car)"),
    ],
});

tours.add("taller_cancelled_for_the_customer", {
    steps: () => [
        isThere(".o_taller_hindrance"),
        isThere(".o_taller_estimate:not(:has(.btn-check)):not(:has(.o_portal_sign_submit))"),
    ],
});

tours.add("taller_cancelled_for_the_mechanic", {
    steps: () => [isThere(".o_kanban_view:not(:contains(Front brakes)) .o_view_nocontent")],
});
