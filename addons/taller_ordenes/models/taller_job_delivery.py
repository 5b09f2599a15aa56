from odoo import fields, models
from odoo.exceptions import UserError

from .taller_order import CLOSED_STATES


class TallerJob(models.Model):
    """What is known of a job when the vehicle leaves."""

    _inherit = "taller.job"

    replaced_parts = fields.Selection(
        [
            ("returned", "Returned to the Customer"),
            ("disposed", "Disposed Of"),
            ("none", "None"),
        ],
        copy=False,
        help="What became of the parts that were taken out of the vehicle.",
    )

    def _check_may_change(self, vals):
        super()._check_may_change(vals)
        if not self.env.su and "replaced_parts" in vals:
            for job in self:
                if job.order_id.state in CLOSED_STATES:
                    raise UserError(
                        self.env._("%(order)s is closed and stays as it is.", order=job.order_id.name)
                    )

    def _is_worked(self):
        """Whether the job is one that is to be done, or has been."""
        self.ensure_one()
        return self.state in ("approved", "in_progress", "done")
