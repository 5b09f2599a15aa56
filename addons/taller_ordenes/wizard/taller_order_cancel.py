from odoo import fields, models


class TallerOrderCancel(models.TransientModel):
    """Asks why work orders are cancelled."""

    _name = "taller.order.cancel"
    _description = "Cancel Work Orders"

    order_ids = fields.Many2many("taller.order", string="Work Orders", readonly=True)
    reason = fields.Char(required=True)

    def action_cancel(self):
        """Cancel the orders, as `taller.order` allows it."""
        self.ensure_one()
        self.order_ids.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
