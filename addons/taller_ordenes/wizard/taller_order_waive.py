from odoo import api, fields, models


class TallerOrderWaive(models.TransientModel):
    """Asks who does without a written estimate, up to how much, and lets them sign or takes down their words."""

    _name = "taller.order.waive"
    _description = "Waive the Written Estimate"

    order_id = fields.Many2one("taller.order", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="order_id.currency_id", related_sudo=False)
    waived_by = fields.Char(
        string="Who",
        compute="_compute_waived_by",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    amount = fields.Monetary(string="Up To")
    method = fields.Selection(
        [("signature", "Signs on this screen"), ("statement", "Says so (write it down)")],
        string="How",
        required=True,
        default="signature",
    )
    statement = fields.Text(string="What Was Said")
    signature = fields.Binary(attachment=False)

    @api.depends("order_id")
    def _compute_waived_by(self):
        for wizard in self:
            wizard.waived_by = wizard.order_id.partner_id.name

    def action_record(self):
        """Record the waiver on the order, as `taller.order` allows it."""
        self.ensure_one()
        self.order_id._record_waiver(
            self.waived_by,
            self.amount,
            self.method,
            self.statement,
            self.with_context(bin_size=False).signature,
        )
        return {"type": "ir.actions.act_window_close"}
