from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon

FILLING = ("mechanic", "reception", "supervisor", "administrator")


@tagged("post_install", "-at_install")
class TestInspection(OrderCommon):
    """An inspection from its template to the confirmed report."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._make_template()
        cls.order = cls._receive()
        cls.inspection = cls.as_role("mechanic", cls._inspect(cls.order, cls.template))
        cls.items = {line.code: line for line in cls.inspection.line_ids}

    def test_it_copies_the_template(self):
        lines = self.inspection.line_ids
        self.assertEqual(lines.mapped("name"), ["Headlights", "Wipers", "Pads, front", "Oil", "Remarks"])
        self.assertEqual(lines.mapped("section"), ["Lights", "Lights", "Brakes", "Brakes", "Brakes"])
        self.assertEqual(self.inspection.state, "draft")
        self.assertEqual(self.items["pads_front"].unit, "mm")
        self.assertEqual([choice["name"] for choice in self.items["oil"].choices], ["Full", "Empty"])

    def test_a_changed_template_relabels_nothing(self):
        self._answer_all(self.inspection, pads=4)
        self.inspection.action_confirm()
        pads, oil = (
            self.template.line_ids.filtered(lambda line, code=code: line.code == code)
            for code in ("pads_front", "oil")
        )
        pads.write({"name": "Pads", "unit": "in", "green_from": 1, "amber_from": 0})
        oil.choice_ids[0].write({"name": "Overfull", "rating": "red"})
        self.template.write({"name": "Other", "amber_label": "Dangerous"})
        self.template.line_ids[1].unlink()
        self.env.invalidate_all()
        self.assertEqual(self.items["pads_front"].answer, "4 mm")
        self.assertEqual(self.items["pads_front"].rating, "amber")
        self.assertEqual(self.items["pads_front"]._get_rating_label(), "Soon")
        self.assertEqual((self.items["oil"].answer, self.items["oil"].rating), ("Full", "green"))
        self.assertEqual((self.inspection.name, len(self.items)), ("Short", 5))
        self.template.unlink()
        self.assertEqual(self.inspection.line_ids[0].name, "Headlights")

    def test_the_first_answer_begins_it(self):
        self._answer(self.inspection, wipers="red")
        self.assertEqual(self.inspection.state, "in_progress")
        self.assertEqual(self.inspection.started_by_id, self.users["mechanic"])
        self.assertEqual(self.items["wipers"].answered_by_id, self.users["mechanic"])

    def test_colours_follow_from_limits_and_choices(self):
        empty = self.items["oil"].choices[1]["key"]
        self._answer(
            self.inspection,
            pads_front={"value": "2,9", "rating": "green"},
            oil={"choice": empty, "rating": "green"},
        )
        self.assertEqual(self.items["pads_front"].rating, "red")
        self.assertEqual(self.items["oil"].rating, "red")

    def test_zero_is_a_measurement(self):
        self._answer(self.inspection, pads_front={"value": 0})
        self.assertTrue(self.items["pads_front"].is_answered)
        self.assertEqual(self.items["pads_front"].rating, "red")

    def test_an_answer_can_be_taken_back(self):
        self._answer(self.inspection, wipers="red", pads_front={"value": 3})
        self._answer(self.inspection, wipers="", pads_front={"value": None})
        self.assertFalse(self.items["wipers"].rating)
        self.assertFalse(self.items["pads_front"].is_answered)

    def test_an_item_that_the_vehicle_has_not(self):
        self._answer(self.inspection, pads_front={"rating": "na", "value": 2})
        self.assertTrue(self.items["pads_front"].is_answered)
        self.assertEqual(self.items["pads_front"].rating, "na")

    def test_nothing_is_confirmed_with_required_items_unchecked(self):
        with self.assertRaisesRegex(UserError, "Headlights, Wipers, Pads, front, Oil"):
            self.inspection.action_confirm()
        self._answer_all(self.inspection)
        self.inspection.action_confirm()
        self.assertEqual(self.inspection.state, "done")
        self.assertEqual(self.inspection.done_by_id, self.users["mechanic"])
        self.assertFalse(self.items["remarks"].is_answered)

    def test_nothing_is_confirmed_without_the_required_photo(self):
        self.items["pads_front"].sudo().photo_policy = "defect"
        self._answer_all(self.inspection, pads=2)
        with self.assertRaisesRegex(UserError, "photo: Pads, front"):
            self.inspection.action_confirm()
        self._answer(self.inspection, pads_front={"value": 9})
        self.inspection.action_confirm()

    def test_a_confirmed_inspection_never_changes(self):
        self._answer_all(self.inspection)
        self.inspection.action_confirm()
        for attempt in (
            lambda: self._answer(self.inspection, wipers="red"),
            lambda: self.inspection.action_confirm(),
            lambda: self.inspection.sudo().write({"state": "draft"}),
            lambda: self.items["wipers"].sudo().write({"rating": "red"}),
            lambda: self.inspection.sudo().unlink(),
            lambda: self.items["wipers"].sudo().unlink(),
        ):
            with self.assertRaisesRegex(UserError, "confirmed"), self.env.cr.savepoint():
                attempt()

    def test_answers_that_none_can_be(self):
        self._answer(self.inspection, wipers="red")
        for code, answer in (
            ("wipers", {"rating": "blue"}),
            ("wipers", {"rating": "red", "note": "x" * 2001}),
            ("wipers", {"rating": "red", "note": ["x"]}),
            ("pads_front", {"value": "nan"}),
            ("pads_front", {"value": 1e9}),
            ("pads_front", {"value": "a lot"}),
            ("oil", {"choice": "9999999"}),
            ("oil", {"choice": ["x"]}),
            ("wipers", {"rating": ["red"]}),
            ("wipers", {"rating": {}, "note": {"a": 1}}),
        ):
            [result] = self._answer(self.inspection, **{code: answer})
            self.assertEqual(result["status"], "refused", (code, answer))
            self.assertTrue(result["message"])
        self.assertEqual(self.items["wipers"].rating, "red")
        self.assertFalse(self.items["pads_front"].is_answered)

    def test_answers_of_no_shape(self):
        for answer in (
            {},
            {"line": self.items["wipers"].id, "uid": ["x"]},
            {"line": [1], "uid": "a"},
            {"line": "1; DROP", "uid": "b"},
            {"line": 10**12},
        ):
            [result] = self.inspection.save_answers([answer])
            self.assertEqual(result["status"], "refused", answer)
        self.assertEqual(self.inspection.save_answers([None, 5, "x"]), [])
        self.assertEqual(self.inspection.state, "draft")

    def test_what_no_database_keeps_is_left_out(self):
        [result] = self._answer(self.inspection, remarks={"text": "a\x00b\ud800c"})
        self.assertEqual(result["status"], "saved")
        self.assertEqual(self.items["remarks"].text, "abc")
        [result] = self.inspection.save_answers(
            [{"line": self.items["wipers"].id, "uid": "\ud800", "base": 0, "rating": "red"}]
        )
        self.assertEqual(result["status"], "refused")

    def test_items_of_another_inspection_are_out_of_reach(self):
        other = self._inspect(self._receive(role="administrator", shop_id=self.other_shop.id), self.template)
        foreign = other.line_ids[0]
        [result] = self.inspection.save_answers(
            [{"line": foreign.id, "uid": "a", "base": 0, "rating": "red"}]
        )
        self.assertEqual(result["status"], "refused")
        self.assertFalse(foreign.rating)

    def test_an_answer_sent_twice_counts_once(self):
        answer = {"line": self.items["wipers"].id, "uid": "one", "base": 0, "rating": "red"}
        for _time in range(2):
            [result] = self.inspection.save_answers([answer])
            self.assertEqual(result["status"], "saved")
        self.assertEqual(self.items["wipers"].revision, 1)

    def test_a_correction_of_an_own_answer_on_its_way_is_no_conflict(self):
        first = {"line": self.items["wipers"].id, "uid": "one", "base": 0, "rating": "red"}
        second = {**first, "uid": "two", "base": 0, "after": "one", "rating": "amber"}
        for _time in range(2):  # the answer to the first try was lost
            results = self.inspection.save_answers([first, second])
            self.assertEqual([result["status"] for result in results], ["saved", "saved"])
            self.assertEqual((self.items["wipers"].rating, self.items["wipers"].revision), ("amber", 2))

    def test_nobody_overwrites_what_a_colleague_answered_unseen(self):
        mine = {"line": self.items["wipers"].id, "uid": "mine", "base": 0, "rating": "green"}
        self._answer(self.as_role("reception", self.inspection), wipers="red")
        [result] = self.inspection.save_answers([mine])
        self.assertEqual(result["status"], "conflict")
        self.assertEqual(self.items["wipers"].rating, "red")
        [result] = self.inspection.save_answers([{**mine, "base": 1}])
        self.assertEqual(result["status"], "saved")
        self.assertEqual(self.items["wipers"].rating, "green")

    def test_who_may_fill_in_and_who_may_not(self):
        for role in ROLES:
            inspection = self.as_role(role, self.inspection)
            self.assertTrue(inspection.read(["name"]), role)
            if role in FILLING:
                [result] = self._answer(inspection, wipers="red")
                self.assertEqual(result["status"], "saved", role)
                continue
            with self.assertRaises(AccessError, msg=role):
                self._answer(inspection, wipers="red")
            for action in (inspection.action_confirm, inspection.line_ids.action_propose_job):
                with self.assertRaises(AccessError, msg=role):
                    action()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.order).action_start_inspection()

    def test_nobody_writes_snapshot_or_colour(self):
        line = self.items["pads_front"]
        for role in ROLES:
            user = self.users[role]
            for values in ({"rating": "green"}, {"green_from": 0}, {"name": "Other"}, {"value": 9}):
                with self.assertRaises(AccessError, msg=(role, values)):
                    self._state_via_rpc(user, line, values)
            for values in ({"state": "done"}, {"name": "Other"}, {"amber_label": "Fine"}, {"line_ids": []}):
                with self.assertRaises(AccessError, msg=(role, values)):
                    self._state_via_rpc(user, self.inspection, values)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.inspection").create(
                    {"order_id": self.order.id, "name": "Forged", "kind": "inspection"}
                )
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.inspection.line").create(
                    {"inspection_id": self.inspection.id, "name": "Forged"}
                )

    def test_other_shops_and_companies_are_out_of_reach(self):
        elsewhere = self._inspect(
            self._receive(role="administrator", shop_id=self.other_shop.id), self.template
        )
        vehicle = self._make_vehicle("P-444DDD", self.customer, company_id=False)
        abroad = self._inspect(
            self.env["taller.order"]
            .with_company(self.foreign_company)
            .create({"vehicle_id": vehicle.id, "shop_id": self.foreign_shop.id}),
            self.template,
        )
        for inspection, roles in ((elsewhere, FILLING[:3]), (abroad, FILLING)):
            for role in roles:
                mine = self.as_role(role, inspection)
                answer = {"line": inspection.line_ids[0].id, "uid": "x", "base": 0, "rating": "red"}
                for attempt in (
                    lambda mine=mine: mine.read(["name"]),
                    lambda mine=mine: mine.line_ids.read(["name"]),
                    lambda mine=mine, answer=answer: mine.save_answers([answer]),
                    lambda mine=mine: mine.action_confirm(),
                    lambda mine=mine: mine.line_ids.action_propose_job(),
                    lambda mine=mine: mine.order_id.action_start_inspection(),
                ):
                    with self.assertRaises(AccessError, msg=(role, inspection.shop_id.name)):
                        attempt()

    def test_customers_read_no_inspection_directly(self):
        for model in ("taller.inspection", "taller.inspection.line", "taller.inspection.template"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.portal_user).search([])

    def test_an_unfinished_one_may_be_thrown_away_by_the_office(self):
        with self.assertRaises(AccessError):
            self.inspection.unlink()
        self.as_role("reception", self.inspection).unlink()
        self.assertFalse(self.order.inspection_ids)

    def test_a_closed_order_is_inspected_no_more(self):
        self.order.action_cancel("The customer came for it")
        with self.assertRaisesRegex(UserError, "closed"):
            self._answer(self.inspection, wipers="red")
        with self.assertRaisesRegex(UserError, "closed"):
            self.as_role("mechanic", self.order).action_start_inspection()

    def test_the_choice_of_a_template_opens_no_door(self):
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        foreign = self._make_template(company_id=self.foreign_company.id)
        for role in ("mechanic", "reception"):
            wizards = self.as_role(role, "taller.inspection.start")
            for order, template in ((elsewhere, self.template), (self.order, foreign)):
                with self.assertRaises(UserError, msg=(role, order.name)), self.env.cr.savepoint():
                    wizards.create({"order_id": order.id, "template_id": template.id}).action_start()

    def test_limits_that_contradict_each_other_are_refused(self):
        pads = self.template.line_ids.filtered(lambda line: line.code == "pads_front")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            pads.amber_from = 6
        oil = self.template.line_ids.filtered(lambda line: line.code == "oil")
        with self.assertRaisesRegex(ValidationError, "two choices"), self.env.cr.savepoint():
            self.template.line_ids = [Command.update(oil.id, {"choice_ids": [Command.clear()]})]

    def test_codes_stay_when_names_change_and_templates_are_copied(self):
        wipers = self.template.line_ids.filtered(lambda line: line.code == "wipers")
        wipers.name = "Wipers and washer"
        self.assertEqual(wipers.code, "wipers")
        codes = [line.code for line in self.template.line_ids]
        self.assertEqual([line.code for line in self.template.copy().line_ids], codes)
        twin = wipers.create({"template_id": self.template.id, "name": "Wipers"})
        self.assertEqual(twin.code, "wipers_2")

    def test_the_start_costs_the_same_for_one_and_for_many(self):
        vehicles = [self._make_vehicle(f"P-{number:03}QRY", self.customer) for number in range(11)]
        orders = self.env["taller.order"].create(
            [{"vehicle_id": vehicle.id, "shop_id": self.shop.id} for vehicle in vehicles]
        )
        Inspection = self.env["taller.inspection"]

        def count(some_orders):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Inspection._start(some_orders, self.template)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(orders[:1])
        self.assertEqual(count(orders[1:2]), count(orders[2:]))
