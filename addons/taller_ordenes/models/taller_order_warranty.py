from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.context import without_defaults
from .taller_job_declined import OFFER_STATES
from .taller_order import OPEN_STATES


class TallerOrder(models.Model):
    """What a delivery promises, and what an earlier one still does."""

    _inherit = "taller.order"

    warranty_job_ids = fields.Many2many(
        "taller.job",
        string="Under Warranty",
        compute="_compute_warranty_job_ids",
        groups="base.group_user",
        help="Jobs of earlier visits of this vehicle whose warranty holds on this day, with this reading.",
    )

    @api.depends("vehicle_id", "odometer_in", "received_at", "state", "job_ids.warranty_of_id")
    def _compute_warranty_job_ids(self):
        open_orders = self.filtered(lambda order: order.state in OPEN_STATES and order.vehicle_id)
        (self - open_orders).warranty_job_ids = False
        jobs = self.env["taller.job"].search(
            [("vehicle_id", "in", open_orders.vehicle_id.ids), ("warranty_from", "!=", False)]
        )
        of_vehicle = jobs.grouped("vehicle_id")
        for order in open_orders:
            date = fields.Date.context_today(order, order.received_at)
            claimed = order.job_ids.filtered(lambda job: job.state != "cancelled").warranty_of_id
            order.warranty_job_ids = (
                of_vehicle.get(order.vehicle_id._origin, jobs.browse()) - claimed
            ).filtered(
                lambda job, order=order, date=date: job.order_id != order._origin
                and job._is_under_warranty(date, order.odometer_in)
            )

    def _stamp_warranty(self, odometer=None):
        """The warranty of the jobs done begins, at this reading, that of the reception, or the last one known."""
        for order in self:
            order.job_ids.filtered(lambda job: job.state == "done")._start_warranty(
                odometer or order.odometer_in or order.vehicle_id.odometer
            )

    def _claim_warranty(self, jobs):
        """Make a warranty job on this order for each of these done ones, and approve it."""
        self.ensure_one()
        self = without_defaults(self, {"order_id"})
        self._begin_step(*OFFER_STATES)
        date = fields.Date.context_today(self, self.received_at)
        for job in jobs:
            if job.vehicle_id != self.vehicle_id:
                raise UserError(self.env._("“%(job)s” was done on another vehicle.", job=job.name))
            if not job._is_under_warranty(date, self.odometer_in):
                raise UserError(
                    self.env._(
                        "“%(job)s” isn't under warranty any more (%(warranty)s). A supervisor may extend it.",
                        job=job.name,
                        warranty=job._describe_warranty() or self.env._("none was given"),
                    )
                )
            if job.comeback_ids.filtered(lambda claim: claim.order_id == self and claim.state != "cancelled"):
                raise UserError(
                    self.env._("“%(job)s” is on %(order)s already.", job=job.name, order=self.name)
                )
        order = self.sudo()
        values = order._get_estimate_values()
        quiet = {"mail_create_nosubscribe": True, "mail_create_nolog": True, "tracking_disable": True}
        estimate = (
            self.env["sale.order"]
            .sudo()
            .with_context(**quiet)
            .create(
                {
                    **values,
                    "name": self.env._("%(estimate)s (warranty)", estimate=values["name"]),
                    "taller_is_warranty": True,
                }
            )
        )
        claims = (
            self.env["taller.job"]
            .sudo()
            .create(
                [
                    {**job._get_claim_values(order), "order_id": self.id, "sale_order_id": estimate.id}
                    for job in jobs.sudo()
                ]
            )
        )
        estimate.action_confirm()
        if order.state in ("received", "estimating", "waiting"):
            order._set_state("in_progress")
        for claim in claims:
            order._message_log(
                body=self.env._(
                    "“%(job)s” is done again under the warranty of %(order)s; there is nothing to pay for it.",
                    job=claim.name,
                    order=claim.warranty_of_id.order_id.name,
                ),
                author_id=self.env.user.partner_id.id,
            )
        return claims.sudo(False)
