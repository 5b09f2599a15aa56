from odoo import api, fields, models

from ..tools.waiting import get_waiting_for


class TallerOrder(models.Model):
    """The order's place in the work queue: who has the next step, and since when."""

    _inherit = "taller.order"

    waiting_for = fields.Selection(
        [
            ("inspection", "Inspection"),
            ("estimate", "Estimate"),
            ("customer", "Customer"),
            ("parts", "Parts"),
            ("mechanic", "Mechanic"),
            ("work", "Being Worked On"),
            ("quality", "Quality Check"),
            ("pickup", "Pick-up"),
        ],
        compute="_compute_waiting_for",
        store=True,
        precompute=True,
        groups="base.group_user",
        help="What has to happen next, so that the vehicle gets on.",
    )
    waiting_since = fields.Datetime(
        compute="_compute_waiting_for", store=True, precompute=True, groups="base.group_user"
    )

    _received_idx = models.Index("(received_at, shop_id)")
    _ready_idx = models.Index("(ready_at, shop_id) WHERE ready_at IS NOT NULL")
    _queue_idx = models.Index("(shop_id, waiting_for) WHERE waiting_for IS NOT NULL")

    @api.depends(
        "state",
        "job_ids.state",
        "job_ids.parts_missing_since",
        "inspection_ids.state",
        "sale_order_ids.taller_sent_at",
    )
    def _compute_waiting_for(self):
        now = fields.Datetime.now()
        for order in self:
            waiting_for = get_waiting_for(
                order.state,
                [job._get_waiting_facts() for job in order.job_ids],
                needs_inspection=order.state in ("received", "estimating") and order._needs_inspection(),
            )
            if order.waiting_for != waiting_for:
                order.waiting_for = waiting_for
                order.waiting_since = waiting_for and now

    def _needs_inspection(self):
        """Whether somebody has still to look at the vehicle before its estimate can be written.

        An inspection that was begun has to be finished. Without one: until a job is written, or the estimate
        begun, for small shops may never use inspections.
        """
        self.ensure_one()
        inspections = self.inspection_ids.filtered(lambda inspection: inspection.kind == "inspection")
        if inspections:
            return any(inspection.state != "done" for inspection in inspections)
        return self.state == "received"
