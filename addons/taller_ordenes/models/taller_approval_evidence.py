import base64
import hashlib

from odoo import models
from odoo.tools import format_date, format_datetime

from ..tools.evidence_pdf import Evidence, build_evidence


class TallerApproval(models.Model):
    """The evidence as a document for people: what stands in it, in the customer's language."""

    _name = "taller.approval"
    _inherit = ["taller.approval", "taller.estimate.paper"]

    def _seal(self):
        """Draw the evidence, and take its fingerprint: the only writing after creation."""
        self.ensure_one()
        approval = self.with_context(lang=self.sale_order_id._get_taller_lang(), bin_size=False)
        pdf = build_evidence(approval._get_evidence())
        self._write_seal({"pdf": base64.b64encode(pdf), "pdf_hash": hashlib.sha256(pdf).hexdigest()})

    def _get_evidence(self):
        """All that was stored at the moment of the decision, in words, for the drawing."""
        content = self.content
        return Evidence(
            title=self.env._("Decision on Estimate %(estimate)s", estimate=content["estimate"]),
            logo=base64.b64decode(self.company_id.logo_web or b""),
            sender=self._get_paper_sender(content),
            facts=self._get_paper_facts(content),
            parts=self._get_paper_parts(content, {line.job_id.id: line for line in self.line_ids}),
            findings=self._get_paper_findings(content["findings"]),
            findings_label=self.env._("Also found, not in this estimate"),
            totals=[
                (self.env._("Offered, taxes included"), self._show_taller_amount(content["total"]), False),
                (
                    self.env._("Accepted, taxes included"),
                    self._show_taller_amount(self.amount_accepted),
                    True,
                ),
            ],
            notice=self._get_evidence_notice(),
            notes=self._get_evidence_notes(),
            signature=base64.b64decode(self.signature or b""),
            signing=self._get_evidence_signing(),
            fingerprint=(self.env._("Fingerprint (SHA-256) of what was shown"), self.content_hash),
            page_label=self.env._("Page {page} of {pages}"),
        )

    def _get_evidence_notes(self):
        notes = [
            (self.env._("Extra work"), self._get_extras_text()),
            (
                self.env._("Prepayment"),
                self.sale_order_id._get_taller_prepayment_text(self.content["prepayment"]),
            ),
            (self.env._("Terms"), self.content["terms"]),
        ]
        for question in self.env["taller.question"].search([("sale_order_id", "=", self.sale_order_id.id)]):
            label = self.env._("Question") if question.kind == "question" else self.env._("Asked for a call")
            asked = " · ".join(filter(None, [question.job_name, question.text or question.phone]))
            notes.append((label, "\n→ ".join(filter(None, [asked, question.answer]))))
        return [(label, text) for label, text in notes if text]

    def _get_evidence_notice(self):
        """What has to be said first where the customer hasn't signed; empty where they have."""
        return {
            "phone": self.env._(
                "Decided by phone: this document isn't signed. %(user)s wrote down what the customer said.",
                user=self.user_id.name,
            ),
            "waiver": self.env._("The customer did without a written estimate: this document isn't signed."),
            "extras": self.env._(
                "Extra work within the limit that the customer agreed to before: this document isn't signed."
            ),
        }.get(self.channel, "")

    def _get_extras_text(self):
        """What was agreed on extras, in a sentence; empty where nothing was."""
        if self.allowance_id:
            return self.env._(
                "On %(date)s, %(name)s agreed to extra work up to %(limit)s without being asked again.",
                date=format_date(self.env, self.allowance_id.signed_at.date()),
                name=self.allowance_id.signed_by,
                limit=self._show_taller_amount(self.allowance_id.extras_limit),
            )
        if self.extras_limit:
            return self.env._(
                "%(name)s agrees to extra work up to %(limit)s in all, taxes included, without being asked again. "
                "It will be listed.",
                name=self.signed_by,
                limit=self._show_taller_amount(self.extras_limit),
            )
        return ""

    def _get_evidence_signing(self):
        zone = self.shop_id.tz
        is_signed = bool(self.signature)
        moment = f"{format_datetime(self.env, self.signed_at, tz=zone)} ({zone})"
        signing = [
            (self.env._("Signed by") if is_signed else self.env._("Decided by"), self.signed_by),
            (self.env._("On"), moment),
            (self.env._("How"), self._get_channel_label()),
            (self.env._("Phone number"), self.phone),
            (self.env._("What was said"), self.note),
            (self.env._("From the address"), self.ip_address),
            (self.env._("Browser"), self.user_agent),
            (
                self.env._("On a device signed in as") if is_signed else self.env._("Recorded by"),
                self.user_id.name,
            ),
        ]
        return [(label, text) for label, text in signing if text]

    def _show_taller_amount(self, amount):
        return self.sale_order_id._show_taller_amount(amount)
