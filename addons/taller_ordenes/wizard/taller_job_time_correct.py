from odoo import fields, models


class TallerJobTimeCorrect(models.TransientModel):
    """When a mechanic's work really began and ended, and why it is corrected."""

    _name = "taller.job.time.correct"
    _description = "Correct a Time"

    time_id = fields.Many2one("taller.job.time", required=True, readonly=True, ondelete="cascade")
    start = fields.Datetime(string="Began", required=True)
    stop = fields.Datetime(string="Ended")
    reason = fields.Char(required=True)

    def action_correct(self):
        """Correct the time; see `taller.job.time.action_correct`."""
        self.ensure_one()
        self.time_id.action_correct(self.start, self.stop, self.reason)
        return {"type": "ir.actions.act_window_close"}
