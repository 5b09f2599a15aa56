from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

WEEK = timedelta(days=7)


class TallerMechanicLoad(models.Model):
    """A mechanic's load: hours that are booked against hours there are.

    A mechanic is who has a specialty, the mechanics' role, or a job to do. `booked_hours` is what is left of
    the approved jobs (planned less clocked hours, never less than none), each job shared evenly among its
    mechanics. Working hours come from the mechanic's calendar, without leaves, see
    `taller.shop._get_working_intervals`.
    """

    _name = "taller.mechanic.load"
    _description = "Load of a Mechanic"
    _auto = False
    _order = "booked_hours desc, name, id"
    _rec_name = "name"

    _depends = {
        "hr.attendance": ["check_out", "employee_id"],
        "hr.employee": ["active", "company_id", "name", "shop_id", "specialty_ids", "user_id"],
        "taller.job": ["mechanic_ids", "planned_hours", "state"],
        "taller.job.time": ["employee_id", "job_id", "start", "stop"],
    }

    employee_id = fields.Many2one("hr.employee.public", string="Mechanic", readonly=True)
    name = fields.Char(readonly=True)
    shop_id = fields.Many2one("taller.shop", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    job_count = fields.Integer(string="Open Jobs", readonly=True)
    booked_hours = fields.Float(
        readonly=True, help="Left of the approved jobs, in flat-rate hours less clocked ones."
    )
    is_in = fields.Boolean(string="Checked In", readonly=True)
    running_job_id = fields.Many2one("taller.job", string="On the Clock For", readonly=True)
    presence = fields.Selection(
        [("working", "On a job"), ("in", "Present"), ("out", "Not checked in"), ("absent", "Absent today")],
        compute="_compute_hours",
    )
    hours_today = fields.Float(
        string="Left Today", compute="_compute_hours", help="Working hours from now until the end of the day."
    )
    hours_week = fields.Float(string="Next 7 Days", compute="_compute_hours", help="Working hours.")
    load = fields.Float(
        string="Load %", compute="_compute_hours", help="Booked hours in percent of those of the next 7 days."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH job_left AS (
                SELECT job.id,
                       GREATEST(
                           job.planned_hours - COALESCE(
                               SUM(EXTRACT(EPOCH FROM COALESCE(clock.stop, %(now)s) - clock.start)) / 3600, 0
                           ), 0
                       ) AS hours
                  FROM taller_job job
                  LEFT JOIN taller_job_time clock ON clock.job_id = job.id
                 WHERE job.state IN ('approved', 'in_progress')
                 GROUP BY job.id
            ), job_share AS (
                SELECT assigned.employee_id,
                       job_left.hours / COUNT(*) OVER (PARTITION BY assigned.job_id) AS hours
                  FROM job_left
                  JOIN taller_job_mechanic_rel assigned ON assigned.job_id = job_left.id
            ), booked AS (
                SELECT employee_id, COUNT(*) AS job_count, SUM(hours) AS hours
                  FROM job_share
                 GROUP BY employee_id
            )
            SELECT employee.id,
                   employee.id AS employee_id,
                   employee.name,
                   COALESCE(employee.shop_id, person.shop_id) AS shop_id,
                   employee.company_id,
                   COALESCE(booked.job_count, 0) AS job_count,
                   COALESCE(booked.hours, 0) AS booked_hours,
                   EXISTS (
                       SELECT FROM hr_attendance
                        WHERE employee_id = employee.id AND check_out IS NULL
                   ) AS is_in,
                   (
                       SELECT job_id FROM taller_job_time
                        WHERE employee_id = employee.id AND stop IS NULL LIMIT 1
                   ) AS running_job_id
              FROM hr_employee employee
              LEFT JOIN res_users person ON person.id = employee.user_id
              LEFT JOIN booked ON booked.employee_id = employee.id
             WHERE employee.active
               AND (
                   booked.employee_id IS NOT NULL
                   OR EXISTS (
                       SELECT FROM taller_specialty_employee_rel WHERE employee_id = employee.id
                   )
                   OR EXISTS (
                       SELECT FROM res_groups_users_rel
                        WHERE uid = employee.user_id AND gid = %(mechanics)s
                   )
               )
            """,
            now=fields.Datetime.now(),
            mechanics=self.env["ir.model.data"]._xmlid_to_res_id("taller_base.taller_base_group_mechanic"),
        )

    @api.depends("employee_id", "booked_hours")
    def _compute_hours(self):
        now = fields.Datetime.now()
        for shop, loads in self.grouped("shop_id").items():
            hours_until = loads._get_hours_until(shop, now)
            tonight = _get_end_of_day(shop, now)
            for load in loads:
                key = load.employee_id.id
                load.hours_today = hours_until(key, tonight)
                load.hours_week = hours_until(key, now + WEEK)
                load.load = 100 * load.booked_hours / load.hours_week if load.hours_week else 0.0
                if load.running_job_id:
                    load.presence = "working"
                elif load.is_in:
                    load.presence = "in"
                elif not load.hours_today and hours_until(None, tonight):
                    load.presence = "absent"
                else:
                    load.presence = "out"

    def _get_hours_until(self, shop, now):
        """A function (employee id or None, time) → working hours from now until then."""
        if not shop:
            return lambda _mechanic, stop: max((stop - now).total_seconds() / 3600, 0.0)
        return shop._get_hours_until(self.env["hr.employee"].sudo().browse(self.employee_id.ids), now)

    def action_view_jobs(self):
        """The open jobs of these mechanics, for the staff that plans their work."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("taller_ordenes.taller_job_action_assign")
        return {
            **action,
            "display_name": ", ".join(self.mapped("name")),
            "domain": [
                ("mechanic_ids", "in", self.employee_id.ids),
                ("state", "in", ["proposed", "approved", "in_progress"]),
            ],
            "context": {},
        }


def _get_end_of_day(shop, now):
    """Midnight in the shop, as a naive datetime in UTC."""
    timezone = pytz.timezone(shop.tz or "UTC")
    tomorrow = pytz.utc.localize(now).astimezone(timezone).date() + timedelta(days=1)
    midnight = timezone.localize(datetime.combine(tomorrow, time.min))
    return midnight.astimezone(pytz.utc).replace(tzinfo=None)
