from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .taller_order import OFFICE

# A promise beyond is a typing error.
LATEST_PROMISE = timedelta(days=366)


class TallerOrder(models.Model):
    """What the reception takes down: who brings the vehicle, in which condition, and with what in it."""

    _inherit = "taller.order"

    brought_by_document_type = fields.Selection(
        [("dpi", "DPI"), ("passport", "Passport"), ("licence", "Driving Licence"), ("other", "Other")],
        string="Identity Document",
        default="dpi",
        groups=OFFICE,
    )
    brought_by_document = fields.Char(string="Document's Number", groups=OFFICE)
    belonging_ids = fields.Many2many("taller.belonging", string="Belongings", groups="base.group_user")
    belongings_note = fields.Char(
        string="Other Belongings", groups="base.group_user", help="What else is left in the vehicle."
    )
    mark_ids = fields.One2many(
        "taller.order.mark", "order_id", string="Condition Marks", groups="base.group_user"
    )
    equipment_kind = fields.Selection(related="vehicle_id.equipment_kind", groups="base.group_user")
    open_order_ids = fields.Many2many(
        "taller.order",
        string="Open Orders of the Vehicle",
        compute="_compute_open_order_ids",
        groups="base.group_user",
    )

    @api.depends("vehicle_id")
    def _compute_open_order_ids(self):
        """Other orders by which the vehicle is in the workshop already."""
        orders = self.search(
            [("vehicle_id", "in", self.vehicle_id.ids), ("state", "not in", ("delivered", "cancelled"))]
        )
        for order in self:
            order.open_order_ids = orders.filtered(
                lambda other, order=order: other.vehicle_id == order.vehicle_id and other != order._origin
            )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_reception_values(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_reception_values([vals])
        return super().write(vals)

    @api.constrains("odometer_in")
    def _check_odometer_in(self):
        for order in self:
            if order.odometer_in < 0:
                raise ValidationError(
                    self.env._("The reading can't be negative. Type it as the meter shows it.")
                )

    def _check_reception_values(self, vals_list):
        """Bring the identity document into its common spelling; refuse what can't be meant.

        :raise UserError: a promise in the past or out of reach, a DPI that isn't one
        """
        now = fields.Datetime.now()
        for vals in vals_list:
            if vals.get("brought_by_document"):
                vals["brought_by_document"] = " ".join(vals["brought_by_document"].split())
                self._check_document(vals)
            promised_at = fields.Datetime.to_datetime(vals.get("promised_at") or False)
            if not promised_at or self.env.su:
                continue
            if promised_at < now and any(order.promised_at != promised_at for order in self or [self]):
                raise UserError(
                    self.env._("The promised time is in the past. Promise a time that is still to come.")
                )
            if promised_at > now + LATEST_PROMISE:
                raise UserError(self.env._("The promised time is more than a year away. Check the year."))

    def _check_document(self, vals):
        kind = vals.get("brought_by_document_type", self[:1].sudo().brought_by_document_type or "dpi")
        number = vals["brought_by_document"].replace(" ", "").replace("-", "")
        if kind == "dpi" and not (number.isascii() and number.isdigit() and len(number) == 13):
            raise UserError(
                self.env._(
                    "“%(number)s” is no DPI: it has 13 digits. Correct it, or choose another kind of document.",
                    number=vals["brought_by_document"],
                )
            )
        if len(number) > 40:
            raise UserError(self.env._("The document's number is too long: 40 characters at most."))

    def action_open_reception(self):
        """The reception's own screen of this order, made for the phone."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("taller_ordenes.taller_order_action_reception"),
            "res_id": self.id,
        }

    def action_open_order(self):
        """The whole order: jobs, estimate, decisions."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "taller.order",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _get_reception_line(self):
        """The order in a line of the vehicle's history."""
        self.ensure_one()
        received = fields.Datetime.context_timestamp(self, self.received_at)
        return {
            "id": self.id,
            "name": self.name,
            "date": fields.Date.to_string(received.date()),
            "state": self._get_state_label(),
            "jobs": self.job_ids.filtered(lambda job: job.state not in ("declined", "cancelled")).mapped(
                "name"
            ),
            "concern": self.concern or "",
        }
