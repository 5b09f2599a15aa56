from odoo import api, fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    shop_id = fields.Many2one(
        "taller.shop",
        string="Shop",
        compute="_compute_shop_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        tracking=True,
        help="The shop that took or made the payment. The day's takings are reported by shop.",
    )

    @api.depends("company_id")
    def _compute_shop_id(self):
        own_shop = self.env.user.sudo().shop_id
        for payment in self:
            if payment.shop_id.sudo().company_id != payment.company_id:
                payment.shop_id = own_shop.id if own_shop.company_id == payment.company_id else False
