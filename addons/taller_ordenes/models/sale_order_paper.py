import base64

from odoo import models

from ..tools.evidence_pdf import Evidence, build_evidence


class SaleOrder(models.Model):
    """The estimate of a work order on paper, for customers who want to read it before they decide."""

    _name = "sale.order"
    _inherit = ["sale.order", "taller.estimate.paper"]

    def _get_taller_pdf(self):
        """The estimate as it stands, in the customer's language, as the bytes of a PDF."""
        estimate = self.sudo().with_context(lang=self._get_taller_lang(), bin_size=False)
        content = estimate._get_taller_content()
        notes = [
            (estimate.env._("Prepayment"), estimate._get_taller_prepayment_text(content["prepayment"])),
            (estimate.env._("Terms"), content["terms"]),
        ]
        return build_evidence(
            Evidence(
                title=estimate.env._("Estimate %(estimate)s", estimate=content["estimate"]),
                logo=base64.b64decode(estimate.company_id.logo_web or b""),
                sender=estimate._get_paper_sender(content),
                facts=estimate._get_paper_facts(content),
                parts=estimate._get_paper_parts(content, {}),
                findings=estimate._get_paper_findings(content["findings"]),
                findings_label=estimate.env._("Also found, not in this estimate"),
                totals=[
                    (
                        estimate.env._("Total, Taxes Included"),
                        estimate._show_taller_amount(content["total"]),
                        True,
                    )
                ],
                notes=[(label, text) for label, text in notes if text],
                signing=[],
                fingerprint=(
                    estimate.env._("Fingerprint (SHA-256) of what was shown"),
                    estimate.taller_sent_hash or "",
                ),
                page_label=estimate.env._("Page {page} of {pages}"),
            )
        )
