from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestDeposit(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cash = cls.env["account.journal"].create({"name": "Till", "type": "cash", "code": "TTILL"})
        cls.bank = cls.env["account.journal"].create({"name": "Card", "type": "bank", "code": "TCARD"})
        cls.shop.deposit_journal_ids = cls.cash

    def take(self, amount, order, journal=None, role="reception"):
        deposit = self.as_role(role, "taller.deposit").create(
            {"order_id": order.id, "amount": amount, "journal_id": (journal or self.cash).id}
        )
        deposit.action_take()
        return deposit

    def test_reception_takes_a_deposit_of_the_shop(self):
        order = self._receive()
        self.take(500, order)
        payment = order.sudo().deposit_ids
        self.assertEqual(payment.amount, 500)
        self.assertEqual(payment.partner_id, self.customer)
        self.assertEqual(payment.shop_id, self.shop)
        self.assertEqual(payment.journal_id, self.cash)
        self.assertIn(payment.state, ("in_process", "paid"))
        self.assertEqual(payment.move_id.state, "posted")
        self.assertEqual(order.amount_deposit, 500)

    def test_it_starts_with_cash(self):
        self.shop.deposit_journal_ids = self.bank + self.cash
        deposit = self.as_role("reception", "taller.deposit").create(
            {"order_id": self._receive().id, "amount": 1}
        )
        self.assertEqual(deposit.journal_id, self.cash)

    def test_the_invoice_finds_the_deposit(self):
        order, _job = self._approved_order()
        self.take(200, order)
        job = order.job_ids
        self.as_role("mechanic", job).action_start()
        self.as_role("mechanic", job).action_finish()
        order.action_ready()
        self.as_role("accounting", order).action_create_invoice()
        invoice = self.as_role("accounting", order.sudo().invoice_ids)
        invoice.action_post()
        credit = invoice.invoice_outstanding_credits_debits_widget["content"]
        [line] = [line for line in credit if line["amount"] == 200]
        invoice.js_assign_outstanding_line(line["id"])
        self.assertEqual(invoice.amount_residual, invoice.amount_total - 200)
        self.assertEqual(order.payment_state, "partial")

    def test_what_isnt_an_amount_is_refused(self):
        order = self._receive()
        for amount, message in ((0, "more than zero"), (-50, "more than zero"), (0.001, "more than zero")):
            with self.assertRaisesRegex(UserError, message):
                self.take(amount, order)
        self.company.taller_deposit_limit = 10_000
        with self.assertRaisesRegex(UserError, "at most"):
            self.take(10_000.01, order)
        self.take(10_000, order)
        self.company.taller_deposit_limit = 0
        self.take(12_000, order)
        self.assertEqual(order.amount_deposit, 22_000)

    def test_the_shop_says_how_it_is_paid(self):
        order = self._receive()
        sales = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.company.id)], limit=1
        )
        for journal in (self.bank, sales):
            with self.assertRaisesRegex(UserError, "doesn't take this way"):
                self.take(100, order, journal)
        self.shop.deposit_journal_ids = False
        self.take(100, order, self.bank)
        with self.assertRaisesRegex(UserError, "doesn't take this way"):
            self.take(100, order, sales)

    def test_reception_takes_deposits_and_nobody_else(self):
        order = self._receive()
        for role in ("reception", "supervisor", "administrator"):
            self.take(10, order, role=role)
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.take(10, order, role=role)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_open_deposit()
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        with self.assertRaises(AccessError):
            self.take(10, elsewhere)
        with self.assertRaises(AccessError):
            order.write({"deposit_ids": [Command.clear()]})

    def test_a_double_click_takes_it_once(self):
        order = self._receive()
        deposit = self.take(100, order)
        with self.assertRaisesRegex(UserError, "taken already"):
            deposit.action_take()
        self.assertEqual(order.amount_deposit, 100)

    def test_a_closed_order_takes_none(self):
        order = self._receive()
        order.action_cancel("The customer went home")
        for step in (order.action_open_deposit, lambda: self.take(100, order)):
            with self.assertRaisesRegex(UserError, "is closed"):
                step()

    def test_a_payment_belongs_to_an_order_of_its_customer(self):
        order = self._receive()
        self.take(100, order)
        with self.assertRaises(ValidationError):
            order.sudo().deposit_ids.partner_id = self.portal_user.partner_id

    def test_a_refunded_deposit_is_none(self):
        order = self._receive()
        self.take(100, order)
        payment = self.as_role("accounting", order.sudo().deposit_ids)
        payment.action_draft()
        payment.action_cancel()
        order.invalidate_recordset(["amount_deposit"])
        self.assertEqual(order.amount_deposit, 0)
