from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SIGNATURE, OrderCommon


@tagged("post_install", "-at_install")
class TestHostileDefaults(OrderCommon):
    """Defaults in a client's context don't get in where writing is refused."""

    def test_no_price_of_a_service_without_the_service(self):
        self.company.taller_discount_limit_reception = 5
        job = self._propose(self._receive())
        lines = self.as_role("reception", "sale.order.line").with_context(default_taller_service_price=1)
        with self.assertRaisesRegex(UserError, "price list"):
            lines.create({"taller_job_id": job.id, "product_id": self.pads.id, "price_unit": 1})

    def test_no_price_list_of_ones_own(self):
        cheap = self.env["product.pricelist"].create({"name": "Friends"})
        order = self._receive()
        order = order.with_context(default_pricelist_id=cheap.id, default_fiscal_position_id=1)
        self._propose(order)
        self.assertNotEqual(order.sudo().estimate_id.pricelist_id, cheap)

    def test_no_signature_under_what_was_said_on_the_phone(self):
        self.customer.phone = "+502 5555 1234"
        order = self._receive()
        self._propose(order)
        estimate = order.sudo().estimate_id
        self.env["taller.approval"].with_context(
            default_signature=SIGNATURE, default_ip_address="203.0.113.9", default_extras_limit=5000
        )._record(
            estimate,
            {job.id: (True, "") for job in estimate.taller_job_ids},
            "phone",
            "Ana",
            phone="+502 5555 1234",
            note="Yes.",
        )
        approval = order.sudo().approval_ids
        self.assertFalse(approval.signature)
        self.assertFalse(approval.ip_address)
        self.assertFalse(approval.extras_limit)

    def test_no_account_of_ones_own_for_a_deposit(self):
        till = self.env["account.journal"].create({"name": "Till", "type": "cash", "code": "TTILL"})
        self.shop.deposit_journal_ids = till
        account = self.env["account.account"].search([("account_type", "=", "income")], limit=1)
        order = self._receive()
        deposit = self.as_role("reception", "taller.deposit").create({"order_id": order.id, "amount": 100})
        deposit.with_context(
            default_destination_account_id=account.id, default_date="2020-01-01"
        ).action_take()
        self.assertNotIn(account, order.sudo().deposit_ids.move_id.line_ids.account_id)
