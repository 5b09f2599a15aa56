from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Related fields to the workshop's rules on `res.company`."""

    _inherit = "res.config.settings"

    taller_external_margin = fields.Float(related="company_id.taller_external_margin", readonly=False)
    taller_promise_margin = fields.Float(related="company_id.taller_promise_margin", readonly=False)
    taller_reception_terms = fields.Text(related="company_id.taller_reception_terms", readonly=False)
    taller_deposit_limit = fields.Monetary(
        related="company_id.taller_deposit_limit", readonly=False, currency_field="currency_id"
    )
    taller_clock_attendance = fields.Selection(
        related="company_id.taller_clock_attendance", readonly=False, required=True
    )
    taller_clock_tolerance = fields.Float(related="company_id.taller_clock_tolerance", readonly=False)
    taller_correction_required = fields.Boolean(
        related="company_id.taller_correction_required", readonly=False
    )
    taller_gate_mechanics = fields.Boolean(related="company_id.taller_gate_mechanics", readonly=False)
    taller_gate_correction = fields.Boolean(related="company_id.taller_gate_correction", readonly=False)
    taller_gate_clocks = fields.Boolean(related="company_id.taller_gate_clocks", readonly=False)
    taller_gate_evidence = fields.Boolean(related="company_id.taller_gate_evidence", readonly=False)
    taller_gate_invoiced = fields.Boolean(related="company_id.taller_gate_invoiced", readonly=False)
    taller_gate_paid = fields.Boolean(related="company_id.taller_gate_paid", readonly=False)
    taller_follow_up_days = fields.Integer(related="company_id.taller_follow_up_days", readonly=False)
    group_taller_prices = fields.Boolean(
        string="Mechanics see prices",
        implied_group="taller_ordenes.taller_ordenes_group_prices",
        group="taller_base.taller_base_group_mechanic",
    )
    taller_gate_odometer = fields.Boolean(related="company_id.taller_gate_odometer", readonly=False)
    taller_gate_replaced_parts = fields.Boolean(
        related="company_id.taller_gate_replaced_parts", readonly=False
    )
    taller_gate_signature = fields.Boolean(related="company_id.taller_gate_signature", readonly=False)
    taller_warranty_months = fields.Integer(related="company_id.taller_warranty_months", readonly=False)
    taller_warranty_km = fields.Integer(related="company_id.taller_warranty_km", readonly=False)
    taller_warranty_hours = fields.Integer(related="company_id.taller_warranty_hours", readonly=False)
    taller_discount_limit_reception = fields.Float(
        related="company_id.taller_discount_limit_reception", readonly=False
    )
    taller_discount_limit_supervisor = fields.Float(
        related="company_id.taller_discount_limit_supervisor", readonly=False
    )
    taller_diagnosis_product_id = fields.Many2one(
        related="company_id.taller_diagnosis_product_id", readonly=False
    )
    taller_diagnosis_price = fields.Monetary(related="company_id.taller_diagnosis_price", readonly=False)
    taller_gate_quality = fields.Boolean(related="company_id.taller_gate_quality", readonly=False)
    taller_quality_own_work = fields.Boolean(related="company_id.taller_quality_own_work", readonly=False)
