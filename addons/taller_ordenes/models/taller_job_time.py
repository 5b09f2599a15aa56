from odoo import api, fields, models
from odoo.exceptions import UserError


class TallerJobTime(models.Model):
    """A mechanic's time on a job, from the clock; without `stop` the clock is running.

    Written by `taller.job`'s actions only. Two running clocks of one mechanic are refused by the
    database itself, so that two phones at the same moment can't start both.
    """

    _name = "taller.job.time"
    _description = "Time on a Job"
    _order = "start desc, id desc"
    _check_company_auto = True

    job_id = fields.Many2one("taller.job", required=True, index=True, ondelete="restrict")
    employee_id = fields.Many2one(
        "hr.employee",
        string="Mechanic",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    start = fields.Datetime(string="Started On", required=True)
    stop = fields.Datetime(string="Stopped On")
    hours = fields.Float(compute="_compute_hours", store=True, help="Hours between start and stop.")
    shop_id = fields.Many2one(related="job_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="job_id.company_id", store=True, index=True, precompute=True)

    _one_running = models.UniqueIndex(
        "(employee_id) WHERE stop IS NULL",
        "The mechanic is on the clock for another job already. Pause or finish that one first.",
    )
    _stop_after_start = models.Constraint("CHECK(stop >= start)", "A clock can't stop before it started.")

    @api.depends("start", "stop")
    def _compute_hours(self):
        for time in self:
            time.hours = (time.stop - time.start).total_seconds() / 3600 if time.stop else 0.0

    @api.depends("employee_id", "job_id")
    def _compute_display_name(self):
        for time in self:
            time.display_name = f"{time.employee_id.name} · {time.job_id.name}"

    @api.model
    def _start(self, job, mechanics):
        """Start the clocks of the mechanics on the job; those that run on it already go on."""
        running = self.sudo().search([("employee_id", "in", mechanics.ids), ("stop", "=", False)])
        if elsewhere := running.filtered(lambda time: time.job_id != job):
            raise UserError(
                self.env._(
                    "%(mechanic)s is on the clock for “%(job)s” of %(order)s. Pause or finish that first.",
                    mechanic=elsewhere[0].employee_id.name,
                    job=elsewhere[0].job_id.name,
                    order=elsewhere[0].job_id.order_id.name,
                )
            )
        now = fields.Datetime.now()
        self.sudo().create(
            [
                {"job_id": job.id, "employee_id": mechanic.id, "start": now}
                for mechanic in mechanics - running.employee_id
            ]
        )

    def _stop(self):
        self.write({"stop": fields.Datetime.now()})
