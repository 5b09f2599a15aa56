from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.context import without_defaults

DEFAULT_VALIDITY = 15  # days, where the company has none

# Set by the work order, never by hand.
PROTECTED_FIELDS = {
    "shop_id",
    "taller_declined_of_id",
    "taller_last_seen_at",
    "taller_is_warranty",
    "taller_order_id",
    "taller_seen_at",
    "taller_seen_count",
    "taller_sent_at",
    "taller_sent_hash",
}
# What the customer has signed.
SIGNED_FIELDS = {
    "amount_tax",
    "amount_total",
    "amount_untaxed",
    "company_id",
    "currency_id",
    "fiscal_position_id",
    "name",
    "partner_id",
    "pricelist_id",
    "signature",
    "signed_by",
    "signed_on",
    "state",
    "validity_date",
}

# Of these, what the work order alone says, before the decision too.
FLOW_FIELDS = {
    "amount_tax",
    "amount_total",
    "amount_untaxed",
    "company_id",
    "name",
    "partner_id",
    "signature",
    "signed_by",
    "signed_on",
    "state",
}


class SaleOrder(models.Model):
    """An estimate: one round of a work order, decided and signed by the customer as a whole, job by job.

    A round that is decided never changes afterwards. Declined jobs leave it before it is confirmed:
    their lines, with their prices, go into a cancelled sibling (`taller_declined_of_id`), so that the
    commercial totals hold accepted work only and the declined work stays on the job and the vehicle.
    """

    _inherit = "sale.order"

    taller_order_id = fields.Many2one(
        "taller.order",
        string="Work Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    shop_id = fields.Many2one(
        related="taller_order_id.shop_id", store=True, precompute=True, index="btree_not_null"
    )
    taller_job_ids = fields.One2many(
        "taller.job", "sale_order_id", string="Jobs", readonly=True, copy=False, groups="base.group_user"
    )
    taller_declined_of_id = fields.Many2one(
        "sale.order",
        string="Declined Work Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The round from which the customer declined this work.",
        groups="base.group_user",
    )
    taller_is_warranty = fields.Boolean(
        string="Under Warranty",
        readonly=True,
        copy=False,
        help="A round that the customer neither decides on nor pays.",
        groups="base.group_user",
    )
    taller_sent_at = fields.Datetime(string="Estimate Sent On", readonly=True, copy=False)
    taller_sent_hash = fields.Char(
        string="Fingerprint of What Was Sent", readonly=True, copy=False, groups="base.group_user"
    )
    taller_is_open = fields.Boolean(compute="_compute_taller_is_open", groups="base.group_user")

    @api.depends("state", "taller_order_id", "taller_declined_of_id")
    def _compute_taller_is_open(self):
        for order in self:
            order.taller_is_open = bool(
                order.taller_order_id
                and not order.taller_declined_of_id
                and not order.taller_is_warranty
                and order.state in ("draft", "sent")
            )

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for estimate in self.filtered("taller_order_id"):
            estimate.access_url = f"/my/taller/estimates/{estimate.id}"
        return result

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_taller_protected_fields(vals)
        return super(SaleOrder, without_defaults(self, PROTECTED_FIELDS)).create(vals_list)

    def write(self, vals):
        self._check_taller_protected_fields(vals)
        self._check_taller_flow(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taller(self):
        if self.filtered("taller_order_id"):
            raise UserError(self.env._("The estimates of a work order stay with it: cancel the work order."))

    def action_confirm(self):
        """An estimate is confirmed by the customer's signed decision and by nothing else, a payment neither."""
        self._check_taller_flow({"state": "sale"})
        estimates = self.filtered(lambda order: order.taller_order_id and not order.taller_is_warranty)
        if estimates and len(estimates._get_taller_approvals()) != len(estimates):
            raise UserError(self.env._("The customer hasn't decided on this estimate yet."))
        return super().action_confirm()

    def _is_confirmation_amount_reached(self):
        return not self.taller_order_id and super()._is_confirmation_amount_reached()

    def _get_taller_approvals(self):
        return self.env["taller.approval"].sudo().search([("sale_order_id", "in", self.ids)])

    def _check_taller_protected_fields(self, vals):
        if not self.env.su and vals.keys() & PROTECTED_FIELDS:
            raise UserError(self.env._("Estimates of a work order are made, sent and decided there."))

    def _check_taller_flow(self, vals):
        """State, customer and signature of an estimate are changed by its work order, which runs as superuser."""
        if self.env.su or not vals.keys() & SIGNED_FIELDS:
            return
        for estimate in self.filtered("taller_order_id"):
            if vals.keys() & FLOW_FIELDS:
                raise UserError(
                    self.env._(
                        "%(estimate)s belongs to the work order %(order)s: it is sent, decided and cancelled there.",
                        estimate=estimate.name,
                        order=estimate.taller_order_id.name,
                    )
                )
            if not estimate.taller_is_open:
                raise UserError(
                    self.env._("%(estimate)s has been decided and stays as it is.", estimate=estimate.name)
                )

    def _has_to_be_signed(self):
        # Core's page accepts or refuses the whole: work orders have their own, where each job is decided.
        return not self.taller_order_id and super()._has_to_be_signed()

    def _can_be_edited_on_portal(self):
        return not self.taller_order_id and super()._can_be_edited_on_portal()

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        # People follow the work order, whose conversation is the one with the customer.
        if updated_values.get("taller_order_id"):
            return []
        return super()._message_auto_subscribe_followers(updated_values, default_subtype_ids)

    def _get_invoice_grouping_keys(self):
        return [*super()._get_invoice_grouping_keys(), "taller_order_id"]

    def _prepare_invoice(self):
        values = super()._prepare_invoice()
        values["taller_order_id"] = self.taller_order_id.id
        if self.taller_order_id:
            values["shop_id"] = self.shop_id.id
            values["invoice_origin"] = self.taller_order_id.name
            values["ref"] = self.taller_order_id.name
        return values

    def _mark_taller_sent(self):
        """Fix what the customer will decide on."""
        today = self._get_taller_today()
        if not self.validity_date or self.validity_date < today:
            self.validity_date = today + timedelta(
                days=self.company_id.quotation_validity_days or DEFAULT_VALIDITY
            )
        self._set_taller_prepayment()
        self.write(
            {
                "state": "sent",
                "taller_sent_at": fields.Datetime.now(),
                "taller_sent_hash": self._get_taller_hash(),
                "taller_seen_at": False,
                "taller_last_seen_at": False,
                "taller_seen_count": 0,
            }
        )

    def _get_taller_today(self):
        """The calendar day it is in the shop."""
        return datetime.now(pytz.timezone(self.shop_id.tz)).date()

    def _is_taller_expired(self):
        return bool(self.validity_date and self.validity_date < self._get_taller_today())

    def _split_taller_declined(self, jobs):
        """Take the lines of declined jobs out into a cancelled sibling; they keep their prices there.

        :return: the sibling, empty when nothing is declined
        """
        self.ensure_one()
        sibling = self.browse()
        if not jobs:
            return sibling
        sibling = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True).create(
            {
                **self.taller_order_id._get_estimate_values(),
                "name": self.env._("%(estimate)s (declined)", estimate=self.name),
                "taller_declined_of_id": self.id,
                "pricelist_id": self.pricelist_id.id,
                "fiscal_position_id": self.fiscal_position_id.id,
            }
        )
        jobs.sale_order_id = sibling
        jobs.line_ids.order_id = sibling
        sibling._action_cancel()
        return sibling
