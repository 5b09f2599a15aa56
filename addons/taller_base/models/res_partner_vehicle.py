from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import lookup

VEHICLE_GROUPS = "taller_base.taller_base_group_staff,fleet.fleet_group_user"


class ResPartner(models.Model):
    """The vehicles of a customer, who is also found by their plates."""

    _inherit = "res.partner"

    # Only for those who may read vehicles: others must still be able to read partners.
    vehicle_ids = fields.One2many("fleet.vehicle", "owner_id", string="Vehicles", groups=VEHICLE_GROUPS)
    vehicle_count = fields.Integer(compute="_compute_vehicle_count", groups=VEHICLE_GROUPS)

    @api.depends("vehicle_ids")
    def _compute_vehicle_count(self):
        groups = self.env["fleet.vehicle"]._read_group(
            [("owner_id", "in", self.ids)], ["owner_id"], ["__count"]
        )
        counts = {owner.id: count for owner, count in groups}
        for partner in self:
            partner.vehicle_count = counts.get(partner._origin.id, 0)

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator != "ilike" or not isinstance(value, str):
            return domain
        code = lookup.search_code(value)
        Vehicle = self.env["fleet.vehicle"]
        if not code or not Vehicle.has_access("read"):
            return domain
        # The owners' ids, not a subquery: an OR over two tables could use neither table's index.
        owners = Vehicle._read_group([("plate_key", "ilike", code), ("owner_id", "!=", False)], ["owner_id"])
        if not owners:
            return domain
        return Domain(domain) | Domain("id", "in", [owner.id for (owner,) in owners])

    def action_view_vehicles(self):
        """The customer's vehicles; a new one made there belongs to the customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("taller_base.fleet_vehicle_customer_action")
        action["domain"] = [("owner_id", "=", self.id)]
        action["context"] = {"default_owner_id": self.id, "default_ownership": "customer"}
        return action
