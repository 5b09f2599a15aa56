from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get


class TallerShop(models.Model):
    """One place of work (a *taller*, *tienda* or *sucursal*) of a company.

    A shop is a dimension on every document of the workshop. Who works in it, supervises it or
    manages it decides which documents a user may see: see `res.users.accessible_shop_ids`.
    """

    _name = "taller.shop"
    _description = "Shop"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char(
        required=True,
        help="A short code, unique within the company. It starts the numbers of the shop's documents.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Address",
        help="The address and telephone that customers see on the shop's documents.",
    )
    region_id = fields.Many2one("taller.region", index="btree_not_null")
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default=lambda self: self.env.user.tz or "America/Guatemala",
        help="The shop's day begins and ends at midnight of this time zone.",
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        check_company=True,
        default=lambda self: self.env.company.resource_calendar_id,
    )
    user_ids = fields.Many2many(
        "res.users",
        "taller_shop_user_rel",
        "shop_id",
        "user_id",
        string="Staff",
        domain="[('share', '=', False)]",
    )
    supervisor_ids = fields.Many2many(
        "res.users",
        "taller_shop_supervisor_rel",
        "shop_id",
        "user_id",
        string="Supervisors",
        domain="[('share', '=', False)]",
    )
    manager_ids = fields.Many2many(
        "res.users",
        "taller_shop_manager_rel",
        "shop_id",
        "user_id",
        string="Managers",
        domain="[('share', '=', False)]",
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, code)", "Another shop of this company has this code already."
    )

    @api.constrains("company_id", "user_ids", "supervisor_ids", "manager_ids")
    def _check_user_company(self):
        for shop in self:
            for user in shop.user_ids | shop.supervisor_ids | shop.manager_ids:
                if shop.company_id not in user.sudo().company_ids:
                    raise ValidationError(
                        self.env._(
                            "%(user)s has no access to the company %(company)s, to which the shop %(shop)s "
                            "belongs. Give the user access to the company first.",
                            user=user.name,
                            company=shop.company_id.name,
                            shop=shop.name,
                        )
                    )

    @api.depends("name", "code")
    def _compute_display_name(self):
        for shop in self:
            shop.display_name = f"[{shop.code}] {shop.name}" if shop.code else shop.name

    @api.model_create_multi
    def create(self, vals_list):
        shops = super().create(vals_list)
        self._forget_who_sees_what()
        return shops

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"active", "user_ids", "supervisor_ids", "manager_ids"}:
            self._forget_who_sees_what()
        return result

    def _forget_who_sees_what(self):
        """Record rules are cached with the shop ids of their user in them."""
        self.env.registry.clear_cache()
