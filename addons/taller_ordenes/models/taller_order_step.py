from odoo import api, fields, models
from odoo.tools import SQL


class TallerOrderStep(models.Model):
    """How long an order was in a state, and who brought it there; without `stop` it still is.

    Written by `taller.order` at each change of state only; reports of cycle times read it.
    """

    _name = "taller.order.step"
    _description = "Step of a Work Order"
    _order = "start, id"
    _check_company_auto = True

    order_id = fields.Many2one(
        "taller.order", string="Work Order", required=True, index=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(selection="_selection_state", required=True, readonly=True)
    start = fields.Datetime(string="From", required=True, readonly=True)
    stop = fields.Datetime(string="Until", readonly=True)
    hours = fields.Float(
        compute="_compute_hours",
        help="Hours in this state by the clock on the wall, until now if it still is.",
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True, ondelete="set null")
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, precompute=True)

    _one_current = models.UniqueIndex("(order_id) WHERE stop IS NULL", "An order is in one state at a time.")
    _period_idx = models.Index("(start, shop_id)")
    _stop_after_start = models.Constraint("CHECK(stop >= start)", "A step can't end before it began.")

    @api.depends("start", "stop")
    def _compute_hours(self):
        now = fields.Datetime.now()
        for step in self:
            step.hours = ((step.stop or now) - step.start).total_seconds() / 3600

    @api.model
    def _selection_state(self):
        return self.env["taller.order"]._fields["state"]._description_selection(self.env)

    @api.model
    def _enter(self, orders, state, when):
        """The orders enter the state at that moment and leave the one they were in: one query.

        Nothing computes from steps and nobody overrides their creation, so they need not pass the ORM. The join
        is there for its order: an order's last step ends before its next one begins.
        """
        self.env["taller.order"].flush_model(["shop_id", "company_id"])
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH ended AS (
                    UPDATE taller_order_step
                       SET stop = GREATEST(%(when)s, start),
                           write_date = now() AT TIME ZONE 'UTC', write_uid = %(uid)s
                     WHERE stop IS NULL AND order_id IN %(orders)s
                 RETURNING order_id
                )
                INSERT INTO taller_order_step
                            (order_id, shop_id, company_id, state, start, user_id,
                             create_date, create_uid, write_date, write_uid)
                     SELECT visit.id, visit.shop_id, visit.company_id, %(state)s, %(when)s, %(uid)s,
                            now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s
                       FROM taller_order AS visit
                  LEFT JOIN ended ON ended.order_id = visit.id
                      WHERE visit.id IN %(orders)s
                """,
                when=when,
                state=state,
                uid=self.env.uid,
                orders=tuple(orders.ids),
            )
        )
        self.invalidate_model()
        orders.invalidate_recordset(["step_ids"])
