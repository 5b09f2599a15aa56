from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError

from .taller_job_time import IDLE_REASONS, PAUSE_REASONS


class TallerJob(models.Model):
    """Work on a job: the assigned mechanic starts, pauses and finishes it, a supervisor may do so for them.

    `action_x` checks role, assignment and state under a lock; the clocks are rows of `taller.job.time`.
    """

    _inherit = "taller.job"

    pause_reason = fields.Selection(
        IDLE_REASONS,
        readonly=True,
        copy=False,
        help="Why nobody is on the clock for a job that has been started.",
    )
    pause_note = fields.Char(readonly=True, copy=False)

    def action_start(self):
        """The assigned mechanic begins, or goes on with, an approved job; a supervisor may do so for them.

        :raise UserError: the job isn't approved, a mechanic is on the clock for another job, or isn't checked
            in where the company wants them to check in first.
        """
        self._begin_step("approved", "in_progress")
        self.sudo()._check_is_prepaid()
        mechanics_by_job = {job: job._get_clock_employees() for job in self}
        for job, mechanics in mechanics_by_job.items():
            if not mechanics:
                raise UserError(self.env._("Assign a mechanic to “%(job)s” first.", job=job.name))
        self.env["taller.job.time"]._start(mechanics_by_job)
        jobs = self.sudo()
        new = jobs.filtered(lambda job: job.state == "approved")
        new.write({"state": "in_progress", "started_at": fields.Datetime.now()})
        jobs.filtered("pause_reason").write({"pause_reason": False, "pause_note": False})
        self._remember_seen()

    def action_open_pause(self):
        """Ask the mechanic why, one button per reason."""
        self.ensure_one()
        self._begin_step("in_progress")
        return {
            "name": self.env._("Why do you pause?"),
            "type": "ir.actions.act_window",
            "res_model": "taller.job.pause",
            "view_mode": "form",
            "target": "new",
            "context": {"default_job_id": self.id},
        }

    def action_pause(self, reason=None, note=None):
        """The mechanic's clock stops, the job stays in progress; a supervisor stops all clocks of the job.

        :param str reason: one of `PAUSE_REASONS`; it is kept on the time.
        :param str note: a few words; needed for the reason `other`.
        """
        self._begin_step("in_progress")
        if reason not in dict(PAUSE_REASONS):
            raise UserError(self.env._("Say why you pause: choose one of the reasons."))
        note = (note or "").strip()
        if reason == "other" and not note:
            raise UserError(self.env._("Say in a few words why you pause."))
        times = self.env["taller.job.time"].sudo()
        for job in self:
            times |= job._get_running_times(job._get_clock_employees())
        times._stop(reason, note)

    def action_finish(self):
        """The assigned mechanic, or a supervisor for them, reports the job as done; its clock stops.

        :raise UserError: the job hasn't been started, a colleague is still on the clock for it, or the company
            wants to know what was done and nothing is written.
        """
        self._begin_step("in_progress")
        times = self.env["taller.job.time"].sudo()
        for job in self:
            running = job._get_running_times()
            own = job._get_running_times(job._get_clock_employees())
            if others := running - own:
                raise UserError(
                    self.env._(
                        "%(mechanics)s are still on the clock for “%(job)s”. They have to pause first.",
                        mechanics=", ".join(others.employee_id.mapped("name")),
                        job=job.name,
                    )
                )
            if job.company_id.sudo().taller_correction_required and not (job.correction or "").strip():
                raise UserError(
                    self.env._("Write first what was done on “%(job)s”, under Correction.", job=job.name)
                )
            times |= own
        times._stop("finished")
        self.sudo()._action_finish()

    def _action_finish(self):
        self.write({"state": "done", "finished_at": fields.Datetime.now()})
        # Where products are invoiced as delivered, this is the delivery; what stock counts, stock delivers.
        for line in self.line_ids:
            if line.qty_delivered_method == "manual" and line.product_id.invoice_policy == "delivery":
                line.qty_delivered = line.product_uom_qty

    def _begin_step(self, *states):
        """Check that the user may work on these jobs, that nobody else is, and that they are in such a state."""
        self.check_access("read")
        is_supervisor = self.env.user.has_group("taller_base.taller_base_group_supervisor")
        if not (is_supervisor or self.env.user.has_group("taller_base.taller_base_group_mechanic")):
            raise AccessError(self.env._("Mechanics and supervisors start and finish jobs."))
        for job in self:
            if not (is_supervisor or job.is_mine):
                raise AccessError(
                    self.env._(
                        "“%(job)s” isn't assigned to you: the assigned mechanics or a supervisor do this.",
                        job=job.name,
                    )
                )
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Someone else is changing this job at this moment. Wait a little and try again.")
            ) from error
        labels = dict(self._fields["state"]._description_selection(self.env))
        for job in self:
            if job.state not in states or job.order_id.state != "in_progress":
                raise UserError(
                    self.env._(
                        "“%(job)s” is “%(state)s” and its order “%(order_state)s”, so this can't be done.",
                        job=job.name,
                        state=labels[job.state],
                        order_state=job.order_id._get_state_label(),
                    )
                )

    def _get_clock_employees(self):
        """Whose clocks the user's buttons move: the own one, or as a supervisor those of all mechanics."""
        self.ensure_one()
        mechanics = self.sudo().mechanic_ids
        return mechanics.filtered(lambda mechanic: mechanic.user_id == self.env.user) or mechanics

    def _get_running_times(self, employees=None):
        times = self.sudo().time_ids.filtered(lambda time: not time.stop)
        return times if employees is None else times.filtered(lambda time: time.employee_id in employees)
