from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestHostileClient(OrderCommon):
    """What somebody tries who calls the server without our screens."""

    def test_reception_does_not_open_the_files_of_employees(self):
        self.mechanic.message_post(body="A rise in wages")
        contract = self.env["ir.attachment"].create(
            {
                "name": "contract.pdf",
                "raw": b"a contract",
                "res_model": "hr.employee",
                "res_id": self.mechanic.id,
            }
        )
        of_mechanic = [("model", "=", "hr.employee"), ("res_id", "=", self.mechanic.id)]
        for role in ("mechanic", "parts", "reception", "supervisor", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, contract).read(["datas"])
            self.assertFalse(self.as_role(role, "mail.message").search(of_mechanic), role)

    def test_reception_assigns_mechanics_and_sees_their_names(self):
        job = self._propose(self._receive())
        job.mechanic_ids = self.mechanic | self.mechanic2
        self.env.invalidate_all()
        names = [mechanic["display_name"] for mechanic in job.mechanic_ids.read(["display_name"])]
        self.assertCountEqual(names, [self.mechanic.name, self.mechanic2.name])

    def test_orders_stay_in_the_shops_of_who_receives_them(self):
        order = self._receive()
        self.env.flush_all()
        for shop in (self.other_shop, self.foreign_shop):
            with self.assertRaises(UserError, msg=shop.name), self.env.cr.savepoint():
                order.shop_id = shop
                self.env.flush_all()

    def test_mechanics_open_an_order_on_which_the_office_has_something_to_do(self):
        order = self._receive()
        order.activity_schedule("mail.mail_activity_data_call", user_id=self.users["reception"].id)
        own = order.activity_schedule("mail.mail_activity_data_todo", user_id=self.users["mechanic"].id)
        self.env.invalidate_all()
        mechanics_view = order.with_user(self.users["mechanic"])
        [read] = mechanics_view.web_read({"name": {}, "activity_ids": {"fields": {"summary": {}}}})
        self.assertEqual([activity["id"] for activity in read["activity_ids"]], own.ids)
        self.env.invalidate_all()
        self.assertEqual(len(order.with_user(self.users["reception"]).activity_ids), 2)

    def test_those_who_see_no_prices_find_no_link_to_decide(self):
        order = self._receive()
        self._propose(order)
        order.action_send_estimate()
        self._send_notices()
        self.env.invalidate_all()
        of_order = [("model", "=", "taller.order"), ("res_id", "=", order.id)]
        self.assertIn("access_token", "".join(order.sudo().message_ids.mapped("body")))
        for role in ("mechanic", "parts"):
            self.assertFalse(self.as_role(role, "mail.message").search(of_order), role)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order.sudo().message_ids).read(["body"])
        for role in ("reception", "supervisor", "manager", "accounting"):
            self.assertTrue(self.as_role(role, "mail.message").search(of_order), role)

    def test_mechanic_reads_what_is_written_to_them(self):
        order = self._receive()
        user = self.users["mechanic"]
        note = order.message_post(body="The key is in the drawer.", partner_ids=user.partner_id.ids)
        self.env.invalidate_all()
        self.assertIn("drawer", note.with_user(user).body)

    def test_nothing_is_slipped_into_a_decided_estimate(self):
        order, _job = self._approved_order()
        estimate = order.sale_order_ids
        total = estimate.amount_total
        line = {"order_id": estimate.id, "product_id": self.pads.id, "price_unit": 5000}
        plain = estimate.create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create({"product_id": self.pads.id, "price_unit": 5000})],
            }
        )
        attempts = (
            lambda: plain.order_line.create({**line, "product_uom_qty": 1, "is_downpayment": True}),
            lambda: plain.order_line.write({"order_id": estimate.id}),
            lambda: estimate.write({"order_line": [Command.link(plain.order_line.id)]}),
            lambda: estimate.order_line[:1].write({"price_total": 1}),
            lambda: estimate.write({"amount_total": 1}),
            lambda: plain.order_line.create({**line, "product_uom_qty": 0, "is_downpayment": True}).write(
                {"product_uom_qty": 1}
            ),
        )
        for attempt in attempts:
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
                self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(estimate.amount_total, total)

    def test_an_advance_is_taken_on_a_decided_estimate(self):
        order, _job = self._approved_order()
        wizard = self._invoice_wizard(
            "administrator", order, advance_payment_method="fixed", fixed_amount=100
        )
        wizard.create_invoices()
        invoice = order.sudo().sale_order_ids.invoice_ids
        self.as_role("accounting", invoice).action_post()
        self.assertEqual(invoice.state, "posted")

    def test_reception_makes_no_invoice_by_way_of_sales(self):
        order, _job = self._approved_order()
        for method in ("delivered", "fixed"):
            wizard = self._invoice_wizard("reception", order, advance_payment_method=method, fixed_amount=100)
            with self.assertRaises(AccessError, msg=method):
                wizard.create_invoices()

    def _invoice_wizard(self, role, order, **values):
        wizard = self.as_role(role, "sale.advance.payment.inv").with_context(
            active_model="sale.order", active_ids=order.sudo().sale_order_ids.ids
        )
        return wizard.create(values)

    def test_earlier_owner_does_not_learn_who_has_the_vehicle_now(self):
        vehicle = self._make_vehicle("P-100PPP", self.portal_user.partner_id)
        order = self._receive(vehicle_id=vehicle.id)
        vehicle.sudo(False).with_user(self.users["reception"])._transfer(
            self.customer, fields.Date.context_today(vehicle)
        )
        self.env.invalidate_all()
        mine = order.with_user(self.portal_user)
        self.assertEqual(mine.partner_id, self.portal_user.partner_id)
        with self.assertRaises(AccessError):
            mine.read(["owner_id"])

    def test_shop_and_company_are_said_by_the_order_alone(self):
        order = self._receive()
        job = self._propose(order)
        estimate = order.estimate_id
        forged = {"shop_id": self.other_shop.id, "company_id": self.foreign_company.id}
        for record, names in ((order, ["company_id"]), (job, forged), (estimate, forged)):
            for name in names:
                with self.assertRaises(UserError, msg=(record, name)):
                    record.write({name: forged[name]})
        with self.assertRaises(UserError):
            estimate.create({"partner_id": self.customer.id, "shop_id": self.other_shop.id})

    def test_refused_orders_draw_no_numbers(self):
        number = self.shop._next_order_numbers(1)[0]
        for user in (self.portal_user, self.users["mechanic"]):
            with self.assertRaises(AccessError):
                self.env["taller.order"].with_user(user).create(
                    {"vehicle_id": self.vehicle.id, "shop_id": self.shop.id}
                )
        following = self.shop._next_order_numbers(1)[0]
        self.assertEqual(int(following[-5:]), int(number[-5:]) + 1)
