from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    shop_ids = fields.Many2many("taller.shop", "taller_shop_user_rel", "user_id", "shop_id", string="Shops")
    supervised_shop_ids = fields.Many2many("taller.shop", "taller_shop_supervisor_rel", "user_id", "shop_id")
    managed_shop_ids = fields.Many2many("taller.shop", "taller_shop_manager_rel", "user_id", "shop_id")
    shop_id = fields.Many2one(
        "taller.shop",
        string="Default Shop",
        domain="[('id', 'in', accessible_shop_ids)]",
        help="The shop that new documents of this user start with.",
    )
    accessible_shop_ids = fields.Many2many(
        "taller.shop",
        string="Accessible Shops",
        compute="_compute_accessible_shop_ids",
        help="The shops where the user works, supervises or manages.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["shop_ids", "shop_id", "accessible_shop_ids"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["shop_id"]

    @api.depends("shop_ids", "supervised_shop_ids", "managed_shop_ids")
    def _compute_accessible_shop_ids(self):
        for user in self:
            user.accessible_shop_ids = user.shop_ids | user.supervised_shop_ids | user.managed_shop_ids

    def _get_default_shop(self):
        """The shop a new document starts with: one of the current company, the user's own choice first."""
        self.ensure_one()
        user = self.sudo()
        reachable = user.accessible_shop_ids
        chosen = user.shop_id if self._is_free_of_shops() else user.shop_id & reachable
        shops = (chosen | reachable).filtered(lambda shop: shop.company_id == self.env.company)
        if not shops and self._is_free_of_shops():
            shops = self.env["taller.shop"].search([("company_id", "=", self.env.company.id)], limit=1)
        return shops[:1].sudo(False)

    def _is_free_of_shops(self):
        """Whether the user's role reaches every shop of the company, without being a member of any."""
        return self.has_group("taller_base.taller_base_group_accounting") or self.has_group(
            "taller_base.taller_base_group_administrator"
        )

    @api.model
    def _get_taller_administrators(self):
        """The people, in order of id, who look after what the system itself reports."""
        group = self.env.ref("taller_base.taller_base_group_administrator")
        administrators = group.sudo().all_user_ids.filtered("active").sorted("id")
        root = self.env.ref("base.user_root")
        return ((administrators - root) or root).sudo(False)

    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {
            "shop_ids",
            "supervised_shop_ids",
            "managed_shop_ids",
        }
