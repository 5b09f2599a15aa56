from odoo import api, fields, models
from odoo.exceptions import UserError


class TallerWaiver(models.Model):
    """A customer does without the written estimate of an order, up to an amount (*renuncia al presupuesto*).

    With it, reception may approve jobs up to that amount without sending them. Nobody changes or deletes what was
    stated, the superuser included; a later waiver of the same order takes the place of an earlier one.
    Made by `taller.order._record_waiver` only.
    """

    _name = "taller.waiver"
    _description = "Waiver of the Written Estimate"
    _order = "id desc"
    _rec_name = "waived_by"

    order_id = fields.Many2one(
        "taller.order", string="Work Order", required=True, index=True, readonly=True, ondelete="restrict"
    )
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    waived_by = fields.Char(required=True, readonly=True, help="Who does without: name of the person.")
    amount = fields.Monetary(string="Up To", required=True, readonly=True, help="Taxes included.")
    method = fields.Selection(
        [("signature", "Signed on the Screen"), ("statement", "Said, and Written Down")],
        string="How",
        required=True,
        readonly=True,
    )
    statement = fields.Text(string="What Was Said", readonly=True)
    signature = fields.Binary(readonly=True, attachment=False)
    waived_at = fields.Datetime(string="On", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Recorded By", required=True, readonly=True, ondelete="restrict"
    )

    _amount_positive = models.Constraint("CHECK(amount > 0)", "A waiver is up to an amount above zero.")
    _is_proven = models.Constraint(
        "CHECK(signature IS NOT NULL OR statement IS NOT NULL)", "A waiver is signed, or its words are kept."
    )

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("What a customer has waived can't be changed. Record another waiver instead.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What a customer has waived can't be deleted."))
