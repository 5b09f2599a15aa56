from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.context import without_defaults

OFFICE = (
    "taller_base.taller_base_group_reception,"
    "taller_base.taller_base_group_manager,"
    "taller_base.taller_base_group_accounting"
)
PRICES = f"{OFFICE},taller_ordenes.taller_ordenes_group_prices"
OPEN_STATES = ("received", "estimating", "waiting", "in_progress", "ready")
CLOSED_STATES = ("delivered", "cancelled")

# Written by the methods of the flow only, which check role and state.
PROTECTED_FIELDS = {
    "access_token",
    "approval_ids",
    "cancel_reason",
    "company_id",
    "delivered_at",
    "extras_left",
    "delivery_ids",
    "deposit_ids",
    "inspection_ids",
    "invoice_ids",
    "name",
    "promise_warned_for",
    "notice_ids",
    "quality_failed_id",
    "ready_at",
    "receipt_ids",
    "received_at",
    "sale_order_ids",
    "state",
    "step_ids",
    "unpaid_reason",
    "unpaid_user_id",
    "unrepaired_reason",
    "waiting_for",
    "waiting_since",
    "waiver_ids",
}
# Say whose visit this is: fixed as soon as an estimate has gone out.
IDENTITY_FIELDS = {"partner_id", "shop_id", "vehicle_id"}
RECEPTION_FIELDS = IDENTITY_FIELDS | {
    "belonging_ids",
    "belongings_note",
    "brought_by",
    "brought_by_document",
    "brought_by_document_type",
    "brought_by_phone",
    "concern",
    "fuel_level",
    "job_ids",
    "odometer_in",
    "odometer_reason",
    "promised_at",
    "user_id",
}


class TallerOrder(models.Model):
    """A vehicle's visit to the workshop, from the gate to the delivery (*orden de trabajo*).

    The order carries the visit; its jobs (`taller.job`) carry the work; its estimates, one
    `sale.order` per round, carry the money. `state` is changed by the `action_…` methods only,
    each of which checks role and state.
    """

    _name = "taller.order"
    _description = "Work Order"
    _inherit = ["taller.shop.mixin", "portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "vehicle_id"]
    _mail_post_access = "read"

    name = fields.Char(string="Number", readonly=True, copy=False, default="")
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    license_plate = fields.Char(related="vehicle_id.license_plate", string="Plate")
    make_and_model = fields.Char(related="vehicle_id.make_and_model", groups="base.group_user")
    # The customer of an earlier visit need not know whose the vehicle is now.
    owner_id = fields.Many2one(related="vehicle_id.owner_id", string="Owner", groups="base.group_user")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Who decides on the estimate and pays. Starts with the vehicle's owner.",
    )
    brought_by = fields.Char(help="The person who brings the vehicle, if not the customer.")
    brought_by_phone = fields.Char(string="Their Phone")
    odometer_in = fields.Float(
        string="Reading at Reception",
        digits=(16, 1),
        help="Odometer or hour meter of the vehicle, in the vehicle's own unit.",
    )
    odometer_unit = fields.Selection(related="vehicle_id.odometer_unit")
    odometer_reason = fields.Char(
        string="Reason for the Reading",
        help="Needed for a reading that goes backwards or leaps, e.g. the meter was exchanged.",
    )
    fuel_level = fields.Selection(
        [
            ("0", "Empty"),
            ("1", "1/4"),
            ("2", "1/2"),
            ("3", "3/4"),
            ("4", "Full"),
        ],
        string="Fuel",
    )
    concern = fields.Text(string="Concerns", help="What the customer asks for, in the customer's words.")
    promised_at = fields.Datetime(string="Promised", tracking=True)
    user_id = fields.Many2one(
        "res.users",
        string="Service Adviser",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    state = fields.Selection(
        [
            ("received", "Received"),
            ("estimating", "Estimating"),
            ("waiting", "Waiting for Approval"),
            ("in_progress", "In Progress"),
            ("ready", "Ready"),
            ("delivered", "Delivered"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="received",
        readonly=True,
        copy=False,
        index=True,
        group_expand="_get_board_columns",
    )
    step_ids = fields.One2many("taller.order.step", "order_id", string="Steps", groups="base.group_user")
    received_at = fields.Datetime(
        string="Received On", required=True, readonly=True, copy=False, default=fields.Datetime.now
    )
    ready_at = fields.Datetime(string="Ready On", readonly=True, copy=False)
    delivered_at = fields.Datetime(string="Delivered On", readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False, tracking=True, groups="base.group_user")
    job_ids = fields.One2many("taller.job", "order_id", string="Jobs", groups="base.group_user")
    photo_ids = fields.One2many("taller.photo", "order_id", string="Photos", groups="base.group_user")
    # Whoever has the token may decide as the customer: not for those who see no prices.
    access_token = fields.Char(groups=OFFICE)

    _name_uniq = models.UniqueIndex("(company_id, name)", "Another work order has this number already.")
    _open_idx = models.Index(
        "(shop_id, promised_at) WHERE state IN ('received', 'estimating', 'waiting', 'in_progress', 'ready')"
    )

    @api.model
    def _get_board_columns(self, _states, _domain):
        return list(OPEN_STATES)

    @api.depends("vehicle_id")
    def _compute_partner_id(self):
        for order in self:
            order.partner_id = order.vehicle_id.owner_id or order.partner_id

    def _compute_access_url(self):
        for order in self:
            order.access_url = f"/my/taller/orders/{order.id}"

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # before numbers are drawn, which no refusal gives back
        self._check_protected_fields(vals_list)
        self = without_defaults(self, PROTECTED_FIELDS)
        default_shop = self.env.user._get_default_shop()
        vals_of_shop = {}
        for vals in vals_list:
            vals.setdefault("shop_id", default_shop.id)
            vals_of_shop.setdefault(vals["shop_id"], []).append(vals)
        for shop in self.env["taller.shop"].browse(filter(None, vals_of_shop)):
            numbers = shop._next_order_numbers(len(vals_of_shop[shop.id]))
            for vals, number in zip(vals_of_shop[shop.id], numbers, strict=True):
                vals["name"] = number
        # The steps tell who received it, and when.
        silent = self.with_context(mail_create_nolog=True)
        orders = super(TallerOrder, silent).create(vals_list).with_env(self.env)
        orders._record_odometer()
        orders._begin_steps()
        return orders

    def write(self, vals):
        self._check_protected_fields([vals])
        self._check_may_change(vals)
        result = super().write(vals)
        if "shop_id" in vals:
            # Rules look at what was before: nobody hands an order to a shop they have no access to.
            self.check_access("write")
        if "odometer_in" in vals:
            self._record_odometer()
        if "partner_id" in vals:
            self.sudo().sale_order_ids.partner_id = vals["partner_id"]
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_estimated(self):
        """An order that a customer has seen an estimate of stays: it is cancelled, not deleted."""
        for order in self:
            if order.state not in ("received", "cancelled") or order.sudo().approval_ids:
                raise UserError(
                    self.env._(
                        "%(order)s can't be deleted: work on it has begun. Cancel it instead.",
                        order=order.name,
                    )
                )

    def unlink(self):
        self.sudo().photo_ids.unlink()  # with their files, which the database wouldn't delete
        return super().unlink()

    def copy_data(self, default=None):
        raise UserError(self.env._("A work order is one visit of a vehicle: make a new one instead."))

    def _begin_steps(self):
        # An order that came with its jobs has left the reception already.
        now = fields.Datetime.now()
        self.env["taller.order.step"].sudo().create(
            [
                {
                    "order_id": order.id,
                    "state": "received",
                    "start": order.received_at,
                    "stop": False if order.state == "received" else max(now, order.received_at),
                    "user_id": self.env.uid,
                }
                for order in self
            ]
        )

    def _check_protected_fields(self, vals_list):
        if self.env.su:
            return
        for vals in vals_list:
            if names := PROTECTED_FIELDS & vals.keys():
                raise AccessError(
                    self.env._(
                        "The order's own buttons set %(fields)s; nobody writes it directly.",
                        fields=", ".join(sorted(self._fields[name].string for name in names)),
                    )
                )

    def _check_may_change(self, vals):
        if self.env.su or not vals.keys() & RECEPTION_FIELDS:
            return
        for order in self:
            if order.state in CLOSED_STATES:
                raise UserError(
                    self.env._(
                        "%(order)s is closed and can't be changed any more. Open a new work order.",
                        order=order.name,
                    )
                )
            if vals.keys() & IDENTITY_FIELDS and order.state not in ("received", "estimating"):
                raise UserError(
                    self.env._(
                        "The customer has an estimate of %(order)s already: vehicle, customer and shop stay "
                        "as they are. Cancel this order and open a new one.",
                        order=order.name,
                    )
                )

    def _record_odometer(self):
        """Put the readings taken at the reception into the vehicles' log, which refuses implausible ones."""
        self.env["fleet.vehicle.odometer"].create(
            [
                {
                    "vehicle_id": order.vehicle_id.id,
                    "value": order.odometer_in,
                    "date": fields.Datetime.context_timestamp(order, order.received_at).date(),
                    "reason": order.odometer_reason,
                }
                for order in self
                if order.odometer_in
            ]
        )

    def _get_staff_lang(self):
        """The language of the thread and of what the staff have to do, whoever acts: a customer, the scheduler."""
        self.ensure_one()
        return self.company_id.sudo().partner_id.lang or self.env.lang

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        # Whoever creates the order follows it already: no queries per order for that.
        if updated_values.get("user_id") == self.env.uid:
            return []
        return super()._message_auto_subscribe_followers(updated_values, default_subtype_ids)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The thread has prices, and the link by which the customer decides: not for those who see none."""
        user = self.env.user
        if message_operation == "read" and not user.share and not user.has_groups(OFFICE):
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)
