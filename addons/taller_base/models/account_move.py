from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    shop_id = fields.Many2one(
        "taller.shop",
        string="Shop",
        compute="_compute_shop_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        help="The shop whose sale or expense this is.",
    )

    @api.depends("company_id", "move_type")
    def _compute_shop_id(self):
        """Invoices and bills start in the shop of the person who writes them; entries have none."""
        own_shop = self.env.user.sudo().shop_id
        for move in self:
            if move.shop_id.sudo().company_id == move.company_id:
                continue
            is_of_own_shop = move.is_invoice(include_receipts=True) and own_shop.company_id == move.company_id
            move.shop_id = own_shop.id if is_of_own_shop else False
