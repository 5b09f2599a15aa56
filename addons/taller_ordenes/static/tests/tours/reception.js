import { registry } from "@web/core/registry";

import { isThere, signReceipt, tap, type } from "./story_steps";

const typePlate = (plate) => type(".o_taller_plate", plate);

const tapSketch = (x, y) => ({
    content: "tap on the sketch",
    trigger: ".o_taller_sketch",
    run() {
        const box = this.anchor.getBoundingClientRect();
        this.anchor.dispatchEvent(
            new MouseEvent("click", {
                bubbles: true,
                clientX: box.left + x * box.width,
                clientY: box.top + y * box.height,
            })
        );
    },
});

const tours = registry.category("web_tour.tours");

tours.add("taller_reception_on_the_phone", {
    steps: () => [
        typePlate("p 814 ktr"),
        tap(".o_taller_found:contains(P-814KTR)"),
        isThere(".o_taller_card:contains(Ana Lucía Cifuentes)"),
        isThere(".o_taller_due:contains(Wipers)"),
        tap(".o_taller_receive"),
        type(".o_field_widget[name=concern] textarea", "It pulls to the left."),
        type(".o_field_widget[name=odometer_in] input", "51000"),
        tap(".o_taller_fuel button:nth-child(3)"),
        type(".o_field_widget[name=brought_by] input", "Pedro Xol"),
        tap(".o_field_widget[name=belonging_ids] input[type=checkbox]:first"),
        tapSketch(0.2, 0.9),
        tap(".o_taller_mark_kind[data-kind=dent]"),
        isThere(".o_taller_mark:contains(1)"),
        ...signReceipt(),
    ],
});

tours.add("taller_reception_of_a_new_customer", {
    steps: () => [
        typePlate("p901bcd"),
        tap(".o_taller_new_vehicle"),
        type("#o_taller_new_owner", "Elmer Sical"),
        type("#o_taller_new_phone", "5555 1234"),
        tap(".o_taller_new button[type=submit]"),
        isThere(".o_taller_card:contains(P-901BCD):contains(Elmer Sical)"),
        tap(".o_taller_receive"),
        type(".o_field_widget[name=concern] textarea", "It doesn't start."),
        tap(".o_form_button_save:visible"),
        isThere(".o_form_saved"),
    ],
});

tours.add("taller_reception_is_warned", {
    steps: () => [
        typePlate("814KTR"),
        isThere(".o_taller_found .badge"),
        tap(".o_taller_found"),
        tap(".o_taller_inside button"),
        isThere(".o_form_view .o_field_widget[name=concern]"),
    ],
});
