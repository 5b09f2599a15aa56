from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderCommon, make_picture


@tagged("post_install", "-at_install")
class TestInspectionFinding(OrderCommon):
    """What was found is remembered, becomes a job, and is shown with its photos."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._make_template()
        cls.order = cls._receive(odometer_in=120_000)
        cls.inspection = cls.as_role("mechanic", cls._inspect(cls.order, cls.template))
        cls.items = {line.code: line for line in cls.inspection.line_ids}

    def _confirm(self, pads=2.0):
        self._answer_all(self.inspection, pads=pads)
        self.inspection.action_confirm()

    def _come_back(self, template=None, **values):
        """The items of the next visit's inspection, by code."""
        order = self._receive(odometer_in=120_050, **values)
        inspection = self.as_role("mechanic", self._inspect(order, template or self.template))
        return {line.code: line for line in inspection.line_ids}

    def _photograph(self, line, role="mechanic", key="photo-1"):
        return self.as_role(role, "taller.photo").upload(
            {"inspection_line_id": line.id, "image": make_picture(), "upload_key": key}
        )

    # Carried forward

    def test_what_was_found_last_time_is_shown_beside_the_item(self):
        self._answer(self.inspection, wipers={"rating": "amber", "note": "Left one smears"})
        self._answer(self.inspection, headlights="green", pads_front={"value": 2})
        self._answer(self.inspection, oil={"choice": self.items["oil"].choices[0]["key"]})
        self.inspection.action_confirm()
        items = self._come_back()
        screen = {line["code"]: line for line in items["wipers"].inspection_id.load_screen()["lines"]}
        previous = screen["pads_front"]["previous"]
        self.assertEqual((previous["rating"], previous["label"]), ("red", "Urgent"))
        self.assertEqual(previous["answer"], "2 mm")
        self.assertEqual((previous["odometer"], previous["odometer_unit"]), (120_000, "km"))
        self.assertEqual(previous["done_at"], self.inspection.done_at)
        self.assertTrue(previous["is_unrepaired"])
        self.assertEqual(screen["wipers"]["previous"]["note"], "Left one smears")
        self.assertFalse(screen["headlights"]["previous"]["is_unrepaired"])
        self.assertFalse(screen["remarks"]["previous"])

    def test_what_was_repaired_stands_out_no_more(self):
        self._confirm()
        job = self.env["taller.job"].browse(self.items["pads_front"].action_propose_job())
        self.assertTrue(self._come_back()["pads_front"].is_unrepaired_before)
        job.sudo().state = "done"
        self.assertFalse(self._come_back()["pads_front"].is_unrepaired_before)

    def test_what_the_customer_declined_stands_out(self):
        self._confirm()
        job = self.env["taller.job"].browse(self.items["pads_front"].action_propose_job())
        job.sudo().state = "declined"
        self.assertTrue(self._come_back()["pads_front"].is_unrepaired_before)

    def test_it_is_matched_by_code_across_templates_and_names(self):
        self._confirm()
        other = self.template.copy()
        other.line_ids.filtered(lambda line: line.code == "pads_front").name = "Brake linings"
        self.assertEqual(self._come_back(other)["pads_front"].previous_line_id, self.items["pads_front"])

    def test_an_item_not_checked_last_time_shows_the_time_before(self):
        self._confirm()
        second = self._come_back()
        inspection = second["wipers"].inspection_id
        self._answer_all(inspection)
        self._answer(inspection, pads_front={"rating": "na"})
        inspection.action_confirm()
        third = self._come_back()
        self.assertEqual(third["pads_front"].previous_line_id, self.items["pads_front"])
        self.assertEqual(third["wipers"].previous_line_id, second["wipers"])

    def test_unconfirmed_ones_and_other_vehicles_are_not_carried_forward(self):
        self._answer_all(self.inspection)
        self.assertFalse(self._come_back()["wipers"].previous_line_id)
        self.inspection.action_confirm()
        other = self._make_vehicle("P-222BBB", self.customer)
        self.assertFalse(self._come_back(vehicle_id=other.id)["wipers"].previous_line_id)

    # Jobs

    def test_a_finding_becomes_a_job_in_one_tap(self):
        self._answer_all(self.inspection, pads=2)
        self._answer(self.inspection, pads_front={"value": 2, "note": "Worn on one side"})
        job = self.env["taller.job"].browse(self.items["pads_front"].action_propose_job())
        self.assertEqual((job.name, job.state, job.order_id), ("Pads, front", "proposed", self.order))
        self.assertEqual(job.concern, "Pads, front: Urgent, 2 mm\nWorn on one side")
        self.assertEqual(job.inspection_line_id, self.items["pads_front"])
        self.assertEqual(self.order.state, "estimating")

    def _make_service(self, name, **values):
        line = {"kind": "labour", "product_id": self.labour.id, "quantity": 1.5}
        return self.env["taller.service"].create(
            {"name": name, "customer_text": "New pads", "line_ids": [Command.create(line)], **values}
        )

    def test_the_service_suggested_for_the_defect_fills_the_job(self):
        pads = self.template.line_ids.filtered(lambda line: line.code == "pads_front")
        pads.service_ids = self._make_service(
            "Front brakes, motorcycle", condition_ids=[Command.create({"equipment_kind": "motorcycle"})]
        ) + self._make_service("Front brakes")
        line = self._come_back()["pads_front"]
        self.assertEqual(line.service_id.name, "Front brakes", "the other one isn't for cars")
        self._answer(line.inspection_id, pads_front={"value": 2})
        job = self.env["taller.job"].browse(line.action_propose_job())
        self.assertEqual((job.name, job.customer_text, job.planned_hours), ("Front brakes", "New pads", 1.5))
        self.assertEqual(job.concern, "Pads, front: Urgent, 2 mm")
        self.assertEqual(job.sudo().line_ids.product_id, self.labour)

    def test_services_of_other_shops_and_companies_are_not_suggested(self):
        pads = self.template.line_ids.filtered(lambda line: line.code == "pads_front")
        pads.service_ids = (
            self._make_service("Elsewhere", shop_ids=self.other_shop.ids)
            + self._make_service("Archived", active=False)
            + self.env["taller.service"].create({"name": "Abroad", "company_id": self.foreign_company.id})
        )
        self.assertFalse(self._come_back()["pads_front"].service_id)

    def test_never_twice(self):
        self._confirm()
        pads = self.items["pads_front"]
        first = pads.action_propose_job()
        self.assertEqual(pads.action_propose_job(), first)
        self.assertEqual(self.as_role("reception", pads).action_propose_job(), first)
        self.env["taller.job"].browse(first).sudo().state = "declined"
        self.assertEqual(pads.action_propose_job(), first)

    def test_a_dropped_job_may_be_proposed_again(self):
        self._confirm()
        pads = self.items["pads_front"]
        first = pads.action_propose_job()
        self.env["taller.job"].browse(first).sudo().state = "cancelled"
        self.assertNotEqual(pads.action_propose_job(), first)

    def test_what_is_good_becomes_no_job(self):
        self._confirm(pads=9)
        with self.assertRaisesRegex(UserError, "nothing to repair"):
            self.items["pads_front"].action_propose_job()
        self.assertFalse(self.order.job_ids)

    def test_nobody_forges_the_finding_of_a_job(self):
        job = self._propose(self.order)
        for role in ("mechanic", "reception", "administrator"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, job).inspection_line_id = self.items["wipers"]
        with self.assertRaises(AccessError):
            self._propose(self.order, inspection_line_id=self.items["wipers"].id)

    def test_proposing_costs_the_same_for_few_and_for_many(self):
        self._answer(self.inspection, headlights="red", wipers="red", pads_front={"value": 1})
        self._answer(self.inspection, oil={"choice": self.items["oil"].choices[1]["key"]})
        lines = self.inspection.line_ids.filtered(lambda line: line.rating == "red")
        for number, line in enumerate(lines):
            self._photograph(line, key=f"photo-{number}")

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.action_propose_job()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(lines[:1])
        self.assertEqual(count(lines[1:2]), count(lines[2:]))

    def test_the_screen_costs_the_same_for_few_and_for_many_items(self):
        self._confirm()
        lines = [line for code, line in self._come_back().items() if code != "remarks"]
        for number, line in enumerate(lines):
            self._photograph(line, key=f"photo-{number}")
        screen_lines = self.env["taller.inspection.line"].browse(line.id for line in lines).sudo()

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._get_screen_values()
            return self.env.cr.sql_log_count - before

        count(screen_lines)
        self.assertEqual(count(screen_lines[:1]), count(screen_lines))

    # Photos

    def test_photos_belong_to_item_and_job(self):
        self._answer_all(self.inspection, pads=2)
        pads = self.items["pads_front"]
        before = self._photograph(pads)
        job = self.env["taller.job"].browse(pads.action_propose_job())
        after = self._photograph(pads, key="photo-2")
        photos = self.env["taller.photo"].browse([before["id"], after["id"]])
        self.assertEqual(pads.photo_ids, photos)
        self.assertEqual(photos.job_id, job)
        self.assertEqual(photos.order_id, self.order)
        screen = {line["code"]: line for line in self.inspection.load_screen()["lines"]}
        self.assertEqual([photo["id"] for photo in screen["pads_front"]["photos"]], photos.ids)
        self.assertEqual(screen["pads_front"]["job"]["id"], job.id)

    def test_a_required_photo_that_is_there(self):
        self.items["pads_front"].sudo().photo_policy = "defect"
        self._answer_all(self.inspection, pads=2)
        self.assertEqual(self.items["pads_front"].missing, "photo")
        self._photograph(self.items["pads_front"])
        self.assertFalse(self.items["pads_front"].missing)
        self.inspection.action_confirm()

    def test_no_photo_is_added_to_or_taken_from_a_confirmed_inspection(self):
        photo = self._photograph(self.items["wipers"])
        self._confirm()
        with self.assertRaisesRegex(UserError, "confirmed"):
            self._photograph(self.items["wipers"], key="late")
        for role in ("mechanic", "administrator"):
            record = self.as_role(role, self.env["taller.photo"].browse(photo["id"]))
            with self.assertRaises(UserError, msg=role), self.env.cr.savepoint():
                record.unlink()

    def test_photos_of_other_shops_items_are_refused(self):
        elsewhere = self._inspect(
            self._receive(role="administrator", shop_id=self.other_shop.id), self.template
        )
        for role in ("mechanic", "reception", "supervisor"):
            with self.assertRaises(AccessError, msg=role):
                self._photograph(elsewhere.line_ids[0], role=role)
        with self.assertRaises(AccessError):
            self.env["taller.photo"].with_user(self.portal_user).upload(
                {"inspection_line_id": self.items["wipers"].id, "image": make_picture()}
            )

    # For pages and documents

    def test_findings_for_pages_and_documents(self):
        self.assertEqual(self.order._get_inspection_findings(), [])
        photo = self._photograph(self.items["pads_front"])
        self._confirm()
        [finding] = self.order._get_inspection_findings()
        self.assertEqual(
            {name: finding[name] for name in ("section", "name", "rating", "symbol", "label", "answer")},
            {
                "section": "Brakes",
                "name": "Pads, front",
                "rating": "red",
                "symbol": "✕",
                "label": "Urgent",
                "answer": "2 mm",
            },
        )
        self.assertEqual(finding["photo_ids"], [photo["id"]])
        self.assertEqual(len(self.order._get_inspection_findings(ratings=None)), 4)
        self.assertEqual(self.order._get_inspection_findings(kind="quality"), [])

    def test_the_order_counts_its_lights(self):
        self._confirm()
        self.assertEqual(self.order.inspection_summary, "✓ 3 ! 0 ✕ 1")

    # Starting

    def test_the_start_picks_the_template_by_kind_of_equipment(self):
        self.env["taller.inspection.template"].search([]).active = False
        car, machine = self._make_template(for_car=True), self._make_template(for_machinery=True)
        excavator = self._make_vehicle("C-001EXC", self.customer, equipment_kind="machinery")
        for vehicle, template in ((self.vehicle, car), (excavator, machine)):
            order = self.as_role("mechanic", self._receive(vehicle_id=vehicle.id))
            action = order.action_start_inspection()
            inspection = order.inspection_ids
            self.assertEqual(inspection.template_id, template)
            self.assertEqual((action["res_model"], action["res_id"]), ("taller.inspection", inspection.id))
            self.assertEqual(order.action_start_inspection()["res_id"], inspection.id, "the one begun")
            self.assertEqual(len(order.inspection_ids), 1)

    def test_where_several_fit_one_is_chosen(self):
        second = self._make_template(name="Second", for_car=True)
        order = self.as_role("mechanic", self._receive())
        action = order.action_start_inspection()
        self.assertEqual(action["res_model"], "taller.inspection.start")
        wizard = (
            self.env["taller.inspection.start"]
            .with_user(self.users["mechanic"])
            .with_context(**action["context"])
            .create({"template_id": second.id})
        )
        for _time in range(2):
            wizard.action_start()
        self.assertEqual(order.inspection_ids.template_id, second)
        self.assertEqual(len(order.inspection_ids), 1)
