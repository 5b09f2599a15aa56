from odoo import fields, models
from odoo.tools import SQL

MONEY = (
    "taller_base.taller_base_group_supervisor,"
    "taller_base.taller_base_group_manager,"
    "taller_base.taller_base_group_accounting"
)


class TallerReportProductivity(models.Model):
    """What mechanics get done: one row per time on a job and per attendance.

    - utilisation = hours on jobs ÷ hours at work: `clocked_hours` ÷ `present_hours`
    - efficiency = flat-rate hours ÷ clocked hours: `flat_hours` ÷ `finished_hours`
    - recovery = labour sold ÷ target rate ÷ clocked hours: `recovery_sold` ÷ `target_amount`, where
      `target_amount` is target rate × clocked hours, so that mechanics with different rates add up

    Flat-rate hours and labour sold are known when a job is done: until then the time on it counts for the
    utilisation only (`finished_hours` are the clocked hours of done jobs). A job's flat-rate hours (its planned
    hours) and labour (the untaxed price of its services, without outside work) are shared among its mechanics
    by the hours that each was on the clock for it. Hours at work are those of the attendance, without the
    lunch that it takes off; the target rate is the employee's present one, and who has none is left out of
    the recovery. Running clocks count until now.
    """

    _name = "taller.report.productivity"
    _description = "Productivity of Mechanics"
    _inherit = ["taller.report.mixin"]
    _auto = False
    _order = "date desc, id"
    _rec_name = "employee_id"
    _depends = {
        "hr.attendance": ["check_in", "check_out", "employee_id", "worked_hours"],
        "hr.employee": ["company_id", "shop_id", "target_rate", "user_id"],
        "sale.order.line": ["price_subtotal", "product_id", "taller_job_id"],
        "taller.job": ["is_external", "planned_hours", "state"],
        "taller.job.time": ["company_id", "employee_id", "hours", "job_id", "shop_id", "start", "stop"],
    }

    RATIOS = {
        "utilisation": ("clocked_hours", "present_hours"),
        "efficiency": ("flat_hours", "finished_hours"),
        "recovery": ("recovery_sold", "target_amount"),
    }

    employee_id = fields.Many2one("hr.employee.public", string="Mechanic", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    job_id = fields.Many2one("taller.job", readonly=True)
    date = fields.Datetime(readonly=True)
    clocked_hours = fields.Float(string="Hours on Jobs", readonly=True)
    present_hours = fields.Float(string="Hours at Work", readonly=True)
    finished_hours = fields.Float(string="Hours on Finished Jobs", readonly=True)
    flat_hours = fields.Float(string="Flat-Rate Hours", readonly=True)
    sold = fields.Monetary(string="Labour Sold", readonly=True, groups=MONEY)
    recovery_sold = fields.Monetary(
        string="Labour Sold (with Target)",
        readonly=True,
        groups=MONEY,
        help="Of mechanics with a target rate.",
    )
    target_amount = fields.Monetary(
        string="Target", readonly=True, groups=MONEY, help="Target rate × hours on finished jobs."
    )
    utilisation = fields.Float(readonly=True, aggregator="avg", help="Hours on jobs ÷ hours at work.")
    efficiency = fields.Float(
        readonly=True, aggregator="avg", help="Flat-rate hours ÷ clocked hours, of finished jobs."
    )
    recovery = fields.Float(
        readonly=True,
        aggregator="avg",
        groups=MONEY,
        help="Labour sold ÷ target rate ÷ clocked hours, of finished jobs.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT work.*,
                   NULL::numeric AS utilisation,
                   work.flat_hours / NULLIF(work.finished_hours, 0) AS efficiency,
                   work.recovery_sold / NULLIF(work.target_amount, 0) AS recovery
              FROM (%(clock)s UNION ALL %(attendance)s) work
            """,
            clock=self._get_clock_query(),
            attendance=self._get_attendance_query(),
        )

    def _get_clock_query(self):
        return SQL(
            """
            SELECT clock.id * 2 AS id,
                   clock.employee_id,
                   employee.user_id,
                   clock.job_id,
                   clock.shop_id,
                   clock.company_id,
                   clock.start AS date,
                   own.hours AS clocked_hours,
                   0.0 AS present_hours,
                   CASE WHEN job.state = 'done' THEN own.hours ELSE 0 END AS finished_hours,
                   CASE WHEN job.state = 'done' THEN job.planned_hours * own.share ELSE 0 END AS flat_hours,
                   CASE WHEN job.state = 'done' THEN labour.amount * own.share ELSE 0 END AS sold,
                   CASE WHEN job.state = 'done' AND employee.target_rate > 0
                        THEN labour.amount * own.share ELSE 0 END AS recovery_sold,
                   CASE WHEN job.state = 'done'
                        THEN COALESCE(employee.target_rate, 0) * own.hours ELSE 0 END AS target_amount
              FROM taller_job_time clock
              JOIN taller_job job ON job.id = clock.job_id
              JOIN hr_employee employee ON employee.id = clock.employee_id
              JOIN LATERAL (
                   SELECT SUM(hours) AS hours FROM taller_job_time WHERE job_id = clock.job_id
              ) total ON TRUE
              JOIN LATERAL (
                   SELECT CASE WHEN clock.stop IS NULL
                               THEN EXTRACT(EPOCH FROM %(now)s - clock.start) / 3600
                               ELSE clock.hours END AS hours,
                          COALESCE(clock.hours / NULLIF(total.hours, 0), 0) AS share
              ) own ON TRUE
              JOIN LATERAL (
                   SELECT COALESCE(SUM(line.price_subtotal), 0) AS amount
                     FROM sale_order_line line
                     JOIN product_product product ON product.id = line.product_id
                     JOIN product_template template ON template.id = product.product_tmpl_id
                    WHERE line.taller_job_id = clock.job_id
                      AND template.type = 'service'
                      AND product.id != %(outside)s
              ) labour ON TRUE
            """,
            now=fields.Datetime.now(),
            outside=self.env["ir.model.data"]._xmlid_to_res_id("taller_ordenes.product_external") or 0,
        )

    def _get_attendance_query(self):
        """Attendances of those who work on jobs, or could: reception's would spoil the shop's utilisation."""
        return SQL(
            """
            SELECT attendance.id * 2 + 1 AS id,
                   attendance.employee_id,
                   employee.user_id,
                   NULL::integer AS job_id,
                   COALESCE(employee.shop_id, person.shop_id) AS shop_id,
                   employee.company_id,
                   attendance.check_in AS date,
                   0 AS clocked_hours,
                   CASE WHEN attendance.check_out IS NULL
                        THEN EXTRACT(EPOCH FROM %(now)s - attendance.check_in) / 3600
                        ELSE attendance.worked_hours END AS present_hours,
                   0 AS finished_hours,
                   0 AS flat_hours,
                   0 AS sold,
                   0 AS recovery_sold,
                   0 AS target_amount
              FROM hr_attendance attendance
              JOIN hr_employee employee ON employee.id = attendance.employee_id
              LEFT JOIN res_users person ON person.id = employee.user_id
             WHERE EXISTS (SELECT FROM taller_job_time WHERE employee_id = employee.id)
                OR EXISTS (SELECT FROM taller_specialty_employee_rel WHERE employee_id = employee.id)
            """,
            now=fields.Datetime.now(),
        )
