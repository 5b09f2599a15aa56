from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Related fields to what a company proposes on the estimate's page."""

    _inherit = "res.config.settings"

    taller_extras_kind = fields.Selection(
        related="company_id.taller_extras_kind", readonly=False, required=True
    )
    taller_extras_value = fields.Float(related="company_id.taller_extras_value", readonly=False)
    taller_prepayment_kind = fields.Selection(
        related="company_id.taller_prepayment_kind", readonly=False, required=True
    )
    taller_prepayment_value = fields.Float(related="company_id.taller_prepayment_value", readonly=False)
    taller_prepayment_gate = fields.Boolean(related="company_id.taller_prepayment_gate", readonly=False)
