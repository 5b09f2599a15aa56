import base64
from dataclasses import replace

from odoo import models
from odoo.tools import format_date

from ..tools.evidence_pdf import Finding, Part, Photo


class TallerEstimatePaper(models.AbstractModel):
    """What a customer is shown of an estimate, in words, for the drawing: before the decision and with it.

    `content` is `sale.order._get_taller_content()`, as it is or as it was kept; `decisions` are
    {job id: `taller.approval.line`}, empty before the decision.
    """

    _name = "taller.estimate.paper"
    _description = "Estimate on paper"

    def _get_paper_sender(self, content):
        partner = self.shop_id.partner_id or self.company_id.partner_id
        address = ", ".join(filter(None, [partner.street, partner.city]))
        phone = partner.phone or self.company_id.phone or ""
        return list(filter(None, [content["company"], f"{content['shop']} {address}".strip(), phone]))

    def _get_paper_facts(self, content):
        facts = [
            (self.env._("Vehicle"), content["vehicle"]),
            (self.env._("Customer"), content["customer"]),
            (self.env._("Work order"), content["order"]),
        ]
        if content["validity"]:
            facts.append((self.env._("Valid until"), format_date(self.env, content["validity"])))
        return facts

    def _get_paper_parts(self, content, decisions):
        photos = self.env["taller.photo"].browse(
            photo["id"] for job in content["jobs"] for photo in job["photos"]
        )
        images = {photo.id: base64.b64decode(photo.image_512) for photo in photos}
        parts = [self._get_paper_job(job, decisions.get(job["id"]), images) for job in content["jobs"]]
        if (common := content["common"])["lines"]:
            parts.append(
                Part(
                    self.env._("For the whole order"),
                    self._show_taller_amount(common["total"]),
                    self._get_paper_lines(common),
                )
            )
        return parts

    def _get_paper_job(self, job, decision, images):
        texts = [
            (self.env._("What you asked for"), job["concern"]),
            (self.env._("What we found"), job["cause"]),
            (self.env._("What we do"), job["text"]),
        ]
        part = Part(
            job["name"],
            self._show_taller_amount(job["total"]),
            self._get_paper_lines(job),
            texts=[(label, text) for label, text in texts if text],
            findings=self._get_paper_findings(job["findings"]),
            photos=[Photo(images[photo["id"]], photo["note"]) for photo in job["photos"]],
        )
        if not decision:
            return part
        if decision.is_accepted:
            return replace(part, mark="accepted", mark_label=self.env._("ACCEPTED"))
        reason = self.env._("Reason: %(reason)s", reason=decision.decline_reason)
        return replace(part, mark="declined", mark_label=self.env._("DECLINED"), reason=reason)

    def _get_paper_findings(self, findings):
        return [
            Finding(finding["rating"], finding["label"], finding["name"], finding["text"])
            for finding in findings
        ]

    def _get_paper_lines(self, part):
        return [
            (
                f"{line['quantity']} {line['unit']}",
                line["name"],
                "" if line["discount"] == "0" else f"−{line['discount']} %",
                self._show_taller_amount(line["total"]),
            )
            for line in part["lines"]
        ]
