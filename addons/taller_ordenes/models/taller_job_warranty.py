from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from .taller_order import CLOSED_STATES

UNITS = {"kilometers": "km", "miles": "mi", "hours": "h"}


class TallerJob(models.Model):
    """What the workshop promises for a job: so many months, or so far, whatever comes first.

    The promise starts when the vehicle is delivered and is fixed from then on; a supervisor may extend
    it, with a reason.
    """

    _inherit = "taller.job"

    warranty_months = fields.Integer(
        string="Warranty, Months",
        compute="_compute_warranty",
        store=True,
        readonly=False,
        precompute=True,
        help="From the delivery. None: no limit in time, and no warranty if there is no distance either.",
    )
    warranty_distance = fields.Float(
        string="Warranty, Distance",
        digits=(16, 1),
        compute="_compute_warranty",
        store=True,
        readonly=False,
        precompute=True,
        help="How far from the delivery, in the unit of the vehicle's meter: kilometres, miles or hours.",
    )
    warranty_from = fields.Date(readonly=True, copy=False, help="The day of the delivery.")
    warranty_until = fields.Date(
        readonly=True, copy=False, help="The last day of the warranty. Empty: no limit in time."
    )
    warranty_odometer = fields.Float(
        string="Warranty Up To",
        digits=(16, 1),
        readonly=True,
        copy=False,
        help="The reading up to which the warranty holds. None: no limit.",
    )

    _warranty_idx = models.Index("(vehicle_id) WHERE warranty_from IS NOT NULL")
    _warranty_positive = models.Constraint(
        "CHECK(warranty_months >= 0 AND warranty_months <= 240 AND warranty_distance >= 0)",
        "A warranty can't be negative, nor last more than 20 years.",
    )

    @api.depends("vehicle_id", "service_id")
    def _compute_warranty(self):
        for job in self:
            service = job.service_id.sudo()
            if service.has_own_warranty:
                job.warranty_months = service.warranty_months
                job.warranty_distance = service.warranty_distance
                continue
            company = job.company_id.sudo()
            job.warranty_months = company.taller_warranty_months
            job.warranty_distance = company._get_taller_warranty_distance(job.vehicle_id.odometer_unit)

    def _check_may_change(self, vals):
        super()._check_may_change(vals)
        if self.env.su or not vals.keys() & {"warranty_months", "warranty_distance"}:
            return
        for job in self:
            if job.order_id.state in CLOSED_STATES:
                raise UserError(
                    self.env._(
                        "The warranty of “%(job)s” has been printed and stays as it is. A supervisor may extend it.",
                        job=job.name,
                    )
                )

    def _start_warranty(self, odometer):
        """The vehicle of these jobs, of one order, is delivered with this reading, if it was taken."""
        today = fields.Date.context_today(self)
        for job in self:
            if not (job.warranty_months or job.warranty_distance):
                continue
            limited = job.warranty_distance and odometer
            job.write(
                {
                    "warranty_from": today,
                    "warranty_until": job.warranty_months
                    and today + relativedelta(months=job.warranty_months),
                    "warranty_odometer": odometer + job.warranty_distance if limited else 0.0,
                }
            )

    def _describe_warranty(self):
        """The warranty in words, e.g. “3 months or 5,000 km, until 02/21/2027 or 139,210 km”; may be empty."""
        self.ensure_one()
        promised = []
        limits = []
        if self.warranty_months:
            promised.append(self.env._("%(months)s months", months=self.warranty_months))
        if self.warranty_distance:
            promised.append(self._format_distance(self.warranty_distance))
        if self.warranty_until:
            limits.append(format_date(self.env, self.warranty_until))
        if self.warranty_odometer:
            limits.append(self._format_distance(self.warranty_odometer))
        either = self.env._(" or ")
        if not limits:
            return either.join(promised)
        return self.env._(
            "%(promised)s, until %(limits)s", promised=either.join(promised), limits=either.join(limits)
        )

    def _format_distance(self, value):
        unit = UNITS.get(self.odometer_unit, "km")
        return f"{formatLang(self.env, value, digits=0 if value == int(value) else 1)} {unit}"
