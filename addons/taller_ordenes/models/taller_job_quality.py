from odoo import fields, models


class TallerJob(models.Model):
    """Whether finished work was checked, and how often it came back."""

    _inherit = "taller.job"

    quality_check_id = fields.Many2one(
        "taller.inspection",
        string="Passed Quality Check",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    rework_count = fields.Integer(
        string="Sent Back",
        readonly=True,
        copy=False,
        help="How often the job failed the quality check and was done again.",
    )
    rework_note = fields.Text(
        string="Why It Came Back", readonly=True, copy=False, help="What the last quality check found."
    )
