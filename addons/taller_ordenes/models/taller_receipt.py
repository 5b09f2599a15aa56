from odoo import api, fields, models
from odoo.exceptions import UserError


class TallerReceipt(models.Model):
    """A reception receipt (*resguardo*) as it was signed: what the vehicle came with, and in which condition.

    `content` is what was shown, `content_hash` its fingerprint. Nobody changes or deletes it: when the order
    changes afterwards, the receipt is marked as one of an earlier version (`is_current`), and may be signed anew.
    """

    _name = "taller.receipt"
    _description = "Signed Reception Receipt"
    _order = "id desc"
    _rec_name = "signed_by"

    order_id = fields.Many2one(
        "taller.order", string="Work Order", required=True, index=True, readonly=True, ondelete="restrict"
    )
    signed_by = fields.Char(required=True, readonly=True)
    signed_at = fields.Datetime(string="Signed On", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Received By", required=True, readonly=True)
    signature = fields.Binary(required=True, readonly=True, attachment=False)
    # With the deposits and the identity document of whoever brought the vehicle: for the office only.
    content = fields.Json(required=True, readonly=True, help="What was shown, as data.")
    content_hash = fields.Char(string="Fingerprint", required=True, readonly=True)
    is_current = fields.Boolean(
        compute="_compute_is_current", help="Whether the order is still as it was when this was signed."
    )
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)

    @api.depends("content_hash", "order_id")
    def _compute_is_current(self):
        current = {order: order._get_receipt_hash() for order in self.order_id}
        for receipt in self:
            receipt.is_current = receipt.content_hash == current[receipt.order_id]

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("A signed receipt can't be changed. Correct the order, and have it signed again.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A signed receipt can't be deleted."))

    def action_print(self):
        """This receipt as it was signed, as PDF."""
        self.check_access("read")
        return self.env.ref("taller_ordenes.taller_receipt_report").report_action(self)

    def _get_shown_photos(self):
        """The photos, of the order, that were on the receipt."""
        return self.env["taller.photo"].browse(
            {photo_id for receipt in self for photo_id in receipt.content["photos"]}
        )
