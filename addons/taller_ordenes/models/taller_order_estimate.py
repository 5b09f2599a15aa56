from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .taller_order import OFFICE


class TallerOrder(models.Model):
    """The order's money: estimates by rounds, the customer's decisions, the invoice."""

    _inherit = "taller.order"

    currency_id = fields.Many2one(related="company_id.currency_id")
    sale_order_ids = fields.One2many("sale.order", "taller_order_id", string="Estimates", groups=OFFICE)
    estimate_id = fields.Many2one(
        "sale.order",
        string="Estimate to Decide",
        compute="_compute_estimate_id",
        compute_sudo=True,
        groups=OFFICE,
        help="The round on which the customer has still to decide.",
    )
    estimate_sent_at = fields.Datetime(compute="_compute_estimate_id", compute_sudo=True, groups=OFFICE)
    estimate_seen_at = fields.Datetime(compute="_compute_estimate_id", compute_sudo=True, groups=OFFICE)
    estimate_seen_text = fields.Char(
        string="Opened by the Customer",
        compute="_compute_estimate_seen_text",
        compute_sudo=True,
        groups=OFFICE,
    )
    estimate_is_outdated = fields.Boolean(
        compute="_compute_estimate_is_outdated", compute_sudo=True, groups=OFFICE
    )
    approval_ids = fields.One2many("taller.approval", "order_id", string="Approvals", groups=OFFICE)
    invoice_ids = fields.One2many("account.move", "taller_order_id", string="Invoices", groups=OFFICE)
    amount_approved = fields.Monetary(
        string="Approved",
        compute="_compute_amounts",
        compute_sudo=True,
        groups=OFFICE,
        help="What the customer has agreed to, taxes included.",
    )
    amount_estimated = fields.Monetary(
        string="To Decide",
        compute="_compute_amounts",
        compute_sudo=True,
        groups=OFFICE,
        help="What the customer has still to decide on, taxes included.",
    )
    payment_state = fields.Selection(
        [
            ("none", "Not Invoiced"),
            ("invoiced", "Invoiced"),
            ("partial", "Partly Paid"),
            ("paid", "Paid"),
            ("free", "Nothing to Pay"),
        ],
        string="Payment",
        compute="_compute_payment_state",
        compute_sudo=True,
        store=True,
    )

    @api.depends(
        "sale_order_ids.state",
        "sale_order_ids.taller_declined_of_id",
        "sale_order_ids.taller_sent_at",
        "sale_order_ids.taller_seen_at",
    )
    def _compute_estimate_id(self):
        for order in self:
            order.estimate_id = order.sale_order_ids.filtered("taller_is_open").sorted("id")[-1:]
            order.estimate_sent_at = order.estimate_id.taller_sent_at
            order.estimate_seen_at = order.estimate_id.taller_seen_at

    @api.depends("estimate_id", "sale_order_ids.taller_last_seen_at")
    @api.depends_context("lang", "tz")
    def _compute_estimate_seen_text(self):
        for order in self:
            order.estimate_seen_text = order.estimate_id and order.estimate_id._get_taller_seen_text()

    @api.depends("sale_order_ids.state", "sale_order_ids.amount_total")
    def _compute_amounts(self):
        for order in self:
            estimates = order.sale_order_ids
            order.amount_approved = sum(
                estimates.filtered(lambda estimate: estimate.state == "sale").mapped("amount_total")
            )
            order.amount_estimated = sum(estimates.filtered("taller_is_open").mapped("amount_total"))

    @api.depends("estimate_id", "sale_order_ids.taller_sent_hash", "sale_order_ids.order_line.price_total")
    def _compute_estimate_is_outdated(self):
        for order in self:
            order.estimate_is_outdated = bool(
                order.estimate_id.taller_sent_hash
                and order.estimate_id.taller_sent_hash != order.estimate_id._get_taller_hash()
            )

    @api.depends("invoice_ids.state", "invoice_ids.payment_state")
    def _compute_payment_state(self):
        for order in self:
            invoices = order.invoice_ids.filtered(lambda move: move.state == "posted")
            states = set(invoices.mapped("payment_state"))
            if not invoices:
                order.payment_state = "free" if order._is_free() else "none"
            elif states <= {"paid", "in_payment", "reversed"}:
                order.payment_state = "paid"
            elif states & {"paid", "in_payment", "partial"}:
                order.payment_state = "partial"
            else:
                order.payment_state = "invoiced"

    def _is_free(self):
        """Whether the work is finished and none of it is to be paid, e.g. all was done under warranty."""
        self.ensure_one()
        if self.state not in ("ready", "delivered"):
            return False
        sold = self.sale_order_ids.filtered(lambda estimate: estimate.state == "sale")
        return self.currency_id.is_zero(sum(sold.mapped("amount_total")) - self._get_unbilled_amount(sold))

    def _get_unbilled_amount(self, estimates):
        """What the customer agreed to in these rounds and won't be invoiced, taxes included."""
        if not self.unrepaired_reason:
            return 0.0
        return sum(estimates.order_line.filtered("taller_is_unbilled").mapped("price_total"))

    def action_send_estimate(self):
        """Reception or supervisor send the estimate to the customer by e-mail, with a link to decide on it.

        May be repeated: after a change, the customer decides on what was sent last.

        :raise UserError: nothing to decide on, a job without lines, or a customer without an e-mail address.
        """
        self._begin_step("received", "estimating", "waiting", "in_progress")
        for order in self:
            if not order.partner_id.email:
                raise UserError(
                    self.env._(
                        "%(customer)s has no e-mail address. Enter one, or show the estimate on this screen.",
                        customer=order.partner_id.display_name,
                    )
                )
        self._offer_estimate()
        first = self.filtered(lambda order: not order.sudo().approval_ids)
        first._notify_customer("estimate_ready")
        (self - first)._notify_customer("extra_work")
        return True

    def action_show_estimate(self):
        """Reception or supervisor show the estimate to the customer on their own screen, for decision there."""
        self.ensure_one()
        self._begin_step("received", "estimating", "waiting", "in_progress")
        self._offer_estimate()
        return {
            "type": "ir.actions.act_url",
            "target": "new",
            "url": self.sudo().estimate_id.get_portal_url(),
        }

    def action_view_estimates(self):
        """The rounds of these orders, as plain sales orders."""
        self.check_access("read")
        return {
            "name": self.env._("Estimates"),
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("id", "in", self.sale_order_ids.ids)],
            "context": {"create": False},
        }

    def action_create_invoice(self):
        """Accounting makes one draft invoice of everything approved and not invoiced yet, in all rounds.

        :return: the action that opens the invoice
        :raise UserError: the work isn't finished, or nothing is left to invoice
        """
        self._check_may_invoice()
        self.ensure_one()
        self._lock()
        if self.state not in ("ready", "delivered"):
            raise UserError(
                self.env._(
                    "%(order)s is “%(state)s”: it is invoiced when the work is finished.",
                    order=self.name,
                    state=self._get_state_label(),
                )
            )
        estimates = self.sale_order_ids.filtered(lambda estimate: estimate.invoice_status == "to invoice")
        if not estimates:
            raise UserError(self.env._("Nothing of %(order)s is left to invoice.", order=self.name))
        # Core's message on where the invoice comes from says that it was created, too.
        invoices = estimates.with_context(mail_create_nolog=True)._create_invoices(final=True)
        return invoices.with_env(self.env)._get_records_action(context={"default_move_type": "out_invoice"})

    def action_view_invoices(self):
        """The invoices of this order."""
        self.ensure_one()
        self.check_access("read")
        return self.sale_order_ids.action_view_invoice(invoices=self.invoice_ids)

    def _check_may_invoice(self):
        self.check_access("read")
        if not self.env.user.has_group("taller_base.taller_base_group_accounting"):
            raise AccessError(self.env._("Accounting makes the invoices of work orders."))

    def _offer_estimate(self):
        """Fix what the customer is going to decide on, and wait for the decision."""
        orders = self.sudo()
        for order in orders:
            order._check_estimate_is_complete()
        for estimate in orders.estimate_id:
            estimate._mark_taller_sent()
        orders.filtered(lambda order: order.state in ("received", "estimating"))._set_state("waiting")

    def _check_estimate_is_complete(self):
        jobs = self.estimate_id.taller_job_ids
        if not jobs:
            raise UserError(self.env._("%(order)s has no job to decide on. Add one first.", order=self.name))
        if empty := jobs.filtered(lambda job: not job.line_ids):
            raise UserError(
                self.env._(
                    "These jobs of %(order)s have no price yet: %(jobs)s. Add labour or parts to them.",
                    order=self.name,
                    jobs=", ".join(empty.mapped("name")),
                )
            )

    def _get_open_estimates(self):
        """{order: the round that new jobs belong to}, made where there is none: a constant number of queries."""
        orders = self.sudo()
        lacking = orders.filtered(lambda order: not order.estimate_id)
        self.env["sale.order"].sudo().with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True
        ).create([order._get_estimate_values() for order in lacking])
        lacking.invalidate_recordset(["sale_order_ids", "estimate_id"])
        return {order.sudo(False): order.estimate_id for order in orders}

    def _get_estimate_values(self):
        rounds = self.sale_order_ids.filtered(lambda estimate: not estimate.taller_declined_of_id)
        return {
            "name": f"{self.name}-{len(rounds) + 1}",
            "taller_order_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "user_id": self.user_id.id,
            "origin": self.name,
            "client_order_ref": self.vehicle_id.license_plate,
            "require_signature": True,
            "require_payment": False,
            "validity_date": False,  # counts from the day it is sent
        }
