from odoo import fields, models


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "taller.written.shop.mixin"]

    shop_id = fields.Many2one(
        tracking=True,
        help="The shop that took or made the payment. The day's takings are reported by shop.",
    )
