from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.estimate_content import get_digest


class TallerDelivery(models.Model):
    """How a vehicle was handed over: to whom, with which reading, what was returned, signed on the screen.

    `content` is what the delivery note says, in the customer's language, `content_hash` its fingerprint;
    the note is printed from it and from nothing else. Nobody changes or deletes it, the superuser
    included. Made by `taller.order._deliver` only.
    """

    _name = "taller.delivery"
    _description = "Delivery Note"
    _order = "id desc"
    _rec_name = "order_name"

    order_id = fields.Many2one(
        "taller.order", string="Work Order", required=True, readonly=True, ondelete="restrict"
    )
    order_name = fields.Char(string="Number", readonly=True)
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index=True, ondelete="restrict"
    )
    picked_up_by = fields.Char(required=True, readonly=True)
    picked_up_document = fields.Char(string="Their Document", readonly=True)
    is_customer = fields.Boolean(
        string="The Customer", readonly=True, help="Whether the customer came, and not somebody else."
    )
    odometer = fields.Float(string="Reading at Delivery", digits=(16, 1), readonly=True)
    odometer_unit = fields.Selection(related="order_id.odometer_unit")
    fuel_level = fields.Selection(
        lambda self: self.env["taller.order"]._fields["fuel_level"]._description_selection(self.env),
        string="Fuel",
        readonly=True,
    )
    belongings_returned = fields.Boolean(readonly=True)
    note = fields.Text(readonly=True)
    signature = fields.Binary(readonly=True, attachment=False)
    delivered_at = fields.Datetime(string="Delivered On", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Handed Over By", required=True, readonly=True, ondelete="restrict"
    )
    content = fields.Json(required=True, readonly=True, help="What the delivery note says, as data.")
    content_hash = fields.Char(string="Fingerprint", required=True, readonly=True)
    is_intact = fields.Boolean(
        compute="_compute_is_intact", help="Whether the note still has its fingerprint."
    )

    _one_per_order = models.UniqueIndex("(order_id)", "This order has been delivered already.")

    @api.depends("content", "content_hash")
    def _compute_is_intact(self):
        for delivery in self:
            delivery.is_intact = get_digest(delivery.content) == delivery.content_hash

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, "content_hash": get_digest(vals["content"])} for vals in vals_list])

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("What was signed at the delivery can't be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was signed at the delivery can't be deleted."))

    def action_print(self):
        """The delivery note as a file."""
        self.check_access("read")
        return self.env.ref("taller_ordenes.taller_delivery_report").report_action(self)

    def _get_pdf(self):
        """The delivery note, as bytes; the caller has checked who asks."""
        self.ensure_one()
        report = self.env["ir.actions.report"].sudo().with_context(force_report_rendering=True)
        return report._render_qweb_pdf("taller_ordenes.taller_delivery_report", self.ids)[0]

    def _get_pdf_name(self):
        self.ensure_one()
        return f"{self.order_name.replace('/', '-')}-D.pdf"
