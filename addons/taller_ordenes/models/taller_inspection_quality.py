from odoo import models


class TallerInspection(models.Model):
    """The quality check of finished work, by somebody other than its mechanic.

    One red item fails it: the job goes back. Otherwise the finished jobs have passed.
    """

    _inherit = "taller.inspection"

    def action_confirm(self):
        """As for any inspection; after a failed check, the dialog that asks which jobs go back."""
        result = super().action_confirm()
        failed = self.filtered(lambda check: check.order_id.quality_failed_id == check)
        return failed.order_id._get_return_action() if len(failed) == 1 else result

    def _check_may_fill(self):
        super()._check_may_fill()
        for check in self.filtered(lambda inspection: inspection.kind == "quality"):
            check.order_id._check_may_check_quality()

    def _check_may_confirm(self):
        super()._check_may_confirm()
        for check in self.filtered(lambda inspection: inspection.kind == "quality"):
            check.order_id._check_work_is_finished()

    def _on_confirmed(self):
        super()._on_confirmed()
        for check in self.sudo().filtered(lambda inspection: inspection.kind == "quality"):
            check._conclude()

    def _conclude(self):
        order = self.order_id
        done = order.job_ids.filtered(lambda job: job.state == "done")
        if not self.red_count:
            done.quality_check_id = self
            order.quality_failed_id = False
            return
        order.quality_failed_id = self
        if len(done) == 1:
            order._send_back(done, self._get_quality_note())

    def _get_quality_note(self):
        """What is wrong, item by item, for the mechanic."""
        self.ensure_one()
        return "\n".join(
            ": ".join(filter(None, (line.name, line.note or line.answer)))
            for line in self.sudo().line_ids
            if line.rating == "red"
        )
