from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from ..tools import follow_up
from .taller_order import OFFICE

# Orders that a declined job can be offered on again.
OFFER_STATES = ("received", "estimating", "waiting", "in_progress")


class TallerJob(models.Model):
    """What a customer declined stays on the vehicle, with the reason, and is offered again once."""

    _inherit = "taller.job"

    follow_up_date = fields.Date(
        string="Offer Again On", copy=False, help="When to talk with the customer about it again."
    )
    follow_up_odometer = fields.Float(
        string="Offer Again At",
        copy=False,
        digits=(16, 1),
        help="Reading of the odometer or hour meter at which it is due, in the vehicle's own unit; 0: none.",
    )
    follow_up_closed = fields.Boolean(
        string="Don't Offer Again", copy=False, help="E.g. the customer has had it done elsewhere."
    )
    declined_job_id = fields.Many2one(
        "taller.job",
        string="Declined Before As",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The job that the customer declined at an earlier visit and that is offered here again.",
    )
    offered_job_ids = fields.One2many(
        "taller.job", "declined_job_id", string="Offered Again As", readonly=True, copy=False
    )
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    partner_phone = fields.Char(related="order_id.partner_id.phone", string="Phone", groups=OFFICE)
    odometer_unit = fields.Selection(related="vehicle_id.odometer_unit")

    _offered_once = models.UniqueIndex(
        "(declined_job_id) WHERE declined_job_id IS NOT NULL AND state != 'cancelled'",
        "This declined job has been offered again already.",
    )
    _follow_up_idx = models.Index(
        "(follow_up_date, id) WHERE state = 'declined' AND follow_up_closed IS NOT TRUE"
    )
    _follow_up_odometer_positive = models.Constraint(
        "CHECK(follow_up_odometer >= 0)", "The reading at which to offer a job again can't be negative."
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "declined":
            self._propose_follow_up()
        return result

    def _propose_follow_up(self):
        """When to offer these jobs again, where nobody has said so yet."""
        for job in self.filtered(lambda job: not (job.follow_up_date or job.follow_up_odometer)):
            order = job.order_id
            date, odometer = follow_up.propose(
                fields.Date.context_today(job),
                job.company_id.sudo().taller_follow_up_days,
                order.odometer_in,
                order.odometer_unit,
            )
            job.write({"follow_up_date": date, "follow_up_odometer": odometer or 0.0})

    def action_offer_again(self):
        """Reception or supervisor propose these declined jobs again, at today's prices.

        They go on the order that the list belongs to, or else on the vehicle's latest open one.

        :return: the action that opens the order, if that isn't the one on the screen
        :raise UserError: not declined, offered again already, or no order of the vehicle is open
        """
        self.env["taller.job"].check_access("create")
        self.check_access("write")
        orders = self.env["taller.order"]
        if order_id := self.env.context.get("default_order_id"):
            orders = orders.browse(order_id)
        else:
            found = orders.search(
                [("vehicle_id", "in", self.vehicle_id.ids), ("state", "in", OFFER_STATES)], order="id"
            )
            order_of = {order.vehicle_id: order for order in found}
            for job in self:
                if job.vehicle_id not in order_of:
                    raise UserError(
                        self.env._(
                            "%(vehicle)s isn't here: open a work order for it, then offer “%(job)s” again.",
                            vehicle=job.vehicle_id.display_name,
                            job=job.name,
                        )
                    )
                orders |= order_of[job.vehicle_id]
        for order in orders:
            order._offer_declined(
                self.filtered(lambda job, order=order: order_id or job.vehicle_id == order.vehicle_id)
            )
        if order_id:
            return True
        return {
            "type": "ir.actions.act_window",
            "res_model": "taller.order",
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": orders[-1:].id,
        }

    def _check_can_be_offered(self, order):
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Someone else is changing this job at this moment. Wait a little and try again.")
            ) from error
        self.invalidate_recordset(["state", "offered_job_ids"])
        for job in self:
            if job.vehicle_id != order.vehicle_id:
                raise UserError(self.env._("“%(job)s” was declined for another vehicle.", job=job.name))
            if job.state != "declined":
                raise UserError(
                    self.env._("“%(job)s” wasn't declined, so it can't be offered again.", job=job.name)
                )
            if offered := job.sudo().offered_job_ids.filtered(lambda offer: offer.state != "cancelled"):
                raise UserError(
                    self.env._(
                        "“%(job)s” has been offered again already, on %(order)s.",
                        job=job.name,
                        order=offered[0].order_id.name,
                    )
                )

    def _get_offer_values(self):
        """Values of a new job like this declined one, at today's prices."""
        self.ensure_one()
        values = {
            "name": self.name,
            "concern": self.concern,
            "cause": self.cause,
            "customer_text": self.customer_text,
            "technician_notes": self.technician_notes,
        }
        service = self.sudo().service_id
        if service.active and service.with_env(self.env).has_access("read"):
            values["service_id"] = service.id
            if service.price_mode == "fixed":
                return values
        return {
            **values,
            "line_ids": [Command.create(line._get_taller_offer_values()) for line in self.line_ids],
        }
