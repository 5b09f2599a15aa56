from odoo import fields, models


class TallerJobConcern(models.TransientModel):
    """What a mechanic has found beside the job: a few words, a photo, one tap."""

    _name = "taller.job.concern"
    _description = "Tell Reception of Something Found"

    job_id = fields.Many2one("taller.job", required=True, ondelete="cascade")
    text = fields.Text(string="Found")
    image = fields.Binary(string="Photo", attachment=False)

    def action_report(self):
        """Tell reception; see `taller.job.action_report_concern`."""
        self.ensure_one()
        job = self.job_id.action_report_concern(self.text, self.image)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Reception knows: “%(job)s”.", job=job.name),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
