from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, format_date, formatLang

from ..tools import meter


class FleetVehicleOdometer(models.Model):
    """A reading, guarded: one that goes backwards or leaps needs a reason, and a role that may give one.

    The guard stands in create and write, so that it holds for core's own ways to a reading too.
    """

    _inherit = "fleet.vehicle.odometer"

    vehicle_id = fields.Many2one(ondelete="restrict")
    active = fields.Boolean(default=True, help="A reading that was taken back stays on record, inactive.")
    reason = fields.Char(
        help="Why a reading that goes backwards or leaps is right all the same, e.g. the meter was exchanged, "
        "or why it was corrected."
    )
    override_user_id = fields.Many2one(
        "res.users",
        string="Let Pass By",
        readonly=True,
        copy=False,
        help="Who let a reading pass that goes backwards or leaps, for the reason given.",
    )

    _vehicle_date_idx = models.Index("(vehicle_id, date DESC NULLS LAST, id DESC) INCLUDE (value)")

    @api.model_create_multi
    def create(self, vals_list):
        today = fields.Date.context_today(self)
        readings = super().create(
            [
                dict(
                    vals,
                    date=vals.get("date") or today,
                    reason=(vals.get("reason") or "").strip(),
                    override_user_id=False,
                )
                for vals in vals_list
            ]
        )
        readings._check_plausibility()
        return readings

    def write(self, vals):
        vals = {name: value for name, value in vals.items() if name != "override_user_id"}
        if not vals.keys() & {"value", "date", "vehicle_id", "active"}:
            return super().write(vals)
        self._check_may_alter(vals)
        before = {reading: reading._describe() for reading in self}
        result = super().write(vals)
        self._check_plausibility()
        self._log_alteration(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_customers(self):
        if self._get_customers():
            raise UserError(
                self.env._(
                    "A reading of a customer's vehicle is not deleted. Archive it, and give the reason."
                )
            )

    def _get_customers(self):
        """The readings of customers' vehicles."""
        return self.filtered(lambda reading: reading.sudo().vehicle_id.ownership == "customer")

    def _check_may_alter(self, vals):
        """Raise unless the user may alter readings that are on record, and says why."""
        if not vals.get("date", True):
            raise ValidationError(self.env._("A reading needs its date."))
        if not self._get_customers():
            return
        if not self.env.user.has_group("taller_base.taller_base_group_supervisor"):
            raise AccessError(self.env._("Only the shop's supervisor may alter a reading that is on record."))
        if not (vals.get("reason") or "").strip():
            raise UserError(self.env._("Write the reason for which the reading is altered."))

    def _check_plausibility(self):
        """Raise UserError for a reading that cannot be right; with a reason, note who let it pass."""
        today = fields.Date.context_today(self)
        passed = self.browse()
        fitting = self.browse()
        for reading, previous, following in self._get_neighbours():
            problem = meter.find_problem(
                meter.Reading(reading.value, reading.date),
                previous,
                following,
                reading.vehicle_id.odometer_unit or "kilometers",
            )
            if reading.date > today:
                raise UserError(
                    self.env._(
                        "%(date)s has not come yet: write the day on which %(vehicle)s's meter was read.",
                        date=format_date(self.env, reading.date),
                        vehicle=reading.vehicle_id.display_name,
                    )
                )
            if not problem:
                fitting |= reading
                continue
            explanation = reading._explain(problem, previous, following)
            if problem == meter.NEGATIVE:
                raise UserError(explanation)
            if not reading._may_override():
                raise UserError(
                    self.env._(
                        "%(explanation)s If it is right all the same, reception can record it with a reason.",
                        explanation=explanation,
                    )
                )
            if not reading.reason:
                raise UserError(
                    self.env._(
                        "%(explanation)s If it is right all the same, e.g. because the meter was exchanged, "
                        "write the reason.",
                        explanation=explanation,
                    )
                )
            passed |= reading
        passed._set_override(self.env.user)
        fitting.filtered("override_user_id")._set_override(self.env["res.users"])

    def _set_override(self, user):
        if self:
            super(FleetVehicleOdometer, self.sudo()).write({"override_user_id": user.id})

    def _may_override(self):
        """Whether the user's role may let a reading pass that breaks the rules."""
        self.ensure_one()
        if self.sudo().vehicle_id.ownership == "own":
            return self.env.user.has_group("fleet.fleet_group_user")
        return self.env.user.has_group("taller_base.taller_base_group_reception")

    def _get_neighbours(self):
        """[(reading, `meter.Reading` before it, the one after it)] of active readings, by one query."""
        active = self.filtered("active")
        if not active:
            return []
        self.flush_model(["vehicle_id", "date", "value", "active", "override_user_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT reading.id,
                       previous.value, previous.date,
                       following.value, following.date, following.override_user_id IS NOT NULL
                  FROM fleet_vehicle_odometer AS reading
             LEFT JOIN LATERAL (
                           SELECT value, date
                             FROM fleet_vehicle_odometer
                            WHERE vehicle_id = reading.vehicle_id AND active
                              AND (date, id) < (reading.date, reading.id)
                         ORDER BY date DESC NULLS LAST, id DESC
                            LIMIT 1
                       ) AS previous ON TRUE
             LEFT JOIN LATERAL (
                           SELECT value, date, override_user_id
                             FROM fleet_vehicle_odometer
                            WHERE vehicle_id = reading.vehicle_id AND active
                              AND (date, id) > (reading.date, reading.id)
                         ORDER BY date, id
                            LIMIT 1
                       ) AS following ON TRUE
                 WHERE reading.id IN %s
              ORDER BY reading.date, reading.id
                """,
                tuple(active.ids),
            )
        )
        by_id = {reading.id: reading for reading in active}
        return [
            (
                by_id[reading_id],
                meter.Reading(previous_value, previous_date) if previous_date else None,
                meter.Reading(following_value, following_date, restarts) if following_date else None,
            )
            for reading_id, previous_value, previous_date, following_value, following_date, restarts in rows
        ]

    def _explain(self, problem, previous, following):
        """One sentence that says what is wrong with the reading."""
        self.ensure_one()
        values = {"vehicle": self.vehicle_id.display_name, "reading": self._format_value(self.value)}
        if problem == meter.NEGATIVE:
            return self.env._("%(reading)s cannot be: a meter shows no negative value.", **values)
        if problem == meter.HIGHER:
            return self.env._(
                "%(vehicle)s: %(reading)s is more than the %(later)s of %(date)s, which is later.",
                later=self._format_value(following.value),
                date=format_date(self.env, following.day),
                **values,
            )
        if not previous:
            return self.env._("%(vehicle)s: %(reading)s is more than any meter shows.", **values)
        values.update(earlier=self._format_value(previous.value), date=format_date(self.env, previous.day))
        if problem == meter.LOWER:
            return self.env._("%(vehicle)s: %(reading)s is less than the %(earlier)s of %(date)s.", **values)
        return self.env._(
            "%(vehicle)s: from %(earlier)s on %(date)s to %(reading)s is further than it can have gone. "
            "Is there a digit too many?",
            **values,
        )

    def _format_value(self, value):
        """A value of this reading's meter with its unit, e.g. “199,105 km”."""
        unit = dict(self._fields["unit"]._description_selection(self.env)).get(self.unit, "")
        return f"{formatLang(self.env, value, digits=0 if value == int(value) else 1)} {unit}".strip()

    def _describe(self):
        self.ensure_one()
        text = f"{self._format_value(self.value)}, {format_date(self.env, self.date)}"
        return text if self.active else self.env._("%(reading)s (archived)", reading=text)

    def _log_alteration(self, before):
        """Leave what was altered, and why, on the vehicle's thread."""
        for reading in self._get_customers():
            reading.sudo().vehicle_id._message_log(
                body=self.env._(
                    "Reading altered from %(before)s to %(after)s: %(reason)s",
                    before=before[reading],
                    after=reading._describe(),
                    reason=reading.reason or "",
                ),
                author_id=self.env.user.partner_id.id,
            )
