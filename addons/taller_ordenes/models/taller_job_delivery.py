from odoo import models


class TallerJob(models.Model):
    """What is known of a job when the vehicle leaves."""

    _inherit = "taller.job"

    def _is_worked(self):
        """Whether the job is one that is to be done, or has been."""
        self.ensure_one()
        return self.state in ("approved", "in_progress", "done")
