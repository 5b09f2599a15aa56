import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.context import without_defaults
from ..tools.estimate_content import get_digest

# How a decision came about.
CHANNELS = [
    ("page", "On Their Own Device"),
    ("counter", "On the Shop's Screen"),
    ("phone", "By Phone"),
    ("waiver", "Waiver of the Estimate"),
    ("extras", "Within the Agreed Extras"),
    ("diagnosis", "With the Terms of the Reception"),
]
SIGNED_CHANNELS = ("page", "counter")


class TallerApproval(models.Model):
    """The evidence of a customer's decision on one estimate: what was shown, what was decided, by whom.

    All ways to decide go through `_record`; `channel` says which it was. On the customer's page they
    sign; what reception records after a call is marked so, wherever it is shown.

    `content` is what the page showed, `content_hash` its fingerprint; `pdf` is the same for people,
    `pdf_hash` its SHA-256. Nobody changes or deletes evidence, the superuser included. The files are
    kept in the record itself, and not as attachments, which have doors of their own.
    """

    _name = "taller.approval"
    _description = "Customer's Decision"
    _order = "id desc"
    _rec_name = "sale_order_name"

    order_id = fields.Many2one(
        "taller.order", string="Work Order", required=True, index=True, readonly=True, ondelete="restrict"
    )
    sale_order_id = fields.Many2one(
        "sale.order", string="Estimate", required=True, readonly=True, ondelete="restrict"
    )
    sale_order_name = fields.Char(string="Estimate Number", readonly=True)
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    line_ids = fields.One2many("taller.approval.line", "approval_id", string="Decisions", readonly=True)
    amount_accepted = fields.Monetary(string="Accepted", readonly=True, help="Taxes included.")
    amount_declined = fields.Monetary(string="Declined", readonly=True, help="Taxes included.")
    channel = fields.Selection(
        CHANNELS,
        string="How",
        required=True,
        readonly=True,
        default="page",
        help="How the decision came about.",
    )
    signed_by = fields.Char(string="Decided By", required=True, readonly=True)
    signed_at = fields.Datetime(string="Decided On", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Signed In As",
        readonly=True,
        help="Who was signed in on the device, or recorded what the customer said. "
        "Empty: nobody, the link's token opened the page.",
    )
    phone = fields.Char(
        string="Phone Number", readonly=True, help="The number the customer was spoken to on."
    )
    note = fields.Text(string="What Was Said", readonly=True)
    ip_address = fields.Char(string="IP Address", readonly=True)
    user_agent = fields.Char(string="Browser", readonly=True)
    signature = fields.Binary(readonly=True, attachment=False)
    content = fields.Json(required=True, readonly=True, help="What was shown, as data.")
    content_hash = fields.Char(string="Fingerprint of What Was Shown", required=True, readonly=True)
    pdf = fields.Binary(string="Evidence", readonly=True, attachment=False)
    pdf_name = fields.Char(compute="_compute_pdf_name")
    pdf_hash = fields.Char(string="SHA-256 of the Evidence", readonly=True)
    is_intact = fields.Boolean(
        compute="_compute_is_intact", help="Whether content and evidence still have their fingerprints."
    )

    _signed_where_shown = models.Constraint(
        "CHECK(signature IS NOT NULL OR channel NOT IN ('page', 'counter'))",
        "A decision on the page needs the customer's signature.",
    )
    _signed_idx = models.Index("(signed_at, shop_id)")
    _one_per_estimate = models.UniqueIndex("(sale_order_id)", "This estimate has been decided already.")

    @api.depends("sale_order_name")
    def _compute_pdf_name(self):
        for approval in self:
            approval.pdf_name = f"{(approval.sale_order_name or '').replace('/', '-')}.pdf"

    @api.depends("content", "content_hash", "pdf", "pdf_hash")
    def _compute_is_intact(self):
        for approval in self:
            approval.is_intact = (
                get_digest(approval.content) == approval.content_hash
                and hashlib.sha256(approval._get_pdf()).hexdigest() == approval.pdf_hash
            )

    def _get_pdf(self):
        """The evidence, as bytes."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).pdf or b"")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("Evidence of a customer's decision can't be changed."))

    def _write_seal(self, vals):
        if self.pdf_hash:
            raise UserError(self.env._("Evidence of a customer's decision can't be changed."))
        super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Evidence of a customer's decision can't be deleted."))

    def action_download_pdf(self):
        """The evidence as a file."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "target": "download",
            "url": f"/web/content/taller.approval/{self.id}/pdf?download=true&filename={self.pdf_name}",
        }

    @api.model
    def _decide(
        self, estimate, decisions, shown_hash, signed_by, signature, device=None, channel="page", extras=None
    ):
        """Record what the customer decided and signed on the estimate's page; see `_record`.

        :param str signature: an image, base64
        :param dict device: `ip_address`, `user_agent` and `user_id` of the device
        :param extras: the limit of small extras that the customer agrees to; see `_get_extras_values`
        """
        return self._record(
            estimate,
            decisions,
            channel,
            signed_by,
            shown_hash=shown_hash,
            signature=signature,
            extras=extras,
            **(device or {}),
        )

    @api.model
    def _record(self, estimate, decisions, channel, decided_by, shown_hash=None, extras=None, **details):
        """Record a decision, however it came about, and let it take effect: all of it or nothing.

        :param sale.order estimate: the round, as superuser; the caller has checked who asks
        :param dict decisions: {job id: (accepted, reason)} for every job of the round
        :param str channel: one of `CHANNELS`
        :param str decided_by: name of the person who decided
        :param str shown_hash: fingerprint of what that person had before the eyes, or was read to; needed
            on the page. Without it, the decision is on what the estimate says at this moment.
        :param details: further fields of the evidence: `signature`, `phone`, `note`, `user_id`, `signed_at` …
        :raise UserError: with a sentence for the customer, or for who records it
        """
        self._lock(estimate)
        self._check_can_be_decided(estimate, channel)
        content = estimate._get_taller_content()
        content_hash = get_digest(content)
        self._check_shown(estimate, channel, shown_hash, content_hash)
        self._check_decisions(content, decisions)
        decided_by = (decided_by or "").strip()
        if not decided_by:
            raise UserError(self.env._("Please enter your name."))
        if channel in SIGNED_CHANNELS:
            details["signature"] = self._check_signature(details.get("signature"))
        accepted = estimate.taller_job_ids.filtered(lambda job: decisions[job.id][0])
        if accepted:
            estimate._split_taller_declined(estimate.taller_job_ids - accepted)
        values = self._get_decision_values(estimate, content, decisions)
        approval = without_defaults(self.sudo(), self._fields).create(
            {
                "order_id": estimate.taller_order_id.id,
                "sale_order_id": estimate.id,
                "sale_order_name": estimate.name,
                "partner_id": estimate.partner_id.id,
                "currency_id": estimate.currency_id.id,
                "channel": channel,
                "signed_by": decided_by,
                "signed_at": fields.Datetime.now(),
                "content": content,
                "content_hash": content_hash,
                **values,
                **self._get_extras_values(estimate, extras, values["amount_accepted"]),
                **details,
            }
        )
        approval._seal()
        approval._take_effect()
        return approval

    @api.model
    def _get_decision_values(self, estimate, content, decisions):
        lines = []
        for sequence, job in enumerate(content["jobs"]):
            accepted, reason = decisions[job["id"]]
            lines.append(
                {
                    "sequence": sequence,
                    "job_id": job["id"],
                    "name": job["name"],
                    "is_accepted": accepted,
                    "decline_reason": False if accepted else reason.strip(),
                    "amount_untaxed": float(job["untaxed"]),
                    "amount_total": float(job["total"]),
                }
            )
        is_accepted = any(line["is_accepted"] for line in lines)
        return {
            "line_ids": [fields.Command.create(line) for line in lines],
            # The declined lines have left the estimate by now.
            "amount_accepted": estimate.amount_total if is_accepted else 0.0,
            "amount_declined": sum(line["amount_total"] for line in lines if not line["is_accepted"]),
        }

    def _take_effect(self):
        """Accepted jobs are ordered; declined ones leave the estimate with their prices."""
        estimate, order = self.sale_order_id, self.order_id
        accepted = self.line_ids.filtered("is_accepted").job_id
        for line in self.line_ids - self.line_ids.filtered("is_accepted"):
            line.job_id.write({"state": "declined", "decline_reason": line.decline_reason})
        if self.channel in SIGNED_CHANNELS:
            estimate.write({"signed_by": self.signed_by, "signed_on": self.signed_at})
        if accepted:
            accepted.state = "approved"
            estimate.action_confirm()
        else:
            estimate._action_cancel()
        if order.state in ("received", "estimating", "waiting"):
            works = any(job.state in ("approved", "in_progress") for job in order.job_ids)
            order._set_state("in_progress" if works else "estimating")
        staff = self.with_context(lang=order._get_staff_lang())
        staff._tell_thread(len(accepted), len(self.line_ids) - len(accepted))
        order._notify_customer("approved")

    def _tell_thread(self, accepted, declined):
        is_signed = self.channel in SIGNED_CHANNELS
        self.order_id.message_post(
            body=self.env._(
                "%(name)s has decided on the estimate %(estimate)s (%(channel)s): "
                "%(accepted)s jobs accepted, %(declined)s declined.",
                name=self.signed_by,
                estimate=self.sale_order_name,
                channel=self._get_channel_label(),
                accepted=accepted,
                declined=declined,
            ),
            author_id=self.partner_id.id if is_signed else (self.user_id or self.env.user).partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _get_channel_label(self):
        self.ensure_one()
        return dict(self._fields["channel"]._description_selection(self.env))[self.channel]
