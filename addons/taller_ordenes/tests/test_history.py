from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..tools.timeline import Entry, Line, as_data, count_kinds, newest_first
from .common import OrderCommon


class TestTimeline(TransactionCase):
    """The pure part: no record is needed."""

    def test_newest_first_and_the_later_of_one_day_first(self):
        early, late, later = (
            Entry("visit", title, day=date(2026, 3, day), order=order)
            for title, day, order in (("early", 1, 9), ("late", 2, 1), ("later", 2, 2))
        )
        self.assertEqual(newest_first([early, late, later]), [later, late, early])

    def test_kinds_are_counted_in_entries_and_lines(self):
        visit = Entry("visit", "Z9/1", day=date(2026, 3, 1))
        visit.lines += [Line("done", "Brakes"), Line("declined", "Tyres"), Line("done", "Oil")]
        self.assertEqual(count_kinds([visit]), [("visit", 1), ("done", 2), ("declined", 1)])

    def test_every_line_has_a_sign_besides_its_colour(self):
        data = as_data([Entry("visit", "Z9/1", day=date(2026, 3, 1), lines=[Line("done", "Brakes")])])
        self.assertEqual((data[0]["day"], data[0]["symbol"]), ("2026-03-01", "●"))
        self.assertEqual(data[0]["lines"][0]["symbol"], "✓")


@tagged("post_install", "-at_install")
class TestHistory(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner_user = new_test_user(
            cls.env, login="test_owner", groups="base.group_portal", partner_id=cls.customer.id
        )

        cls.today = fields.Date.context_today(cls.vehicle.with_context(tz=cls.shop.tz))

    def entries(self, record, role="reception", **kwargs):
        return self.as_role(role, record).get_history(**kwargs)["entries"]

    def test_a_visit_tells_what_was_done_and_what_was_declined(self):
        order = self._receive(odometer_in=52690)
        done = self._propose(order)
        declined = self._propose(order, name="Battery")
        order.action_send_estimate()
        self._decide(order.estimate_id, accepted=done, reason="Too expensive")
        mechanic = self.as_role("mechanic", done)
        mechanic.action_start()
        mechanic.write({"cause": "Worn pads", "correction": "Replaced"})
        mechanic.action_finish()
        (visit,) = self.entries(self.vehicle)
        self.assertEqual((visit["kind"], visit["title"], visit["res_id"]), ("visit", order.name, order.id))
        self.assertIn("It squeals", visit["text"])
        self.assertTrue(any("52,690" in fact for fact in visit["facts"]))
        lines = {line["title"]: line for line in visit["lines"]}
        self.assertEqual(lines[done.name]["kind"], "done")
        self.assertIn("Worn pads", lines[done.name]["text"])
        self.assertEqual(lines[declined.name]["kind"], "declined")
        self.assertIn("Too expensive", lines[declined.name]["text"])

    def test_a_reading_that_a_visit_tells_is_not_told_twice(self):
        self._receive(odometer_in=52690)
        self.vehicle._record_reading(51000, date=fields.Date.today() - timedelta(days=30), reason="Earlier")
        kinds = [entry["kind"] for entry in self.entries(self.vehicle)]
        self.assertEqual(kinds, ["visit", "reading"])

    def test_amounts_are_for_the_office(self):
        order, _job = self._approved_order()
        amount = f"{order.amount_approved:,.2f}"
        for role in ("reception", "supervisor", "manager", "accounting", "administrator"):
            facts = self.entries(self.vehicle, role)[0]["facts"]
            self.assertTrue(any(amount in fact for fact in facts), role)
        for role in ("mechanic", "parts"):
            facts = self.entries(self.vehicle, role)[0]["facts"]
            self.assertFalse(any(amount in fact for fact in facts), role)

    def test_staff_see_the_visits_of_their_shops(self):
        self._receive(role="administrator", shop_id=self.other_shop.id)
        self.assertFalse(self.entries(self.vehicle, "reception"))
        self.assertTrue(self.entries(self.vehicle, "accounting"))

    def test_a_new_owner_sees_what_happened_since(self):
        before = self._receive(concern="A secret of the first owner")
        before._set_state("delivered")
        before.sudo().received_at -= timedelta(days=10)
        self.vehicle._transfer(self.portal_user.partner_id, self.today)
        after = self._receive()
        seen = self.vehicle.with_user(self.portal_user).get_history()
        self.assertEqual([e["title"] for e in seen["entries"] if e["kind"] == "visit"], [after.name])
        self.assertNotIn("A secret", str(seen))
        self.assertNotIn(self.customer.name, str(seen), "nor whose it was")
        with self.assertRaises(AccessError):
            self.vehicle.with_user(self.owner_user).get_history()

    def test_nor_the_first_owners_visit_of_the_same_day(self):
        self._receive(concern="A secret of the first owner")
        self.vehicle._transfer(self.portal_user.partner_id, self.today)
        seen = self.vehicle.with_user(self.portal_user).get_history()
        self.assertEqual([entry["kind"] for entry in seen["entries"]], ["owner"])

    def test_a_new_owner_with_history_sees_the_work_and_not_the_words(self):
        order, job = self._finished_order(concern="A secret of the first owner")
        self.vehicle._transfer(self.portal_user.partner_id, self.today, with_history=True)
        seen = self.vehicle.with_user(self.portal_user).get_history()
        (visit,) = (entry for entry in seen["entries"] if entry["kind"] == "visit")
        self.assertEqual(visit["lines"][0]["title"], job.name)
        self.assertNotIn("A secret", str(seen))
        self.assertFalse(visit["res_id"], f"{order.name} itself is the first owner's")
        self.assertNotIn(self.mechanic.name, str(seen))

    def test_customers_do_not_read_histories_of_people(self):
        with self.assertRaises(AccessError):
            self.customer.with_user(self.owner_user).get_history()
        with self.assertRaises(AccessError):
            self.env["hr.employee.public"].browse(self.mechanic.id).with_user(self.owner_user).get_history()

    def test_a_customers_history_is_the_offices(self):
        order, _job = self._approved_order()
        other = self._make_vehicle("P-333CCC", self.customer)
        second = self._receive(vehicle_id=other.id)
        for role in ("reception", "supervisor", "manager", "accounting", "administrator"):
            titles = {entry["title"] for entry in self.entries(self.customer, role)}
            self.assertEqual(titles, {order.name, second.name}, role)
        for role in ("mechanic", "parts"):
            with self.assertRaises(AccessError, msg=role):
                self.entries(self.customer, role)

    def test_a_mechanic_reads_the_own_history(self):
        _order, job = self._finished_order()
        employee = self.env["hr.employee.public"].browse(self.mechanic.id)
        own = self.as_role("mechanic", employee).get_history()
        self.assertEqual([entry["kind"] for entry in own["entries"]], ["done"])
        self.assertEqual(own["entries"][0]["title"], job.name)
        action = self.as_role("mechanic", "hr.employee.public").action_view_own_history()
        self.assertEqual(action["context"]["active_id"], self.mechanic.id)
        with self.assertRaises(AccessError):
            employee.with_user(self.second_mechanic).get_history()

    def test_a_mechanics_comebacks_and_inspections_are_told(self):
        order, job = self._finished_order()
        order.action_deliver()
        later = self._receive()
        self.env["taller.job"].sudo().create(
            {"order_id": later.id, "name": "Brakes again", "warranty_of_id": job.id}
        )
        template = self.env["taller.inspection.template"].sudo().search([], limit=1)
        inspection = self.env["taller.inspection"].sudo()._start(later, template).sudo()
        inspection.write(
            {"state": "done", "done_at": fields.Datetime.now(), "done_by_id": self.users["mechanic"].id}
        )
        employee = self.env["hr.employee.public"].browse(self.mechanic.id)
        told = {entry["kind"]: entry["title"] for entry in self.entries(employee, "mechanic")}
        self.assertEqual(told["comeback"], "Brakes again")
        self.assertEqual(told["inspection"], inspection.name)
        self.assertEqual(told["done"], job.name)

    def test_a_vehicles_findings_and_warranties_are_told(self):
        order, job = self._finished_order(odometer_in=52690)
        job.sudo().write({"warranty_months": 3, "warranty_distance": 0})
        order.action_deliver()
        template = (
            self.env["taller.inspection.template"].sudo().search([("kind", "=", "inspection")], limit=1)
        )
        later = self._receive()
        inspection = self.env["taller.inspection"].sudo()._start(later, template).sudo()
        line = inspection.line_ids.filtered(lambda line: line.item_type == "condition")[0]
        line.write({"rating": "red", "is_answered": True, "note": "Torn"})
        self.assertFalse(self.entries(self.vehicle)[0]["lines"], "nothing is found before it is confirmed")
        inspection.state = "done"
        (finding,) = self.entries(self.vehicle)[0]["lines"]
        self.assertEqual((finding["kind"], finding["title"], finding["text"]), ("finding", line.name, "Torn"))
        warranty = self.entries(self.vehicle)[1]["lines"][-1]
        self.assertEqual((warranty["kind"], warranty["tone"]), ("warranty", "success"))

    def test_who_looks_after_the_shop_reads_its_mechanics_histories(self):
        self._finished_order()
        employee = self.env["hr.employee.public"].browse(self.mechanic.id)
        self.mechanic.shop_id = self.shop
        self.env.flush_all()
        for role in ("supervisor", "manager", "administrator"):
            self.assertTrue(self.entries(employee, role), role)
        for role in ("parts", "reception", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.entries(employee, role)
        self.mechanic.shop_id = self.other_shop
        self.env.flush_all()
        self.env.invalidate_all()
        for role in ("supervisor", "manager"):
            with self.assertRaises(AccessError, msg=role):
                self.entries(employee, role)

    def test_a_period_that_is_none_is_the_usual_one(self):
        employee = self.env["hr.employee.public"].browse(self.mechanic.id)
        for days in (-1, 0, 10**9, "x", None):
            self.assertEqual(self.as_role("mechanic", employee).get_history(days=days)["days"], 90)

    def test_ten_visits_cost_as_many_queries_as_one(self):
        vehicles = self._make_vehicle("P-111AAA", self.customer) | self._make_vehicle(
            "P-222BBB", self.customer
        )
        for vehicle, number in zip(vehicles, (2, 10), strict=True):
            for _visit in range(number):
                order = self._receive(vehicle_id=vehicle.id)
                self._propose(order)
                self._propose(order, name="Battery")
        for user in (self.users["reception"], self.users["mechanic"], self.owner_user):
            queries = []
            for vehicle in (vehicles[0], *vehicles):  # the first time, rules and groups are cached
                self.env.flush_all()
                self.env.invalidate_all()
                vehicle = vehicle.with_user(user)
                before = self.env.cr.sql_log_count
                self.assertTrue(vehicle.get_history()["entries"])
                queries.append(self.env.cr.sql_log_count - before)
            self.assertEqual(queries[1], queries[2], user.login)
