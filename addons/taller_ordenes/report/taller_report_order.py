from odoo import fields, models
from odoo.tools import SQL


class TallerReportOrder(models.Model):
    """Promises kept: one row per vehicle that was made ready, dated by when.

    - promise kept = ready by the promised time ÷ vehicles with a promised time: `kept_count` ÷
      `promised_count`. What counts is the time promised last, and when the vehicle was ready for good.
    - `lead_hours`: from the reception until ready; `late_hours`: after the promised time, none if kept. Both by
      the clock on the wall, averaged over vehicles.
    """

    _name = "taller.report.order"
    _description = "Promises Kept"
    _inherit = ["taller.report.mixin"]
    _auto = False
    _order = "date desc, id"
    _rec_name = "order_id"
    _depends = {
        "taller.job": ["order_id", "state", "warranty_of_id"],
        "taller.order": [
            "company_id",
            "partner_id",
            "promised_at",
            "ready_at",
            "received_at",
            "shop_id",
            "state",
            "user_id",
            "vehicle_id",
        ],
    }

    RATIOS = {"kept_rate": ("kept_count", "promised_count")}

    order_id = fields.Many2one("taller.order", string="Work Order", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Service Adviser", readonly=True)
    date = fields.Datetime(string="Ready On", readonly=True)
    promised_at = fields.Datetime(string="Promised", readonly=True)
    order_count = fields.Integer(string="Vehicles", readonly=True)
    promised_count = fields.Integer(string="With a Promise", readonly=True)
    kept_count = fields.Integer(string="Kept", readonly=True)
    kept_rate = fields.Float(
        string="Promise Kept", readonly=True, aggregator="avg", help="Kept ÷ vehicles with a promise."
    )
    late_hours = fields.Float(string="Hours Late", readonly=True, aggregator="avg")
    lead_hours = fields.Float(string="Hours in the Shop", readonly=True, aggregator="avg")
    comeback_count = fields.Integer(
        string="Comebacks", readonly=True, help="Vehicles that came back under warranty."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT visit.id,
                   visit.id AS order_id,
                   visit.vehicle_id,
                   visit.partner_id,
                   visit.user_id,
                   visit.shop_id,
                   visit.company_id,
                   visit.ready_at AS date,
                   visit.promised_at,
                   1 AS order_count,
                   (visit.promised_at IS NOT NULL)::integer AS promised_count,
                   COALESCE(visit.ready_at <= visit.promised_at, FALSE)::integer AS kept_count,
                   (visit.ready_at <= visit.promised_at)::integer::numeric AS kept_rate,
                   GREATEST(EXTRACT(EPOCH FROM visit.ready_at - visit.promised_at) / 3600, 0)
                       * CASE WHEN visit.promised_at IS NOT NULL THEN 1 END AS late_hours,
                   EXTRACT(EPOCH FROM visit.ready_at - visit.received_at) / 3600 AS lead_hours,
                   EXISTS (
                       SELECT FROM taller_job job
                        WHERE job.order_id = visit.id
                          AND job.warranty_of_id IS NOT NULL AND job.state != 'cancelled'
                   )::integer AS comeback_count
              FROM taller_order visit
             WHERE visit.ready_at IS NOT NULL AND visit.state IN ('ready', 'delivered')
            """
        )
