from odoo import models

from ..tools.estimate_content import get_digest

STEPS = ("received", "estimating", "waiting", "in_progress", "ready", "delivered")


class TallerOrder(models.Model):
    """What the customer's page of an order shows. The controllers have checked whose it is: `self` is sudo."""

    _inherit = "taller.order"

    def _get_portal_estimate(self):
        """The estimate that waits for the customer's decision, if there is one."""
        self.ensure_one()
        return self.estimate_id.filtered("taller_sent_at")

    def _get_portal_estimates(self):
        """The rounds that the customer has been sent, or that were decided without sending them."""
        self.ensure_one()
        decided = self.approval_ids.sale_order_id
        return self.sale_order_ids.filtered(
            lambda estimate: not estimate.taller_declined_of_id
            and (estimate.taller_sent_at or estimate in decided)
        ).sorted("id")

    def _get_portal_jobs(self):
        """The jobs that the customer knows of: a proposed one is told when its estimate is sent."""
        self.ensure_one()
        return self.job_ids.filtered(lambda job: job._is_known_to_customer())

    def _get_portal_steps(self):
        """The way of the vehicle through the workshop, in words and signs.

        :return: list of dicts: `label`, `text` (of the present step), `sign` (✓ ● ○) and `is_now`
        """
        self.ensure_one()
        texts = {
            "received": self.env._("We have your vehicle."),
            "estimating": self.env._("We are preparing your estimate."),
            "waiting": self.env._("Please decide on the estimate."),
            "in_progress": self.env._("We are working on your vehicle."),
            "ready": self.env._("You can pick up your vehicle."),
            "delivered": self.env._("Your vehicle is back with you."),
        }
        labels = self._get_state_labels()
        now = STEPS.index(self.state) if self.state in STEPS else -1
        is_last = self.state == "delivered"
        return [
            {
                "state": state,
                "label": labels[state],
                "text": texts[state] if number == now else "",
                "sign": "✓" if number < now or (number == now and is_last) else "●" if number == now else "○",
                "is_now": number == now,
            }
            for number, state in enumerate(STEPS)
        ]

    def _get_portal_documents(self):
        """What the customer can download. Other documents of ours add themselves by `super()`.

        :return: list of dicts: `key` (part of the address), `label`, `report` (its external id)
        """
        self.ensure_one()
        if not self.job_ids.filtered(lambda job: job.state == "done"):
            return []
        return [
            {
                "key": "service",
                "label": self.env._("Service report"),
                "report": "taller_ordenes.taller_order_service_customer_report",
            }
        ]

    def _get_portal_digest(self):
        """A fingerprint of what the page shows: it changes when there is something new to see."""
        self.ensure_one()
        return get_digest(
            [
                self.state,
                str(self.promised_at),
                [[job.id, job.name, job.state] for job in self._get_portal_jobs()],
                [
                    [estimate.id, estimate.state, str(estimate.taller_sent_at)]
                    for estimate in self.sale_order_ids
                ],
                [[move.id, move.state, move.payment_state] for move in self.invoice_ids],
                self.photo_ids.filtered("shown_to_customer").ids,
                self.inspection_ids.filtered(lambda inspection: inspection.state == "done").ids,
            ]
        )
