from odoo import api, fields, models
from odoo.exceptions import UserError

from .taller_approval import SIGNED_CHANNELS
from .taller_order import OFFICE


class TallerOrder(models.Model):
    """Extra work within the limit that the customer agreed to on the page: no second round is needed."""

    _inherit = "taller.order"

    # Stored: of two extras at the same moment, the database refuses the second.
    extras_left = fields.Monetary(
        readonly=True,
        copy=False,
        groups=OFFICE,
        help="What is left of the extra work that the customer agreed to beforehand, taxes included.",
    )
    extras_limit = fields.Monetary(
        string="Extras Agreed", compute="_compute_extras_limit", compute_sudo=True, groups=OFFICE
    )
    is_within_extras = fields.Boolean(
        compute="_compute_is_within_extras",
        compute_sudo=True,
        groups=OFFICE,
        help="Whether the estimate to decide fits into what is left of the agreed extras.",
    )

    _extras_left_positive = models.Constraint(
        "CHECK(extras_left >= 0)", "This goes beyond the extras that the customer agreed to."
    )

    @api.depends("approval_ids.extras_limit")
    def _compute_extras_limit(self):
        for order in self:
            order.extras_limit = order._get_allowance().extras_limit

    @api.depends("extras_left", "sale_order_ids.amount_total", "sale_order_ids.state", "state")
    def _compute_is_within_extras(self):
        for order in self:
            estimate = order.estimate_id
            order.is_within_extras = bool(
                order.extras_left
                and order.state == "in_progress"
                and estimate.taller_job_ids
                and all(job.line_ids for job in estimate.taller_job_ids)
                and not estimate.taller_sent_at
                and 0 <= order.currency_id.round(estimate.amount_total) <= order.extras_left
            )

    def action_approve_extras(self):
        """Reception or supervisor let the jobs of the open estimate begin, within the agreed extras.

        :raise UserError: nothing was agreed, too little is left of it, or the customer has been asked already
        """
        self.ensure_one()
        self._begin_step("in_progress")
        order = self.sudo()
        order._check_estimate_is_complete()
        estimate = order.estimate_id
        if estimate.taller_sent_at:
            raise UserError(self.env._("The customer has this estimate before them: wait for the decision."))
        allowance = order._get_allowance()
        if not allowance or not order.is_within_extras:
            raise UserError(
                self.env._(
                    "%(total)s is more than the customer agreed to beforehand (%(left)s left). "
                    "Send the estimate for decision.",
                    total=estimate._show_taller_amount(estimate.amount_total),
                    left=estimate._show_taller_amount(order.extras_left),
                )
            )
        self.env["taller.approval"]._record(
            estimate,
            {job.id: (True, "") for job in estimate.taller_job_ids},
            "extras",
            allowance.signed_by,
            user_id=self.env.uid,
            allowance_id=allowance.id,
        )
        return True

    def _get_allowance(self):
        """The customer's last word on extras: the last decision that was signed."""
        self.ensure_one()
        signed = self.approval_ids.filtered(lambda approval: approval.channel in SIGNED_CHANNELS)
        last = signed.sorted("id")[-1:]
        return last if last.extras_limit else last.browse()
