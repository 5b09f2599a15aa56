from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Related fields to the workshop's rules on `res.company`."""

    _inherit = "res.config.settings"

    taller_clock_attendance = fields.Selection(
        related="company_id.taller_clock_attendance", readonly=False, required=True
    )
    taller_correction_required = fields.Boolean(
        related="company_id.taller_correction_required", readonly=False
    )
