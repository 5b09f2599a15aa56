from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class TallerOrderDeliver(models.TransientModel):
    """Hands a vehicle over: who picks it up, with which reading, what is returned, and the signature."""

    _name = "taller.order.deliver"
    _description = "Deliver a Vehicle"

    order_id = fields.Many2one("taller.order", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="order_id.partner_id", related_sudo=False, string="Customer")
    odometer_in = fields.Float(related="order_id.odometer_in", related_sudo=False)
    odometer_unit = fields.Selection(related="order_id.odometer_unit", related_sudo=False)
    is_customer = fields.Boolean(string="The customer picks it up", default=True)
    picked_up_by = fields.Char(
        string="Who Picks It Up",
        compute="_compute_picked_up_by",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    picked_up_document = fields.Char(
        string="Their Document", help="Kind and number of the document shown, e.g. “DPI 2345 67890 0101”."
    )
    odometer = fields.Float(string="Reading at Delivery", digits=(16, 1))
    odometer_reason = fields.Char(
        string="Reason for the Reading", help="Needed for a reading that goes backwards or leaps."
    )
    fuel_level = fields.Selection(
        lambda self: self.env["taller.order"]._fields["fuel_level"]._description_selection(self.env),
        string="Fuel",
    )
    belongings = fields.Char(compute="_compute_belongings", string="Left in the Vehicle")
    belongings_returned = fields.Boolean(string="Everything is returned")
    line_ids = fields.One2many("taller.order.deliver.line", "wizard_id", string="Replaced Parts")
    note = fields.Text(string="Notes")
    signature = fields.Binary(attachment=False)

    @api.depends("order_id", "is_customer")
    def _compute_picked_up_by(self):
        for wizard in self:
            wizard.picked_up_by = wizard.order_id.partner_id.name if wizard.is_customer else False

    @api.depends("order_id")
    def _compute_belongings(self):
        for wizard in self:
            order = wizard.order_id
            wizard.belongings = order._get_belongings_text() if order else False

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        order = self.env["taller.order"].browse(values.get("order_id") or [])
        if order:
            order.check_access("read")
            jobs = order.job_ids.filtered(lambda job: job.state == "done")
            values["line_ids"] = [
                Command.create({"job_id": job.id, "replaced_parts": job.replaced_parts or False})
                for job in jobs
            ]
        return values

    def action_deliver(self):
        """Hand the vehicle over; from then on what was signed stays as it is."""
        self.ensure_one()
        if not self.is_customer and not (self.picked_up_document or "").strip():
            raise UserError(
                self.env._("Somebody else picks the vehicle up: write down the document they show.")
            )
        if not (self.picked_up_by or "").strip():
            raise UserError(self.env._("Write down who picks the vehicle up."))
        if self.odometer < 0:
            raise UserError(self.env._("A meter shows no negative value."))
        self.order_id._deliver(self._get_delivery_values(), self._get_replaced_parts())
        return {"type": "ir.actions.act_window_close"}

    def _get_delivery_values(self):
        signature = self.with_context(bin_size=False).signature
        return {
            "picked_up_by": self.picked_up_by.strip(),
            "picked_up_document": (self.picked_up_document or "").strip(),
            "is_customer": self.is_customer,
            "odometer": self.odometer,
            "odometer_reason": self.odometer_reason,
            "fuel_level": self.fuel_level,
            "belongings_returned": self.belongings_returned,
            "note": self.note,
            "signature": signature and self.env["taller.approval"]._check_signature(signature),
        }

    def _get_replaced_parts(self):
        """{job: handling} of what was chosen; jobs of other orders are none of ours."""
        if self.line_ids.job_id.order_id - self.order_id:
            raise UserError(self.env._("The list names a job of another order."))
        return {line.job_id: line.replaced_parts for line in self.line_ids if line.replaced_parts}


class TallerOrderDeliverLine(models.TransientModel):
    """What becomes of the parts replaced in one job."""

    _name = "taller.order.deliver.line"
    _description = "Replaced Parts at Delivery"

    wizard_id = fields.Many2one("taller.order.deliver", required=True, ondelete="cascade")
    job_id = fields.Many2one("taller.job", required=True, ondelete="cascade")
    replaced_parts = fields.Selection(
        lambda self: self.env["taller.job"]._fields["replaced_parts"]._description_selection(self.env)
    )
