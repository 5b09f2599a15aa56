from odoo import fields, models


class FleetVehicleOdometer(models.Model):
    _inherit = "fleet.vehicle.odometer"

    active = fields.Boolean(default=True, help="A reading that was taken back stays on record, inactive.")
    reason = fields.Char(help="Why a reading that goes backwards or leaps is right all the same.")
    override_user_id = fields.Many2one(
        "res.users",
        string="Let Pass By",
        readonly=True,
        copy=False,
        help="Who let a reading pass that goes backwards or leaps, for the reason given.",
    )

    _vehicle_date_idx = models.Index("(vehicle_id, date DESC NULLS LAST, id DESC) INCLUDE (value)")
