from odoo import models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payment_vals_from_wizard(self, batch_result):
        values = super()._create_payment_vals_from_wizard(batch_result)
        return values | self._get_shop_values(batch_result)

    def _create_payment_vals_from_batch(self, batch_result):
        values = super()._create_payment_vals_from_batch(batch_result)
        return values | self._get_shop_values(batch_result)

    def _get_shop_values(self, batch_result):
        """A payment belongs to the shop whose invoices it pays, if they are all of one shop."""
        shop = batch_result["lines"].move_id.shop_id
        return {"shop_id": shop.id} if len(shop) == 1 else {}
