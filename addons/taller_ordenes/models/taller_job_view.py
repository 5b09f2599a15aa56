from odoo import fields, models


class TallerJobView(models.Model):
    """What a job said when a mechanic last confirmed to have seen it; one row per job and mechanic.

    Nobody reads or writes it but `taller.job`, which shows what has changed since.
    """

    _name = "taller.job.view"
    _description = "What a Mechanic Has Seen of a Job"

    job_id = fields.Many2one("taller.job", required=True, ondelete="cascade")
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="cascade")
    content = fields.Json(required=True, help="As `taller.job._get_seen_content` describes it.")
    seen_at = fields.Datetime(required=True)

    _job_employee_uniq = models.UniqueIndex(
        "(job_id, employee_id)", "You are confirming this at this moment on another screen."
    )
