from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.context import without_defaults


class TallerJobTime(models.Model):
    """Clock and attendance agree: nobody is on the clock who isn't at work, unless the company doesn't care."""

    _inherit = "taller.job.time"

    is_outside_attendance = fields.Boolean(
        string="Outside Attendance",
        compute="_compute_is_outside_attendance",
        search="_search_is_outside_attendance",
        compute_sudo=True,
        help="The mechanic wasn't checked in all of this time. A supervisor corrects one or the other.",
    )

    @api.depends("employee_id", "start", "stop")
    def _compute_is_outside_attendance(self):
        stored = self.filtered("id")
        outside = set()
        if stored:
            stored.flush_recordset(["employee_id", "company_id", "start", "stop"])
            self.env["res.company"].flush_model(["taller_clock_attendance"])
            self.env["hr.attendance"].flush_model(["employee_id", "check_in", "check_out"])
            query = SQL("%s AND time.id IN %s", self._select_outside_attendance(), tuple(stored.ids))
            outside = {row[0] for row in self.env.execute_query(query)}
        for time in self:
            time.is_outside_attendance = time.id in outside

    def _search_is_outside_attendance(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("id", "in", self._select_outside_attendance())

    @api.model
    def _select_outside_attendance(self):
        """SQL for the times without an attendance around all of them, where the company cares."""
        return SQL(
            """
            SELECT time.id
              FROM taller_job_time time
              JOIN res_company company ON company.id = time.company_id
             WHERE company.taller_clock_attendance != 'ignore'
               AND NOT EXISTS (
                    SELECT FROM hr_attendance attendance
                     WHERE attendance.employee_id = time.employee_id
                       AND attendance.check_in <= time.start
                       AND (attendance.check_out IS NULL
                            OR attendance.check_out >= COALESCE(time.stop, now() AT TIME ZONE 'UTC')))
            """
        )

    @api.model
    def _check_in(self, employees, company, now):
        """Before their clocks start: check these employees in, or refuse, as the company wants it.

        Costs one query when all of them are at work.
        """
        policy = company.sudo().taller_clock_attendance
        if policy == "ignore":
            return
        attendances = self.env["hr.attendance"].sudo()
        at_work = attendances.search(
            Domain("employee_id", "in", employees.ids)
            & (Domain("check_out", "=", False) | Domain("check_out", ">", now))
        )
        if not (absent := employees - at_work.employee_id):
            return
        if policy == "refuse":
            raise UserError(
                self.env._(
                    "%(mechanics)s: check in first, then start the job.",
                    mechanics=", ".join(absent.mapped("name")),
                )
            )
        attendances = without_defaults(attendances, attendances._fields)
        attendances.create([{"employee_id": employee.id, "check_in": now} for employee in absent])

    @api.model
    def _follow_check_out(self, left_at):
        """Stop the running clocks of those who have left.

        A clock that started after a check-out that is entered late belongs to a later presence: where
        mechanics are checked in automatically, that one is recorded; else the clock stops now.

        :param dict left_at: {hr.employee: when they left, or None if their attendance is gone}
        """
        employees = self.env["hr.employee"].union(*left_at)
        running = self.sudo().search(
            [
                ("employee_id", "in", employees.ids),
                ("stop", "=", False),
                ("company_id.taller_clock_attendance", "!=", "ignore"),
            ]
        )
        attendances = self.env["hr.attendance"].sudo()
        attendances = without_defaults(attendances, attendances._fields)
        for time in running:
            check_out = left_at[time.employee_id]
            if check_out is None or check_out > time.start:
                time._stop("left", at=check_out)
            elif time.company_id.taller_clock_attendance == "automatic":
                attendances.create({"employee_id": time.employee_id.id, "check_in": time.start})
            else:
                time._stop("left")

    @api.model
    def _follow_earlier_check_out(self, changes):
        """Cut the times that ended with a check-out which has been corrected to an earlier one.

        :param dict changes: {hr.employee: (check-out as it was, as it is)}
        """
        employees = self.env["hr.employee"].union(*changes)
        times = self.sudo().search(
            [
                ("employee_id", "in", employees.ids),
                ("stop_reason", "=", "left"),
                ("stop", "in", [before for before, _after in changes.values()]),
                ("company_id.taller_clock_attendance", "!=", "ignore"),
            ]
        )
        for time in times:
            before, after = changes[time.employee_id]
            if time.stop == before:
                time._change(time.start, max(time.start, after), self.env._("The check-out was corrected."))
