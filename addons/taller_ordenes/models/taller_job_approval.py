from odoo import models
from odoo.exceptions import UserError


class TallerJob(models.Model):
    """A job as its customer is shown it, and has to prepay it."""

    _inherit = "taller.job"

    def _check_is_prepaid(self):
        """Raise if a job's company wants the prepayment first, and the customer hasn't made it."""
        for job in self.filtered(lambda job: job.company_id.taller_prepayment_gate):
            if job.sale_order_id._has_to_be_paid():
                raise UserError(
                    self.env._(
                        "“%(job)s” waits for the customer's prepayment. Ask the reception.", job=job.name
                    )
                )

    def _get_shown_content(self):
        """The job's words, as plain data in the language of the context."""
        self.ensure_one()
        finding = self.inspection_line_id
        # What a job was proposed for is shown as a finding, with its light.
        is_told = bool(finding) and self.concern == finding._get_finding_text()
        return {
            "id": self.id,
            "name": self.name,
            "concern": "" if is_told else self.concern or "",
            "cause": self.cause or "",
            "text": self.customer_text or "",
        }
