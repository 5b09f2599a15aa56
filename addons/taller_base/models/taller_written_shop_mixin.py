from odoo import api, fields, models


class TallerWrittenShopMixin(models.AbstractModel):
    """A document of core's that carries a shop, which it starts with: that of the person who writes it."""

    _name = "taller.written.shop.mixin"
    _description = "Document with the shop of its writer"

    shop_id = fields.Many2one(
        "taller.shop",
        string="Shop",
        compute="_compute_shop_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
    )

    @api.depends("company_id")
    def _compute_shop_id(self):
        own_shop = self.env.user.sudo().shop_id
        for document in self:
            if document.shop_id.sudo().company_id == document.company_id:
                continue
            is_own = document._starts_with_shop() and own_shop.company_id == document.company_id
            document.shop_id = own_shop.id if is_own else False

    def _starts_with_shop(self):
        """Whether this one has a shop at all."""
        self.ensure_one()
        return True
