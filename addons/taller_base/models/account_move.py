from odoo import api, fields, models


class AccountMove(models.Model):
    """Invoices and bills start in the shop of the person who writes them; entries have none."""

    _name = "account.move"
    _inherit = ["account.move", "taller.written.shop.mixin"]

    shop_id = fields.Many2one(help="The shop whose sale or expense this is.")

    @api.depends("move_type")
    def _compute_shop_id(self):
        return super()._compute_shop_id()

    def _starts_with_shop(self):
        return self.is_invoice(include_receipts=True)
