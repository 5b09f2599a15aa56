from odoo import api, fields, models

from .taller_job import TO_OFFER
from .taller_order import OFFICE


class TallerOrder(models.Model):
    """What the customer declined at earlier visits, on the order of this one."""

    _inherit = "taller.order"

    declined_before_ids = fields.Many2many(
        "taller.job",
        string="Declined Before",
        compute="_compute_declined_before_ids",
        groups=OFFICE,
        help="Jobs on this vehicle that were declined at earlier visits and not offered again yet.",
    )

    @api.depends("vehicle_id")
    def _compute_declined_before_ids(self):
        domain = TO_OFFER & fields.Domain("vehicle_id", "in", self.vehicle_id.ids)
        declined = self.env["taller.job"].search(domain, order="follow_up_date, id")
        by_vehicle = declined.grouped("vehicle_id")
        for order in self:
            jobs = by_vehicle.get(order.vehicle_id._origin, declined.browse())
            order.declined_before_ids = jobs.filtered(lambda job, order=order: job.order_id != order._origin)

    def _offer_declined(self, jobs):
        """Propose these declined jobs of the vehicle again on this order, at today's prices; each of them once.

        :return: the new jobs, in the same order
        :raise UserError: one of them can't be offered, e.g. somebody else has just done it
        """
        self.ensure_one()
        jobs._check_can_be_offered(self)
        offers = jobs.create([{**job._get_offer_values(), "order_id": self.id} for job in jobs])
        for job, offer in zip(jobs, offers, strict=True):
            offer.sudo().declined_job_id = job
        self.invalidate_recordset(["declined_before_ids"])
        return offers
