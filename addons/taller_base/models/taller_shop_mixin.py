from odoo import fields, models


class TallerShopMixin(models.AbstractModel):
    """A document that belongs to one shop, and through it to one company."""

    _name = "taller.shop.mixin"
    _description = "Document of a shop"
    _check_company_auto = True

    shop_id = fields.Many2one(
        "taller.shop",
        required=True,
        index=True,
        default=lambda self: self.env.user._get_default_shop(),
    )
    company_id = fields.Many2one(
        "res.company", related="shop_id.company_id", store=True, index=True, precompute=True
    )
