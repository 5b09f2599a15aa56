import base64
import hashlib

from odoo import models
from odoo.tools import format_date, format_datetime

from ..tools.evidence_pdf import Evidence, Finding, Part, Photo, build_evidence


class TallerApproval(models.Model):
    """The evidence as a document for people: what stands in it, in the customer's language."""

    _inherit = "taller.approval"

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
            sender=self._get_evidence_sender(),
            facts=self._get_evidence_facts(),
            parts=self._get_evidence_parts(),
            findings=self._get_evidence_findings(self.content["findings"]),
            findings_label=self.env._("Also found, not in this estimate"),
            totals=[
                (self.env._("Offered, taxes included"), self._show_amount(content["total"]), False),
                (self.env._("Accepted, taxes included"), self._show_amount(self.amount_accepted), True),
            ],
            notice=self._get_evidence_notice(),
            notes=self._get_evidence_notes(),
            signature=base64.b64decode(self.signature or b""),
            signing=self._get_evidence_signing(),
            fingerprint=(self.env._("Fingerprint (SHA-256) of what was shown"), self.content_hash),
            page_label=self.env._("Page {page} of {pages}"),
        )

    def _get_evidence_sender(self):
        content, partner = self.content, self.shop_id.partner_id or self.company_id.partner_id
        address = ", ".join(filter(None, [partner.street, partner.city]))
        phone = partner.phone or self.company_id.phone or ""
        return list(filter(None, [content["company"], f"{content['shop']} {address}".strip(), phone]))

    def _get_evidence_facts(self):
        content = self.content
        facts = [
            (self.env._("Vehicle"), content["vehicle"]),
            (self.env._("Customer"), content["customer"]),
            (self.env._("Work order"), content["order"]),
        ]
        if content["validity"]:
            facts.append((self.env._("Valid until"), format_date(self.env, content["validity"])))
        return facts

    def _get_evidence_parts(self):
        decisions = {line.job_id.id: line for line in self.line_ids}
        photos = self.env["taller.photo"].browse(
            photo["id"] for job in self.content["jobs"] for photo in job["photos"]
        )
        images = {photo.id: base64.b64decode(photo.image_512) for photo in photos}
        parts = [self._get_evidence_job(job, decisions[job["id"]], images) for job in self.content["jobs"]]
        if (common := self.content["common"])["lines"]:
            parts.append(
                Part(
                    self.env._("For the whole order"),
                    self._show_amount(common["total"]),
                    self._get_evidence_lines(common),
                )
            )
        return parts

    def _get_evidence_job(self, job, decision, images):
        texts = [
            (self.env._("What you asked for"), job["concern"]),
            (self.env._("What we found"), job["cause"]),
            (self.env._("What we do"), job["text"]),
        ]
        return Part(
            job["name"],
            self._show_amount(job["total"]),
            self._get_evidence_lines(job),
            mark="accepted" if decision.is_accepted else "declined",
            mark_label=self.env._("ACCEPTED") if decision.is_accepted else self.env._("DECLINED"),
            reason=""
            if decision.is_accepted
            else self.env._("Reason: %(reason)s", reason=decision.decline_reason),
            texts=[(label, text) for label, text in texts if text],
            findings=self._get_evidence_findings(job["findings"]),
            photos=[Photo(images[photo["id"]], photo["note"]) for photo in job["photos"]],
        )

    def _get_evidence_findings(self, findings):
        return [
            Finding(finding["rating"], finding["label"], finding["name"], finding["text"])
            for finding in findings
        ]

    def _get_evidence_lines(self, part):
        return [
            (
                f"{line['quantity']} {line['unit']}",
                line["name"],
                "" if line["discount"] == "0" else f"−{line['discount']} %",
                self._show_amount(line["total"]),
            )
            for line in part["lines"]
        ]

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
                limit=self._show_amount(self.allowance_id.extras_limit),
            )
        if self.extras_limit:
            return self.env._(
                "%(name)s agrees to extra work up to %(limit)s in all, taxes included, without being asked again. "
                "It will be listed.",
                name=self.signed_by,
                limit=self._show_amount(self.extras_limit),
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

    def _show_amount(self, amount):
        return self.sale_order_id._show_taller_amount(amount)
