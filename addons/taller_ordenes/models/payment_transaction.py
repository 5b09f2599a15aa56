from odoo import models


class PaymentTransaction(models.Model):
    """A prepayment belongs to its work order and the order's shop."""

    _inherit = "payment.transaction"

    def _create_payment(self, **extra_create_values):
        order = self.sale_order_ids.taller_order_id
        if len(order) == 1:
            extra_create_values.setdefault("shop_id", order.shop_id.id)
            if self.partner_id.commercial_partner_id == order.partner_id.commercial_partner_id:
                extra_create_values.setdefault("taller_order_id", order.id)
        return super()._create_payment(**extra_create_values)
