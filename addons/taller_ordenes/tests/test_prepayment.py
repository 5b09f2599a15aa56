from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestPrepayment(OrderCommon, PaymentHttpCommon):
    """A prepayment after the signature, by core's online payment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"taller_prepayment_kind": "percent", "taller_prepayment_value": 50})
        cls.dummy_provider = cls.env["payment.provider"].search([("id", "=", cls.dummy_provider.id)])
        cls.provider.company_id = cls.company
        cls.currency = cls.company.currency_id
        cls.order = cls._receive()
        cls.job = cls._propose(cls.order)  # 770
        cls.order.action_send_estimate()
        cls.estimate = cls.order.sudo().estimate_id

    def pay(self, amount, estimate=None):
        estimate = estimate or self.estimate
        transaction = self._create_transaction(
            "direct",
            amount=amount,
            currency_id=estimate.currency_id.id,
            partner_id=estimate.partner_id.id,
            reference=f"Prepayment {amount}",
            sale_order_ids=[(4, estimate.id)],
        )
        transaction._set_done()
        self.env.invalidate_all()
        return transaction

    def test_it_is_said_before_and_asked_for_after_signing(self):
        self.assertEqual(self.estimate._get_taller_content()["prepayment"], {"percent": "50"})
        self.assertFalse(self.estimate._has_to_be_paid())
        page = self.url_open(self.estimate.get_portal_url()).text
        self.assertNotIn("o_taller_prepayment", page)
        self._decide(self.estimate)
        self.assertTrue(self.estimate._has_to_be_paid())
        self.assertEqual(self.order.amount_to_prepay, 385)
        page = self.url_open(self.estimate.get_portal_url())
        self.assertEqual(page.status_code, 200)
        self.assertIn("o_taller_prepayment", page.text)
        self.pay(385)
        self.assertFalse(self.estimate._has_to_be_paid())
        self.assertEqual((self.order.amount_prepaid, self.order.amount_to_prepay), (385, 0))
        page = self.url_open(self.estimate.get_portal_url()).text
        self.assertIn("o_taller_prepaid", page)
        self.assertNotIn("o_taller_prepayment", page)

    def test_a_payment_decides_nothing(self):
        self.pay(770)._post_process()
        self.assertEqual((self.estimate.state, self.job.state), ("sent", "proposed"))

    def test_an_amount_is_never_more_than_what_was_accepted(self):
        self.company.write({"taller_prepayment_kind": "amount", "taller_prepayment_value": 1000})
        self.order.action_send_estimate()
        self._decide(self.estimate)
        self.assertEqual(self.order.amount_to_prepay, 770)

    def test_a_change_of_the_rule_doesnt_change_what_was_sent(self):
        self.company.taller_prepayment_kind = "none"
        self.assertFalse(self.order.estimate_is_outdated)
        self._decide(self.estimate)
        self.assertTrue(self.estimate._has_to_be_paid())

    def test_work_waits_where_the_company_wants_it(self):
        self._decide(self.estimate)
        job = self.job.with_user(self.users["mechanic"])
        self.company.taller_prepayment_gate = True
        with self.assertRaisesRegex(UserError, "waits for the customer's prepayment"):
            job.action_start()
        self.pay(385)
        job.action_start()
        self.assertEqual(self.job.state, "in_progress")

    def test_the_usual_estimate_asks_for_none(self):
        self.company.taller_prepayment_kind = "none"
        order, _job = self._approved_order()
        self.assertFalse(order.sudo().sale_order_ids._has_to_be_paid())

    def test_core_pays_by_its_own_route(self):
        self._decide(self.estimate)
        values = {
            "amount": 385.0,
            "provider_id": self.provider.id,
            "payment_method_id": self.payment_method_id,
            "token_id": None,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": self.estimate.get_portal_url(),
            "access_token": self.estimate._portal_ensure_token(),
        }
        url = self._build_url(f"/my/orders/{self.estimate.id}/transaction")
        self.make_jsonrpc_request(url, params=values)
        self.env.invalidate_all()
        self.assertEqual(self.estimate.transaction_ids.amount, 385)

    def test_the_invoice_takes_the_prepayments_of_all_rounds(self):
        self._decide(self.estimate)
        first = self.pay(385)
        extra = self._propose(self.order, name="Wipers")
        self.order.action_send_estimate()
        second_estimate = self.order.sudo().estimate_id
        self._decide(second_estimate)
        second = self.pay(386, second_estimate)
        invoice = (self.estimate | second_estimate)._create_invoices(final=True)
        self.assertEqual(len(invoice), 1)
        self.assertEqual(invoice.transaction_ids, first | second)
        self.assertTrue(extra)
