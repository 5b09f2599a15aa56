from odoo import api, fields, models


class TallerReason(models.TransientModel):
    """Asks why, and hands the answer to the one method that takes it and checks who may."""

    _name = "taller.reason"
    _description = "Reason"

    purpose = fields.Selection(
        [("let_go_unpaid", "Leave Unpaid"), ("refuse_claim", "Not Under Warranty")],
        required=True,
        readonly=True,
    )
    order_id = fields.Many2one("taller.order", readonly=True)
    job_id = fields.Many2one("taller.job", readonly=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Do what the reason was asked for."""
        self.ensure_one()
        getattr(self, f"_confirm_{self.purpose}")()
        return {"type": "ir.actions.act_window_close"}

    def _confirm_let_go_unpaid(self):
        self.order_id.action_let_go_unpaid(self.reason)

    def _confirm_refuse_claim(self):
        self.job_id.action_refuse_claim(self.reason)

    @api.model
    def _get_action(self, purpose, record):
        """The action that opens the dialog for the record, an order or a job."""
        labels = dict(self._fields["purpose"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": labels[purpose],
            "res_model": self._name,
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_purpose": purpose,
                f"default_{record._name.removeprefix('taller.')}_id": record.id,
            },
        }
