from odoo import models


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    def create_invoices(self):
        """Core's contract, but for estimates of work orders, which accounting alone invoices."""
        for order in self.sale_order_ids.taller_order_id:
            order._check_may_invoice()
        return super().create_invoices()
