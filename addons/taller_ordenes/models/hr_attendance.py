from odoo import fields, models


class HrAttendance(models.Model):
    """Whoever leaves stops their clock, by whatever way the check-out is written."""

    _inherit = "hr.attendance"

    def write(self, vals):
        if not vals.keys() & {"check_out", "employee_id"}:
            return super().write(vals)
        before = [(attendance, attendance.sudo().employee_id, attendance.check_out) for attendance in self]
        result = super().write(vals)
        left_at, changes = {}, {}
        for attendance, employee, check_out in before:
            new = attendance.check_out
            if not check_out and (new or attendance.sudo().employee_id != employee):
                left_at[employee] = new or None
            elif check_out and new and new < check_out:
                # A check-out in the future has stopped the clock when it was written.
                changes[employee] = (min(check_out, fields.Datetime.now()), new)
        if left_at:
            self.env["taller.job.time"]._follow_check_out(left_at)
        if changes:
            self.env["taller.job.time"]._follow_earlier_check_out(changes)
        return result

    def unlink(self):
        employees = self.filtered(lambda attendance: not attendance.check_out).sudo().employee_id
        result = super().unlink()
        if employees:
            self.env["taller.job.time"]._follow_check_out(dict.fromkeys(employees))
        return result
