from odoo import fields, models
from odoo.tools import SQL


class TallerReportJob(models.Model):
    """What is asked for, and what comes back: one row per job, dated by the reception of its vehicle.

    - most requested services: `job_count` by `service_name`, the canned service or else the job's own words
    - comeback rate = jobs that came back under warranty ÷ jobs done: `came_back_count` ÷ `done_count`, on the
      job that came back, whenever it did. `comeback_count` counts the other end: warranty jobs done again.

    Amounts are untaxed, in the company's currency.
    """

    _name = "taller.report.job"
    _description = "Services and Comebacks"
    _inherit = ["taller.report.mixin"]
    _auto = False
    _order = "date desc, id"
    _rec_name = "service_name"
    _depends = {
        "sale.order.line": ["price_subtotal", "taller_job_id"],
        "taller.job": [
            "company_id",
            "is_external",
            "mechanic_ids",
            "name",
            "order_id",
            "planned_hours",
            "service_id",
            "shop_id",
            "state",
            "vehicle_id",
            "warranty_of_id",
        ],
        "taller.order": ["partner_id", "received_at", "user_id"],
        "taller.service": ["name"],
    }

    RATIOS = {"comeback_rate": ("came_back_count", "done_count")}

    order_id = fields.Many2one("taller.order", string="Work Order", readonly=True)
    service_id = fields.Many2one("taller.service", string="Canned Service", readonly=True)
    service_name = fields.Char(string="Service", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", string="Vehicle Model", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Service Adviser", readonly=True)
    mechanic_ids = fields.Many2many(
        "hr.employee.public",
        "taller_job_mechanic_rel",
        "job_id",
        "employee_id",
        string="Mechanics",
        readonly=True,
    )
    date = fields.Datetime(string="Received On", readonly=True)
    state = fields.Selection(selection="_selection_state", readonly=True)
    is_external = fields.Boolean(string="Outside Work", readonly=True)
    is_comeback = fields.Boolean(string="Under Warranty", readonly=True)
    job_count = fields.Integer(string="Jobs", readonly=True)
    done_count = fields.Integer(string="Jobs Done", readonly=True)
    comeback_count = fields.Integer(string="Warranty Jobs", readonly=True)
    came_back_count = fields.Integer(string="Came Back", readonly=True)
    comeback_rate = fields.Float(readonly=True, aggregator="avg", help="Came back ÷ jobs done.")
    planned_hours = fields.Float(string="Flat-Rate Hours", readonly=True)
    amount = fields.Monetary(readonly=True, help="Labour and parts, untaxed.")

    def _selection_state(self):
        return self.env["taller.job"]._fields["state"]._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT job.id,
                   job.order_id,
                   job.service_id,
                   COALESCE(service.name, job.name) AS service_name,
                   job.vehicle_id,
                   vehicle.model_id,
                   visit.partner_id,
                   visit.user_id,
                   visit.shop_id,
                   visit.company_id,
                   visit.received_at AS date,
                   job.state,
                   job.is_external,
                   job.warranty_of_id IS NOT NULL AS is_comeback,
                   1 AS job_count,
                   (job.state = 'done')::integer AS done_count,
                   (job.warranty_of_id IS NOT NULL)::integer AS comeback_count,
                   outcome.came_back AS came_back_count,
                   CASE WHEN job.state = 'done' THEN outcome.came_back::numeric END AS comeback_rate,
                   job.planned_hours,
                   price.amount
              FROM taller_order visit
              JOIN taller_job job ON job.order_id = visit.id
              JOIN fleet_vehicle vehicle ON vehicle.id = visit.vehicle_id
              LEFT JOIN taller_service service ON service.id = job.service_id
              JOIN LATERAL (
                   SELECT (job.state = 'done' AND EXISTS (
                       SELECT FROM taller_job claim
                        WHERE claim.warranty_of_id = job.id AND claim.state != 'cancelled'
                   ))::integer AS came_back
              ) outcome ON TRUE
              JOIN LATERAL (
                   SELECT COALESCE(SUM(line.price_subtotal), 0) AS amount
                     FROM sale_order_line line WHERE line.taller_job_id = job.id
              ) price ON TRUE
             WHERE job.state != 'cancelled'
            """
        )
