from odoo import fields, models

from ..tools.follow_up import is_due
from .taller_job import TO_OFFER
from .taller_order import OFFICE


class FleetVehicle(models.Model):
    """Declined work stays on the vehicle."""

    _inherit = "fleet.vehicle"

    declined_job_ids = fields.One2many(
        "taller.job",
        "vehicle_id",
        string="Declined Work",
        domain=lambda self: TO_OFFER,
        groups=OFFICE,
        help="What was declined and neither offered again nor given up.",
    )
    declined_job_count = fields.Integer(compute="_compute_declined_job_count", groups=OFFICE)

    def _compute_declined_job_count(self):
        groups = self.env["taller.job"]._read_group(
            TO_OFFER & fields.Domain("vehicle_id", "in", self.ids), ["vehicle_id"], ["__count"]
        )
        counts = {vehicle.id: count for vehicle, count in groups}
        for vehicle in self:
            vehicle.declined_job_count = counts.get(vehicle.id, 0)

    def action_view_declined_jobs(self):
        """The declined work of these vehicles that can be offered again."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("taller_ordenes.taller_job_action_declined")
        return {
            **action,
            "domain": list(TO_OFFER & fields.Domain("vehicle_id", "in", self.ids)),
            "context": {"create": False},
        }

    def _get_due_work(self):
        """What to talk about with the customer of each of these vehicles: a constant number of queries.

        Add-ons add to it by `super()`. The items of a vehicle, what is due first, are plain dicts with the keys

        - `kind`: "declined"; other add-ons have kinds of their own
        - `res_model`, `res_id`: the record behind it, here a `taller.job`
        - `name`: the work; `note`: why it wasn't done, or an empty string
        - `date`: the day it is due, or None; `odometer`: the reading, in the vehicle's unit, or None
        - `is_due`: whether the day or the reading has been reached; the rest is to be offered all the same
        - `amount`: what it cost when it was declined, taxes included; None for who sees no prices
        - `currency_id`: id of the amount's currency

        :return: {vehicle: [item, …]}, with every vehicle of `self`
        """
        today = fields.Date.context_today(self)
        sees_prices = self.env.user.has_groups(OFFICE)
        jobs = self.env["taller.job"].search(
            TO_OFFER & fields.Domain("vehicle_id", "in", self.ids), order="follow_up_date, id"
        )
        work = {vehicle: [] for vehicle in self}
        for job in jobs:
            vehicle = job.vehicle_id.with_prefetch(self._prefetch_ids)
            date, odometer = job.follow_up_date or None, job.follow_up_odometer or None
            work[vehicle].append(
                {
                    "kind": "declined",
                    "res_model": job._name,
                    "res_id": job.id,
                    "name": job.name,
                    "note": job.decline_reason or "",
                    "date": date,
                    "odometer": odometer,
                    "is_due": is_due(today, vehicle.odometer, date, odometer),
                    "amount": job.amount_total if sees_prices else None,
                    "currency_id": job.currency_id.id,
                }
            )
        for items in work.values():
            items.sort(key=lambda item: not item["is_due"])
        return work
