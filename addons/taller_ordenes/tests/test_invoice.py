from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestInvoice(OrderCommon):
    def setUp(self):
        super().setUp()
        self.order, self.job = self._approved_order()

    def _finish(self, *jobs):
        for job in jobs:
            self.as_role("supervisor", job).action_start()
            self.as_role("supervisor", job).action_finish()
        self.order.action_ready()

    def _invoice(self):
        action = self.as_role("accounting", self.order).action_create_invoice()
        return self.as_role("accounting", "account.move").browse(action["res_id"])

    def _pay(self, invoice, amount=None):
        wizard = (
            self.as_role("accounting", "account.payment.register")
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"amount": amount or invoice.amount_residual})
        )
        return wizard._create_payments()

    def test_one_invoice_gathers_all_rounds(self):
        extra = self._propose(self.order, name="Wipers", hours=0.5, pads=2)
        declined = self._propose(self.order, name="Paint", hours=10)
        self.order.action_send_estimate()
        self._decide(self.order.sudo().estimate_id, accepted=extra)
        self._finish(self.job, extra)
        invoice = self._invoice()
        sold = (self.job | extra).line_ids
        self.assertEqual(invoice.invoice_line_ids.sale_line_ids, sold)
        self.assertFalse(declined.line_ids.invoice_lines)
        self.assertEqual(invoice.amount_total, 770 + 87.5 + 840)
        self.assertEqual(invoice.shop_id, self.shop)
        self.assertEqual(invoice.taller_order_id, self.order)
        self.assertEqual(invoice.partner_id, self.customer)
        self.assertEqual(invoice.invoice_origin, self.order.name)

    def test_the_order_shows_what_has_been_paid(self):
        self._finish(self.job)
        self.assertEqual(self.order.payment_state, "none")
        invoice = self._invoice()
        self.assertEqual(self.order.payment_state, "none", "a draft is no invoice")
        invoice.action_post()
        self.assertEqual(self.order.payment_state, "invoiced")
        payment = self._pay(invoice, amount=100)
        self.assertEqual(payment.shop_id, self.shop)
        self.assertEqual(self.order.payment_state, "partial")
        self._pay(invoice)
        self.assertEqual(self.order.payment_state, "paid")

    def test_nothing_is_invoiced_twice(self):
        self._finish(self.job)
        self._invoice()
        with self.assertRaisesRegex(UserError, "left to invoice"):
            self._invoice()

    def test_invoicing_waits_for_the_work(self):
        with self.assertRaisesRegex(UserError, "when the work is finished"):
            self._invoice()

    def test_two_orders_of_one_customer_are_two_invoices(self):
        other, job = self._approved_order()
        self._finish(self.job)
        self.as_role("supervisor", job).action_start()
        self.as_role("supervisor", job).action_finish()
        invoices = (self.order | other).sudo().sale_order_ids._create_invoices()
        self.assertEqual(len(invoices), 2)

    def test_only_accounting_invoices(self):
        self._finish(self.job)
        for role in set(ROLES) - {"accounting", "administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.order).action_create_invoice()
        with self.assertRaises(AccessError):
            self.order.with_user(self.portal_user).action_create_invoice()

    def test_an_invoiced_order_is_not_cancelled(self):
        self._finish(self.job)
        self._invoice().action_post()
        with self.assertRaisesRegex(UserError, "has been invoiced"):
            self.order.action_cancel("Too late")

    def test_reception_reads_the_invoices_of_its_shops(self):
        self._finish(self.job)
        invoice = self._invoice()
        self.assertTrue(self.as_role("reception", invoice).read(["name"]))
        receptionist = self.users["reception"]
        receptionist.write({"shop_ids": [Command.set(self.other_shop.ids)], "shop_id": self.other_shop.id})
        for record in (invoice, invoice.invoice_line_ids):
            with self.assertRaises(AccessError):
                self.as_role("reception", record).read(["name"])
