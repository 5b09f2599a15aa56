from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime, formatLang

from .taller_order import OFFICE

WAIVER_STATES = ("received", "estimating", "waiting", "in_progress")
MAX_NAME_LENGTH = 120


class TallerOrder(models.Model):
    """Work without a written estimate: what the customer waived, and what was approved under it."""

    _inherit = "taller.order"

    waiver_ids = fields.One2many(
        "taller.waiver", "order_id", string="Waivers of the Estimate", readonly=True, groups=OFFICE
    )
    waiver_left = fields.Monetary(
        string="Without Written Estimate",
        compute="_compute_waiver_left",
        compute_sudo=True,
        groups=OFFICE,
        help="Up to how much, taxes included, reception may still approve without sending an estimate.",
    )

    @api.depends("waiver_ids", "approval_ids")
    def _compute_waiver_left(self):
        for order in self:
            waiver = order.waiver_ids.sorted("id")[-1:]
            used = order.approval_ids.filtered(lambda approval: approval.channel == "waiver")
            order.waiver_left = waiver and max(waiver.amount - sum(used.mapped("amount_accepted")), 0.0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_waived(self):
        for order in self:
            if order.sudo().waiver_ids:
                raise UserError(
                    self.env._(
                        "%(order)s can't be deleted: the customer has waived its written estimate. "
                        "Cancel it instead.",
                        order=order.name,
                    )
                )

    def action_open_waiver(self):
        """Reception or supervisor: ask who does without a written estimate, up to how much, and how they say so."""
        self.ensure_one()
        self._begin_step(*WAIVER_STATES)
        return {
            "name": self.env._("Waiver of the Written Estimate"),
            "type": "ir.actions.act_window",
            "res_model": "taller.order.waive",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_approve_by_waiver(self):
        """Reception or supervisor approve all that is to be decided, under the customer's waiver.

        It leaves evidence like any decision, marked as a waiver; the customer is told.

        :raise UserError: no waiver, it doesn't reach, or a job has no price yet
        """
        for order in self:
            order._begin_step(*WAIVER_STATES)
            order.sudo()._check_estimate_is_complete()
            estimate, waiver = order.sudo().estimate_id, order.sudo().waiver_ids.sorted("id")[-1:]
            if not waiver:
                raise UserError(
                    self.env._(
                        "The customer of %(order)s hasn't waived the written estimate. Send it, or record the waiver.",
                        order=order.name,
                    )
                )
            total = estimate.currency_id._convert(
                estimate.amount_total, waiver.currency_id, order.company_id, fields.Date.context_today(order)
            )
            order.sudo().invalidate_recordset(["waiver_left"])
            if waiver.currency_id.compare_amounts(total, order.sudo().waiver_left) > 0:
                raise UserError(
                    self.env._(
                        "The estimate is %(total)s, the waiver still reaches for %(left)s. Send the estimate.",
                        total=formatLang(self.env, total, currency_obj=waiver.currency_id),
                        left=formatLang(self.env, order.sudo().waiver_left, currency_obj=waiver.currency_id),
                    )
                )
            self.env["taller.approval"]._record(
                estimate,
                {job.id: (True, "") for job in estimate.taller_job_ids},
                "waiver",
                waiver.waived_by,
                note=order._get_waiver_text(),
                user_id=self.env.uid,
            )

    def _record_waiver(self, waived_by, amount, method, statement=None, signature=None):
        """Keep that somebody does without the written estimate of this order.

        :param str waived_by: name of the person
        :param float amount: up to how much, taxes included, in the company's currency
        :param str method: "signature", with an image in base64, or "statement", with the words
        :return: the waiver
        :raise UserError: something is missing
        """
        self.ensure_one()
        self._begin_step(*WAIVER_STATES)
        waived_by = " ".join((waived_by or "").split())
        if not waived_by or len(waived_by) > MAX_NAME_LENGTH:
            raise UserError(self.env._("Enter the name of the person who does without a written estimate."))
        if self.currency_id.compare_amounts(amount or 0.0, 0.0) <= 0:
            raise UserError(
                self.env._("Enter up to which amount work may be done without a written estimate.")
            )
        if method == "signature":
            statement, signature = False, self.env["taller.approval"]._check_signature(signature)
        else:
            statement, signature = (statement or "").strip(), False
            if not statement:
                raise UserError(
                    self.env._("Write down what the customer said, or let them sign on the screen.")
                )
        return (
            self.env["taller.waiver"]
            .sudo()
            .create(
                {
                    "order_id": self.id,
                    "currency_id": self.currency_id.id,
                    "waived_by": waived_by,
                    "amount": self.currency_id.round(amount),
                    "method": method,
                    "statement": statement,
                    "signature": signature,
                    "waived_at": fields.Datetime.now(),
                    "user_id": self.env.uid,
                }
            )
        )

    def _get_waiver_text(self):
        """The order's waiver in one sentence, in the customer's language; empty where there is none."""
        self.ensure_one()
        order = self.sudo().with_context(lang=self._get_document_lang())
        waiver = order.waiver_ids.sorted("id")[-1:]
        if not waiver:
            return ""
        sentence = order.env._(
            "%(name)s does without a written estimate for work up to %(amount)s, taxes included (%(how)s, "
            "%(moment)s, recorded by %(user)s).",
            name=waiver.waived_by,
            amount=formatLang(order.env, waiver.amount, currency_obj=waiver.currency_id),
            how=dict(waiver._fields["method"]._description_selection(order.env))[waiver.method],
            moment=format_datetime(order.env, waiver.waived_at, tz=order.shop_id.tz),
            user=waiver.user_id.name,
        )
        return f"{sentence} “{waiver.statement}”" if waiver.statement else sentence

    def _get_receipt_content(self):
        content = super()._get_receipt_content()
        # Only where there is one: receipts signed without it keep their fingerprint.
        if waiver := self._get_waiver_text():
            content["waiver"] = waiver
        return content
