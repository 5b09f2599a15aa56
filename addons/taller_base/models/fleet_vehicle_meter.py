from odoo import api, fields, models
from odoo.tools import SQL


class FleetVehicle(models.Model):
    """The last reading of a vehicle's odometer or hour meter."""

    _inherit = "fleet.vehicle"

    odometer_unit = fields.Selection(
        selection_add=[("hours", "h")],
        ondelete={"hours": lambda vehicles: vehicles.write({"odometer_unit": "kilometers"})},
        compute="_compute_odometer_unit",
        store=True,
        readonly=False,
        precompute=True,
        default=None,
    )
    reading_ids = fields.One2many("fleet.vehicle.odometer", "vehicle_id", string="Readings")
    odometer_date = fields.Date(
        compute="_get_odometer",  # pylint: disable=method-compute
        string="Last Reading On",
        help="The day of the last reading.",
    )

    @api.depends("equipment_kind")
    def _compute_odometer_unit(self):
        for vehicle in self:
            if vehicle.equipment_kind == "machinery":
                vehicle.odometer_unit = "hours"
            elif vehicle.odometer_unit not in ("kilometers", "miles"):
                vehicle.odometer_unit = "kilometers"

    # Core calls it so. It asks once per vehicle, and takes the highest reading: after an exchange of the
    # meter that would be the old one's for ever.
    @api.depends("reading_ids.value", "reading_ids.date", "reading_ids.active")
    def _get_odometer(self):
        latest = self._get_latest_readings()
        for vehicle in self:
            vehicle.odometer, vehicle.odometer_date = latest.get(vehicle._origin.id, (0.0, False))

    def _get_latest_readings(self):
        """{vehicle id: (value, date)} of the latest reading, by one query; vehicles without one are left out."""
        if not self._origin:
            return {}
        self.env["fleet.vehicle.odometer"].flush_model(["vehicle_id", "date", "value", "active"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT vehicle.id, latest.value, latest.date
                  FROM unnest(%s) AS vehicle (id)
                  JOIN LATERAL (
                           SELECT value, date
                             FROM fleet_vehicle_odometer
                            WHERE vehicle_id = vehicle.id AND active
                         ORDER BY date DESC NULLS LAST, id DESC
                            LIMIT 1
                       ) AS latest ON TRUE
                """,
                list(self._origin.ids),
            )
        )
        return {vehicle_id: (value, date) for vehicle_id, value, date in rows}

    def _record_reading(self, value, date=None, reason=None):
        """Record a reading of this vehicle's meter and return it.

        :param value: in the vehicle's `odometer_unit`.
        :param date: the day it was read; today by default.
        :param reason: why a reading that goes backwards or leaps is right all the same, e.g. the meter was
            exchanged. Taken from reception and above only.
        :raise UserError: the reading is implausible and no reason is given, or not by a role that may.
        """
        self.ensure_one()
        return self.env["fleet.vehicle.odometer"].create(
            {
                "vehicle_id": self.id,
                "value": value,
                "date": date or fields.Date.context_today(self),
                "reason": reason,
            }
        )
