from odoo import api, fields, models
from odoo.exceptions import UserError


class TallerApprovalLine(models.Model):
    """What the customer decided on one job, with the amounts shown."""

    _name = "taller.approval.line"
    _description = "Customer's Decision on a Job"
    _order = "approval_id desc, sequence, id"

    approval_id = fields.Many2one(
        "taller.approval", required=True, index=True, readonly=True, ondelete="restrict"
    )
    sequence = fields.Integer(readonly=True)
    job_id = fields.Many2one("taller.job", required=True, index=True, readonly=True, ondelete="restrict")
    name = fields.Char(string="Job as Shown", required=True, readonly=True)
    is_accepted = fields.Boolean(string="Accepted", readonly=True)
    decline_reason = fields.Char(string="Reason", readonly=True)
    amount_untaxed = fields.Monetary(string="Untaxed", readonly=True)
    amount_total = fields.Monetary(string="Total", readonly=True)
    currency_id = fields.Many2one(related="approval_id.currency_id")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("Evidence of a customer's decision can't be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Evidence of a customer's decision can't be deleted."))
