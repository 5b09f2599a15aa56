from odoo import fields, models


class TallerVehicleOwnership(models.Model):
    """The time during which a vehicle belonged to one owner.

    Rows are written by the vehicle's first owner and by transfers, never by hand: no role may create,
    change or delete one.
    """

    _name = "taller.vehicle.ownership"
    _description = "Vehicle owner history"
    _order = "vehicle_id, date_start desc nulls last, id desc"
    _rec_name = "owner_id"

    vehicle_id = fields.Many2one("fleet.vehicle", required=True, ondelete="cascade")
    owner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    date_start = fields.Date(
        string="From", help="The first day of this owner. Empty for the first owner we have known."
    )
    date_end = fields.Date(
        string="Until", help="The day the vehicle passed to the next owner; empty for the present owner."
    )
    with_history = fields.Boolean(
        string="Sees Earlier History",
        help="Whether this owner may see the services done before the vehicle was theirs.",
    )
    transferred_by_id = fields.Many2one("res.users", string="Recorded By", readonly=True, ondelete="restrict")

    _period_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_start IS NULL OR date_start <= date_end)",
        "An owner's time cannot end before it begins.",
    )
    # A range of one id stands for the id, so that no operator class for integers is needed.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(vehicle_id, vehicle_id, '[]') WITH &&, "
        "daterange(date_start, date_end, '[)') WITH &&)",
        "A vehicle has one owner at a time: these dates overlap with those of another owner.",
    )
    _vehicle_idx = models.Index("(vehicle_id, date_start DESC NULLS LAST, id DESC)")
