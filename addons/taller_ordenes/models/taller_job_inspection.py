from odoo import fields, models


class TallerJob(models.Model):
    """The finding of an inspection that a job was proposed for."""

    _inherit = "taller.job"

    inspection_line_id = fields.Many2one(
        "taller.inspection.line",
        string="Finding",
        readonly=True,
        copy=False,
        index=False,
        ondelete="set null",
        help="The item of an inspection that showed that this job is needed.",
    )

    _inspection_line_uniq = models.UniqueIndex(
        "(inspection_line_id) WHERE inspection_line_id IS NOT NULL AND state != 'cancelled'",
        "This finding has a job already.",
    )
