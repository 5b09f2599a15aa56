from odoo import fields, models


class TallerJobPause(models.TransientModel):
    """Why a mechanic pauses a job: one big button per reason, and a few words for the rest."""

    _name = "taller.job.pause"
    _description = "Pause a Job"

    job_id = fields.Many2one("taller.job", required=True, ondelete="cascade")
    note = fields.Char()

    def action_parts(self):
        """Pause: waiting for parts."""
        return self._pause("parts")

    def action_customer(self):
        """Pause: waiting for the customer's approval."""
        return self._pause("customer")

    def action_tool(self):
        """Pause: waiting for a tool or a bay."""
        return self._pause("tool")

    def action_other_job(self):
        """Pause: another job comes first."""
        return self._pause("other_job")

    def action_lunch(self):
        """Pause: lunch."""
        return self._pause("lunch")

    def action_day_end(self):
        """Pause: the day is over."""
        return self._pause("day_end")

    def action_other(self):
        """Pause for the reason that the note says."""
        return self._pause("other")

    def _pause(self, reason):
        self.ensure_one()
        self.job_id.action_pause(reason, self.note)
        return {"type": "ir.actions.act_window_close"}
