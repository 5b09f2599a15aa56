from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.context import without_defaults

# What a mechanic chooses from, in the order of the buttons.
PAUSE_REASONS = [
    ("parts", "Waiting for parts"),
    ("customer", "Waiting for approval"),
    ("tool", "Waiting for a tool or bay"),
    ("other_job", "Another job first"),
    ("lunch", "Lunch"),
    ("day_end", "End of the day"),
    ("other", "Something else"),
]
IDLE_REASONS = [*PAUSE_REASONS, ("left", "Left work"), ("forgotten", "Forgotten clock")]


class TallerJobTime(models.Model):
    """A mechanic's time on a job, from the clock; without `stop` the clock is running.

    Written by `taller.job`'s actions, by the attendance of the mechanic who leaves, and by a supervisor's
    correction, which leaves a trail. The database itself refuses two times of one mechanic that overlap, so
    two phones at the same moment can't start two clocks.
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
    vehicle_id = fields.Many2one(related="job_id.vehicle_id")
    start = fields.Datetime(string="Started On", required=True)
    stop = fields.Datetime(string="Stopped On")
    stop_reason = fields.Selection(
        [*IDLE_REASONS, ("finished", "Job finished")],
        help="Why the clock stopped.",
    )
    stop_note = fields.Char(string="Note")
    hours = fields.Float(compute="_compute_hours", store=True, help="Hours between start and stop.")
    shop_id = fields.Many2one(related="job_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="job_id.company_id", store=True, index=True, precompute=True)

    _one_running = models.UniqueIndex(
        "(employee_id) WHERE stop IS NULL",
        "The mechanic is on the clock for another job already. Pause or finish that one first.",
    )
    _start_idx = models.Index("(start, shop_id)")
    _stop_after_start = models.Constraint("CHECK(stop >= start)", "A clock can't stop before it started.")
    # A range of one number instead of the number: GiST compares ranges without the extension btree_gist.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(employee_id, employee_id, '[]') WITH &&, tsrange(start, stop) WITH &&)",
        "The mechanic was on the clock for another job at that time.",
    )

    @api.depends("start", "stop")
    def _compute_hours(self):
        for time in self:
            time.hours = (time.stop - time.start).total_seconds() / 3600 if time.stop else 0.0

    @api.depends("employee_id", "job_id")
    def _compute_display_name(self):
        for time in self:
            time.display_name = f"{time.employee_id.name} · {time.job_id.name}"

    @api.model
    def _start(self, mechanics_by_job):
        """Start the clocks of each job's mechanics; those that run on it already go on.

        :param dict mechanics_by_job: {taller.job: hr.employee}
        """
        employees = self.env["hr.employee"].sudo().union(*mechanics_by_job.values())
        running = self.sudo().search([("employee_id", "in", employees.ids), ("stop", "=", False)])
        busy = {time.employee_id: time.job_id.sudo() for time in running}
        now = fields.Datetime.now()
        vals_list = []
        for job, mechanics in mechanics_by_job.items():
            for mechanic in mechanics:
                other = busy.setdefault(mechanic, job)
                if other != job:
                    raise UserError(
                        self.env._(
                            "%(mechanic)s is on the clock for “%(job)s” of %(order)s. "
                            "Pause or finish that first.",
                            mechanic=mechanic.name,
                            job=other.name,
                            order=other.order_id.name,
                        )
                    )
                if mechanic not in running.employee_id:
                    vals_list.append({"job_id": job.id, "employee_id": mechanic.id, "start": now})
        if vals_list:
            self._check_in(employees - running.employee_id, next(iter(mechanics_by_job)).company_id, now)
        return without_defaults(self.sudo(), self._fields).create(vals_list)

    def _stop(self, reason, note=False, at=None):
        """Stop these clocks; a job that nobody is on the clock for any more says why.

        :param datetime at: when, now by default; never before a clock's start nor in the future.
        """
        now = fields.Datetime.now()
        values = {"stop_reason": reason, "stop_note": note or False}
        if at is None:
            self.write({"stop": now, **values})
        else:
            for time in self:
                time.write({"stop": max(time.start, min(at, now)), **values})
        if reason != "finished":
            idle = self.job_id.filtered(lambda job: job.state == "in_progress" and not job.is_clock_running)
            idle.write({"pause_reason": reason, "pause_note": note or False})
