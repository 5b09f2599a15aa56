from odoo import api, fields, models
from odoo.exceptions import UserError


class FleetVehicle(models.Model):
    """Whose vehicle it is, and whose it was."""

    _inherit = "fleet.vehicle"

    owner_id = fields.Many2one(
        "res.partner",
        string="Owner",
        index="btree_not_null",
        tracking=True,
        copy=False,
        ondelete="restrict",
        help="The customer the vehicle belongs to. Once set, it changes by a transfer only.",
    )
    owner_phone = fields.Char(related="owner_id.phone", string="Owner's Phone")
    owner_whatsapp_url = fields.Char(compute="_compute_owner_whatsapp_url")
    ownership_ids = fields.One2many("taller.vehicle.ownership", "vehicle_id", string="Owners")

    @api.depends("owner_id.phone_sanitized")
    def _compute_owner_whatsapp_url(self):
        for vehicle in self:
            number = vehicle.owner_id.phone_sanitized
            vehicle.owner_whatsapp_url = f"https://wa.me/{number.lstrip('+')}" if number else False

    @api.model_create_multi
    def create(self, vals_list):
        vehicles = super().create(vals_list)
        vehicles._record_first_owner()
        return vehicles

    def write(self, vals):
        if "owner_id" in vals:
            self._check_owner_change(vals["owner_id"])
        result = super().write(vals)
        if vals.get("owner_id"):
            self._record_first_owner()
        return result

    def _check_owner_change(self, owner_id):
        """Only a transfer, which has entered the new owner in the history by now, replaces an owner."""
        for vehicle in self.filtered("owner_id"):
            if vehicle.owner_id.id != owner_id and vehicle._get_open_ownership().owner_id.id != owner_id:
                raise UserError(
                    self.env._(
                        "%(vehicle)s belongs to %(owner)s. To change the owner, use Transfer on the vehicle.",
                        vehicle=vehicle.display_name,
                        owner=vehicle.owner_id.display_name,
                    )
                )

    def _get_open_ownership(self):
        self.ensure_one()
        return self.sudo().ownership_ids.filtered(lambda ownership: not ownership.date_end)

    def _record_first_owner(self):
        owned = self.sudo().filtered("owner_id")
        known = (
            self.env["taller.vehicle.ownership"]
            .sudo()
            ._read_group([("vehicle_id", "in", owned.ids), ("date_end", "=", False)], ["vehicle_id"])
        )
        known_ids = {vehicle.id for (vehicle,) in known}
        self.env["taller.vehicle.ownership"].sudo().create(
            [
                {
                    "vehicle_id": vehicle.id,
                    "owner_id": vehicle.owner_id.id,
                    "transferred_by_id": self.env.uid,
                }
                for vehicle in owned
                if vehicle.id not in known_ids
            ]
        )
