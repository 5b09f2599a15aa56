from odoo import models


class TallerJob(models.Model):
    """A job as its customer is shown it."""

    _inherit = "taller.job"

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
