from odoo import fields, models

from .taller_order import OFFICE

# Roles of core's that work with prices: who was given one besides being a mechanic keeps it.
SELLERS = "sales_team.group_sale_salesman,account.group_account_readonly,account.group_account_invoice"


class ResUsers(models.Model):
    """Who sees prices of purchase and sale."""

    _inherit = "res.users"

    sees_prices = fields.Boolean(
        compute="_compute_sees_prices",
        compute_sudo=True,
        groups="base.group_user",
        help="Mechanics without another role see no prices, unless the settings say so.",
    )

    def _compute_sees_prices(self):
        for user in self:
            user.sees_prices = user._sees_prices()

    def _sees_prices(self):
        self.ensure_one()
        return not self.has_group("taller_base.taller_base_group_mechanic") or self.has_groups(
            f"{OFFICE},{SELLERS},taller_base.taller_base_group_parts,taller_ordenes.taller_ordenes_group_prices"
        )
