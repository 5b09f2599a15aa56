import base64
import hashlib
import io

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ..tools.estimate_content import get_digest, get_missing_decisions, get_unknown_decisions

MAX_SIGNATURE_BYTES = 1_000_000
MAX_SIGNATURE_PIXELS = 10_000_000


class TallerApproval(models.Model):
    """The evidence of a customer's decision on one estimate: what was shown, what was decided, by whom.

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
    signed_by = fields.Char(required=True, readonly=True)
    signed_at = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Signed In As",
        readonly=True,
        help="Who was signed in on the device. Empty: nobody, the link's token opened the page.",
    )
    ip_address = fields.Char(string="IP Address", readonly=True)
    user_agent = fields.Char(string="Browser", readonly=True)
    signature = fields.Binary(required=True, readonly=True, attachment=False)
    content = fields.Json(required=True, readonly=True, help="What was shown, as data.")
    content_hash = fields.Char(string="Fingerprint of What Was Shown", required=True, readonly=True)
    pdf = fields.Binary(string="Evidence", readonly=True, attachment=False)
    pdf_name = fields.Char(compute="_compute_pdf_name")
    pdf_hash = fields.Char(string="SHA-256 of the Evidence", readonly=True)
    is_intact = fields.Boolean(
        compute="_compute_is_intact", help="Whether content and evidence still have their fingerprints."
    )

    _one_per_estimate = models.UniqueIndex("(sale_order_id)", "This estimate has been decided already.")

    @api.depends("sale_order_name")
    def _compute_pdf_name(self):
        for approval in self:
            approval.pdf_name = f"{(approval.sale_order_name or '').replace('/', '-')}.pdf"

    @api.depends("content", "content_hash", "pdf", "pdf_hash")
    def _compute_is_intact(self):
        for approval in self.with_context(bin_size=False):
            pdf = base64.b64decode(approval.pdf or b"")
            approval.is_intact = (
                get_digest(approval.content) == approval.content_hash
                and hashlib.sha256(pdf).hexdigest() == approval.pdf_hash
            )

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
    def _decide(self, estimate, decisions, shown_hash, signed_by, signature, device=None):
        """Record the customer's decision and let it take effect: all of it or nothing.

        :param sale.order estimate: the round, as superuser; the caller has checked who asks
        :param dict decisions: {job id: (accepted, reason)} for every job of the round
        :param str shown_hash: fingerprint of what the customer had before the eyes
        :param str signed_by: the name, as entered
        :param str signature: an image, base64
        :param dict device: `ip_address`, `user_agent` and `user_id` of the device
        :raise UserError: with a sentence for the customer
        """
        self._lock(estimate)
        self._check_can_be_decided(estimate)
        content = estimate._get_taller_content()
        content_hash = get_digest(content)
        if not shown_hash == content_hash == estimate.taller_sent_hash:
            raise UserError(
                self.env._(
                    "The workshop has changed this estimate since you opened it. "
                    "Please look at the new version and decide again."
                )
            )
        self._check_decisions(content, decisions)
        signed_by = (signed_by or "").strip()
        if not signed_by:
            raise UserError(self.env._("Please enter your name."))
        signature = self._check_signature(signature)
        accepted = estimate.taller_job_ids.filtered(lambda job: decisions[job.id][0])
        if accepted:
            estimate._split_taller_declined(estimate.taller_job_ids - accepted)
        approval = self.sudo().create(
            {
                "order_id": estimate.taller_order_id.id,
                "sale_order_id": estimate.id,
                "sale_order_name": estimate.name,
                "partner_id": estimate.partner_id.id,
                "currency_id": estimate.currency_id.id,
                "signed_by": signed_by,
                "signed_at": fields.Datetime.now(),
                "signature": signature,
                "content": content,
                "content_hash": content_hash,
                **self._get_decision_values(estimate, content, decisions),
                **(device or {}),
            }
        )
        approval._seal()
        approval._take_effect()
        return approval

    @api.model
    def _lock(self, estimate):
        try:
            (estimate.taller_order_id.sudo()).lock_for_update(allow_referencing=True)
            estimate.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("This estimate is being decided at this very moment. Please reload the page.")
            ) from error
        estimate.invalidate_recordset()
        estimate.taller_order_id.invalidate_recordset(["state"])

    @api.model
    def _check_can_be_decided(self, estimate):
        decided = self.sudo().search([("sale_order_id", "=", estimate.id)], limit=1)
        if decided:
            raise UserError(
                self.env._(
                    "This estimate has been decided already, by %(name)s. Reload the page to see it.",
                    name=decided.signed_by,
                )
            )
        if not estimate.taller_is_open or estimate.taller_order_id.state not in ("waiting", "in_progress"):
            raise UserError(self.env._("This estimate has been withdrawn. Please ask the workshop."))
        if not estimate.taller_sent_hash:
            raise UserError(self.env._("This estimate hasn't been sent yet. Please ask the workshop."))
        if estimate._is_taller_expired():
            raise UserError(
                self.env._(
                    "This estimate was valid until %(date)s. Please ask the workshop for a new one.",
                    date=fields.Date.to_string(estimate.validity_date),
                )
            )

    @api.model
    def _check_decisions(self, content, decisions):
        if missing := get_missing_decisions(content, decisions):
            raise UserError(
                self.env._(
                    "Please accept or decline each job. Still open: %(jobs)s.", jobs=", ".join(missing)
                )
            )
        if get_unknown_decisions(content, decisions):
            raise UserError(self.env._("Your decision names a job that isn't part of this estimate."))
        for job in content["jobs"]:
            accepted, reason = decisions[job["id"]]
            if not accepted and not (reason or "").strip():
                raise UserError(
                    self.env._("Please tell us in a few words why you decline “%(job)s”.", job=job["name"])
                )

    @api.model
    def _check_signature(self, signature):
        try:
            image = base64.b64decode(signature or "", validate=True)
            if len(image) > MAX_SIGNATURE_BYTES:
                raise ValueError("too many bytes")
            with Image.open(io.BytesIO(image), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MAX_SIGNATURE_PIXELS:
                    raise ValueError("too many pixels")
                picture.load()
        except (ValueError, OSError, SyntaxError, Image.DecompressionBombError) as error:
            raise UserError(self.env._("The signature is missing. Please sign again.")) from error
        return base64.b64encode(image)

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
        signed = {"signed_by": self.signed_by, "signed_on": self.signed_at, "signature": self.signature}
        if accepted:
            accepted.state = "approved"
            estimate.write(signed)
            estimate.action_confirm()
        else:
            estimate.write(signed)
            estimate._action_cancel()
        if order.state == "waiting":
            works = any(job.state in ("approved", "in_progress") for job in order.job_ids)
            order._set_state("in_progress" if works else "estimating")
        order.message_post(
            body=self.env._(
                "%(name)s has decided on the estimate %(estimate)s: %(accepted)s jobs accepted, %(declined)s declined.",
                name=self.signed_by,
                estimate=self.sale_order_name,
                accepted=len(accepted),
                declined=len(self.line_ids) - len(accepted),
            ),
            author_id=self.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
