from odoo import fields, models
from odoo.tools import SQL


class TallerReportStep(models.Model):
    """Cycle time per state: one row per stay of an order in a state, dated by its beginning.

    `hours` go by the clock on the wall, until now for the state that the order is in; of a group they are the
    average stay. An order that was in a state twice has two rows. Delivered and cancelled orders stay there.
    """

    _name = "taller.report.step"
    _description = "Cycle Times"
    _inherit = ["taller.report.mixin"]
    _auto = False
    _order = "date desc, id"
    _rec_name = "order_id"
    _depends = {
        "taller.order": ["user_id", "vehicle_id"],
        "taller.order.step": ["company_id", "order_id", "shop_id", "start", "state", "stop"],
    }

    order_id = fields.Many2one("taller.order", string="Work Order", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    user_id = fields.Many2one("res.users", string="Service Adviser", readonly=True)
    state = fields.Selection(selection="_selection_state", readonly=True)
    date = fields.Datetime(string="From", readonly=True)
    stop = fields.Datetime(string="Until", readonly=True)
    is_current = fields.Boolean(string="There Now", readonly=True)
    hours = fields.Float(readonly=True, aggregator="avg")
    total_hours = fields.Float(readonly=True)
    step_count = fields.Integer(string="Stays", readonly=True)

    def _selection_state(self):
        return self.env["taller.order"]._fields["state"]._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT step.id,
                   step.order_id,
                   visit.vehicle_id,
                   visit.user_id,
                   step.shop_id,
                   step.company_id,
                   step.state,
                   step.start AS date,
                   step.stop,
                   step.stop IS NULL AS is_current,
                   EXTRACT(EPOCH FROM COALESCE(step.stop, %(now)s) - step.start) / 3600 AS hours,
                   EXTRACT(EPOCH FROM COALESCE(step.stop, %(now)s) - step.start) / 3600 AS total_hours,
                   1 AS step_count
              FROM taller_order_step step
              JOIN taller_order visit ON visit.id = step.order_id
             WHERE step.state NOT IN ('delivered', 'cancelled')
            """,
            now=fields.Datetime.now(),
        )
