from odoo import api, fields, models


class TallerWarrantyExtend(models.TransientModel):
    """Lets the warranty of a job last longer, with a reason."""

    _name = "taller.warranty.extend"
    _description = "Extend a Warranty"

    job_id = fields.Many2one("taller.job", required=True, readonly=True, ondelete="cascade")
    odometer_unit = fields.Selection(related="job_id.odometer_unit", related_sudo=False)
    warranty_until = fields.Date(
        string="Until",
        compute="_compute_limits",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    warranty_odometer = fields.Float(
        string="Up To",
        digits=(16, 1),
        compute="_compute_limits",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    reason = fields.Char(required=True)

    @api.depends("job_id")
    def _compute_limits(self):
        for wizard in self:
            wizard.warranty_until = wizard.job_id.warranty_until
            wizard.warranty_odometer = wizard.job_id.warranty_odometer

    def action_extend(self):
        """Extend the warranty, if the user is a supervisor."""
        self.ensure_one()
        self.job_id._extend_warranty(self.warranty_until, self.warranty_odometer, self.reason)
        return {"type": "ir.actions.act_window_close"}
