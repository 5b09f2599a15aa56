from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.clock_limit import get_end_of_work

LONGEST_TIME = timedelta(hours=24)


class TallerJobTime(models.Model):
    """Times that aren't what was worked: a supervisor corrects them, and forgotten clocks are stopped."""

    _inherit = "taller.job.time"

    change_ids = fields.One2many(
        "taller.job.time.change",
        "time_id",
        string="Corrections",
        readonly=True,
        groups="taller_base.taller_base_group_supervisor,taller_base.taller_base_group_manager",
    )

    def action_open_correct(self):
        """Ask a supervisor for the right times and the reason."""
        self.ensure_one()
        self._check_may_correct()
        return {
            "name": self.env._("Correct the Time"),
            "type": "ir.actions.act_window",
            "res_model": "taller.job.time.correct",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_time_id": self.id,
                "default_start": self.start,
                "default_stop": self.stop,
            },
        }

    def action_correct(self, start, stop, reason):
        """A supervisor of the shop says when the work really began and ended; what was stays in the trail.

        :param datetime start: in UTC, also as text
        :param datetime stop: the same; only a clock that runs may stay without
        :param str reason: why, in words
        :raise UserError: no reason, impossible times, or the mechanic was on another job's clock then
        """
        self.ensure_one()
        self._check_may_correct()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason why the time is corrected."))
        start, stop = fields.Datetime.to_datetime(start), fields.Datetime.to_datetime(stop)
        self._check_times(start, stop)
        was_running = not self.stop
        time = self.sudo()
        time._change(start, stop, reason)
        if was_running and stop:
            time._stop("other", reason, at=stop)

    def _check_may_correct(self):
        self.check_access("read")
        if not self.env.user.has_group("taller_base.taller_base_group_supervisor"):
            raise AccessError(self.env._("The shop's supervisor corrects times."))

    def _check_times(self, start, stop):
        now = fields.Datetime.now()
        if not start or (self.stop and not stop):
            raise UserError(self.env._("Say when the work began and when it ended."))
        if start > now or (stop and stop > now):
            raise UserError(self.env._("Times to come can't be on the clock yet."))
        if stop and stop < start:
            raise UserError(self.env._("The work can't end before it began."))
        if (stop or now) - start > LONGEST_TIME:
            raise UserError(self.env._("Nobody works on a job for more than 24 hours at a stretch."))
        overlapping = (
            Domain("employee_id", "=", self.employee_id.id)
            & Domain("id", "!=", self.id)
            & (Domain("stop", "=", False) | Domain("stop", ">", start))
            & (Domain("start", "<", stop) if stop else Domain.TRUE)
        )
        if other := self.sudo().search(overlapping, limit=1):
            raise UserError(
                self.env._(
                    "%(mechanic)s was on the clock for “%(job)s” of %(order)s at that time. Correct that one first.",
                    mechanic=other.employee_id.name,
                    job=other.job_id.name,
                    order=other.job_id.order_id.name,
                )
            )

    def _change(self, start, stop, reason):
        """Set the times, and keep in the trail what they were."""
        self.env["taller.job.time.change"].sudo().create(
            [
                {
                    "time_id": time.id,
                    "reason": reason,
                    "old_start": time.start,
                    "old_stop": time.stop,
                    "start": start,
                    "stop": stop,
                }
                for time in self
            ]
        )
        self.write({"start": start, "stop": stop})

    @api.model
    def _cron_stop_forgotten(self):
        """Stop the clocks that run on long after the shop has closed, when it closed; tell the supervisors."""
        now = fields.Datetime.now()
        forgotten = self.browse()
        for time in self.search([("stop", "=", False)]):
            end = time._get_end_of_work()
            tolerance = timedelta(hours=time.company_id.taller_clock_tolerance)
            if now >= end + tolerance:
                time._stop("forgotten", at=end)
                forgotten |= time
        for order, times in forgotten.grouped(lambda time: time.job_id.order_id).items():
            times._tell_supervisors(order)

    def _get_end_of_work(self):
        """When this time's work should have been over, in UTC."""
        self.ensure_one()
        zone = pytz.timezone(self.shop_id.tz)
        calendar = self.shop_id.resource_calendar_id
        closing_hours = {}
        for hours in calendar.attendance_ids:
            day = int(hours.dayofweek)
            closing_hours[day] = max(closing_hours.get(day, 0), hours.hour_to)
        start = pytz.utc.localize(self.start).astimezone(zone).replace(tzinfo=None)
        end = get_end_of_work(start, closing_hours, calendar.hours_per_day)
        return zone.localize(end).astimezone(pytz.utc).replace(tzinfo=None)

    def _tell_supervisors(self, order):
        names = ", ".join(self.employee_id.mapped("name"))
        env = self.with_context(lang=order._get_staff_lang()).env
        for user in order.shop_id.supervisor_ids.filtered("active") or order.user_id:
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=env._("Forgotten clock: %(mechanics)s", mechanics=names),
                note=env._(
                    "The clock of %(mechanics)s ran on after the shop had closed; it has been stopped as of closing "
                    "time. Correct the time on the job if more or less was worked.",
                    mechanics=names,
                ),
                user_id=user.id,
            )
