from odoo.exceptions import RedirectWarning

from .common import OrderCommon


class TestCustomer(OrderCommon):
    def test_customer_with_an_estimate_is_offered_to_be_archived(self):
        customer = self.env["res.partner"].create({"name": "Luis"})
        self.env["sale.order"].create({"partner_id": customer.id})
        with self.assertRaisesRegex(RedirectWarning, r"Luis \(.*: 1"):
            customer.unlink()

    def test_customer_with_a_work_order_is_offered_to_be_archived(self):
        self._receive()
        kinds = self.customer._count_documents_blocking_deletion()[self.customer]
        self.assertIn("work orders: 1", kinds)
        with self.assertRaises(RedirectWarning):
            self.customer.unlink()
