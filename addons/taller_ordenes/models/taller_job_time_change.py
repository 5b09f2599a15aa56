from odoo import fields, models


class TallerJobTimeChange(models.Model):
    """The trail of a time's corrections: who, when, why, what it was and what it became. Nobody changes it."""

    _name = "taller.job.time.change"
    _description = "Correction of a Time"
    _order = "id desc"

    time_id = fields.Many2one("taller.job.time", required=True, index=True, ondelete="cascade")
    reason = fields.Char(required=True)
    old_start = fields.Datetime(string="Started Before", required=True)
    old_stop = fields.Datetime(string="Stopped Before")
    start = fields.Datetime(string="Started After", required=True)
    stop = fields.Datetime(string="Stopped After")
    shop_id = fields.Many2one(related="time_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="time_id.company_id", store=True, index=True, precompute=True)
