from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrder(OrderCommon):
    def test_reception_receives_a_car_by_its_plate(self):
        with Form(self.as_role("reception", "taller.order")) as form:
            form.vehicle_id = self.vehicle
            form.concern = "It squeals when braking."
            self.assertEqual(form.partner_id, self.customer, "the owner pays unless told otherwise")
        order = form.record
        self.assertEqual(order.state, "received")
        self.assertEqual(order.shop_id, self.shop)
        self.assertEqual(order.user_id, self.users["reception"])

    def test_numbers_count_per_shop_and_year(self):
        year = fields.Date.today().year
        first, second = self._receive(), self._receive()
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        self.assertEqual(first.name, f"T1/{year}/00001")
        self.assertEqual(second.name, f"T1/{year}/00002")
        self.assertEqual(elsewhere.name, f"T2/{year}/00001")

    def test_somebody_else_pays(self):
        insurer = self.env["res.partner"].create({"name": "Seguros El Roble", "email": "roble@example.com"})
        order = self._receive(partner_id=insurer.id)
        self.assertEqual(order.partner_id, insurer)
        self.assertEqual(order.owner_id, self.customer)

    def test_the_reading_goes_into_the_vehicles_log(self):
        self._receive(odometer_in=84210)
        self.assertEqual(self.vehicle.odometer, 84210)
        self.assertEqual(self.vehicle.reading_ids.mapped("value"), [84210])

    def test_a_hundred_orders_cost_as_many_queries_as_ten(self):
        def count_queries(number):
            vehicles = self.env["fleet.vehicle"].create(
                [
                    {
                        "license_plate": f"P-{number:03d}{chr(65 + n // 26)}{chr(65 + n % 26)}K",
                        "ownership": "customer",
                        "owner_id": self.customer.id,
                    }
                    for n in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.as_role("reception", "taller.order").with_context(tz="America/Guatemala").create(
                [
                    {"vehicle_id": vehicle.id, "concern": "Service", "odometer_in": 1000}
                    for vehicle in vehicles
                ]
            )
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count_queries(1)
        self.assertEqual(count_queries(100), count_queries(10))

    def test_the_list_opens_with_a_constant_number_of_queries(self):
        def count_queries(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.as_role("reception", "taller.order").web_search_read(
                [("state", "in", ["received", "estimating", "waiting", "in_progress", "ready"])],
                {
                    name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
                    for name in (
                        "name",
                        "vehicle_id",
                        "partner_id",
                        "promised_at",
                        "user_id",
                        "shop_id",
                        "amount_approved",
                        "amount_estimated",
                        "payment_state",
                        "state",
                    )
                },
                limit=limit,
            )
            return self.cr.sql_log_count - before

        orders = self.as_role("reception", "taller.order").create(
            [{"vehicle_id": self.vehicle.id, "concern": "Service"} for _n in range(100)]
        )
        self.env["taller.job"].create([{"order_id": order.id, "name": "Service"} for order in orders])
        count_queries(1)
        self.assertEqual(count_queries(100), count_queries(10))

    def test_a_closed_order_stays_as_it_is(self):
        order = self._receive()
        order.action_cancel("The customer changed her mind")
        with self.assertRaises(UserError):
            order.concern = "Something else"
        order.message_post(body="She called again.")

    def test_vehicle_and_customer_stay_once_an_estimate_is_out(self):
        order = self._receive()
        self._propose(order)
        other = self._make_vehicle("P-222BBB", self.customer)
        order.vehicle_id = other
        order.action_send_estimate()
        with self.assertRaises(UserError):
            order.vehicle_id = self.vehicle
        order.promised_at = fields.Datetime.now() + timedelta(days=1)

    def test_a_new_payer_gets_the_estimate_too(self):
        order = self._receive()
        self._propose(order)
        insurer = self.env["res.partner"].create({"name": "Seguros El Roble"})
        order.partner_id = insurer
        self.assertEqual(order.estimate_id.partner_id, insurer)

    def test_orders_are_not_copied(self):
        with self.assertRaises(UserError):
            self._receive().copy()

    def test_only_administrators_delete_orders_that_nothing_happened_on(self):
        order = self._receive()
        with self.assertRaises(AccessError):
            order.unlink()
        self.as_role("administrator", order).unlink()
        sent, _job = self._approved_order()
        with self.assertRaises(UserError):
            self.as_role("administrator", sent).unlink()

    def test_jobs_and_their_lines_can_be_given_with_the_order(self):
        order = self._receive(
            job_ids=[
                Command.create(
                    {
                        "name": "Oil change",
                        "line_ids": [Command.create({"product_id": self.labour.id, "product_uom_qty": 1.5})],
                    }
                )
            ]
        )
        self.assertEqual(order.state, "estimating")
        self.assertEqual(order.job_ids.planned_hours, 1.5)
        self.assertEqual(order.job_ids.amount_total, 1.5 * 175)
        self.assertEqual(order.estimate_id.order_line, order.job_ids.line_ids)
        self.assertEqual(order.estimate_id.name, f"{order.name}-1")
        self.assertEqual(order.estimate_id.shop_id, self.shop)

    def test_a_vehicle_of_another_company_is_refused(self):
        foreign = self._make_vehicle("P-333CCC", self.env["res.partner"], company_id=self.foreign_company.id)
        with self.assertRaises(UserError):
            self._receive(role="administrator", vehicle_id=foreign.id, partner_id=self.customer.id)
