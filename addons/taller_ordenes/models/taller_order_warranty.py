from odoo import models


class TallerOrder(models.Model):
    """What a delivery promises, and what an earlier one still does."""

    _inherit = "taller.order"

    def _stamp_warranty(self, odometer=None):
        """The warranty of the jobs done begins, at this reading or at that of the reception."""
        for order in self:
            order.job_ids.filtered(lambda job: job.state == "done")._start_warranty(
                odometer or order.odometer_in
            )
