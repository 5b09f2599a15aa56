from odoo import api, fields, models


class TallerVehicleTransfer(models.TransientModel):
    """Hand a vehicle over to its next owner."""

    _name = "taller.vehicle.transfer"
    _description = "Transfer of a vehicle to another owner"

    vehicle_id = fields.Many2one("fleet.vehicle", required=True, readonly=True, ondelete="cascade")
    owner_id = fields.Many2one(related="vehicle_id.owner_id", related_sudo=False, string="Present Owner")
    new_owner_id = fields.Many2one("res.partner", string="New Owner", required=True, ondelete="cascade")
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        help="The first day on which the vehicle belongs to the new owner.",
    )
    with_history = fields.Boolean(
        string="New Owner Sees the Service History",
        help="Whether the new owner may see the services done before the transfer. Ask the present owner.",
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "vehicle_id" in fields_list and self.env.context.get("active_model") == "fleet.vehicle":
            values.setdefault("vehicle_id", self.env.context.get("active_id"))
        return values

    def action_transfer(self):
        """Make the new owner the vehicle's owner from the date on.

        :raise UserError: the new owner has the vehicle already, or the date is in the future or before the
            present owner had it.
        """
        self.ensure_one()
        self.vehicle_id._transfer(self.new_owner_id, self.date, self.with_history)
        return {"type": "ir.actions.act_window_close"}
