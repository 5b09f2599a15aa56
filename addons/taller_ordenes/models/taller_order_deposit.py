from odoo import api, fields, models
from odoo.exceptions import UserError

from .taller_order import OFFICE, OPEN_STATES

# The states of a payment that has been made.
PAID_STATES = ("in_process", "paid")


class TallerOrder(models.Model):
    """Money that customers leave at the reception: payments of Odoo's own accounting."""

    _inherit = "taller.order"

    deposit_ids = fields.One2many(
        "account.payment", "taller_order_id", string="Deposits", readonly=True, groups=OFFICE
    )
    amount_deposit = fields.Monetary(
        string="Deposit",
        compute="_compute_amount_deposit",
        compute_sudo=True,
        groups=OFFICE,
        help="What the customer has left as deposit for this order.",
    )

    @api.depends("deposit_ids.state", "deposit_ids.amount_company_currency_signed")
    def _compute_amount_deposit(self):
        for order in self:
            made = order.deposit_ids.filtered(lambda payment: payment.state in PAID_STATES)
            order.amount_deposit = sum(made.mapped("amount_company_currency_signed"))

    def action_open_deposit(self):
        """Reception or supervisor take money for an order: ask how much, and how it is paid."""
        self.ensure_one()
        self._check_may_deposit()
        return {
            "name": self.env._("Deposit"),
            "type": "ir.actions.act_window",
            "res_model": "taller.deposit",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_view_deposits(self):
        """The payments that the customer has made for this order before the invoice, for accounting."""
        self.ensure_one()
        self.check_access("read")
        self.env["account.payment"].check_access("read")
        return {
            "name": self.env._("Deposits"),
            "type": "ir.actions.act_window",
            "res_model": "account.payment",
            "view_mode": "list,form",
            "domain": [("taller_order_id", "=", self.id)],
            "context": {"create": False},
        }

    def _take_deposit(self, amount, journal, reference=None):
        """Post a payment of the order's customer in the order's shop.

        :param float amount: in the company's currency
        :param account.journal journal: of the ways to pay that the shop takes
        :param str reference: number of the card slip or transfer
        :return: the payment, as superuser
        :raise UserError: the amount, the journal or the order's state don't allow it
        """
        self.ensure_one()
        self._begin_step(*OPEN_STATES)
        order = self.sudo()
        limit = order.company_id.taller_deposit_limit
        if order.currency_id.compare_amounts(amount, 0.0) <= 0:
            raise UserError(self.env._("Enter the amount that the customer pays: more than zero."))
        if limit and order.currency_id.compare_amounts(amount, limit) > 0:
            raise UserError(
                self.env._(
                    "The reception takes deposits of at most %(limit)s. Check the amount, or ask accounting.",
                    limit=order.currency_id.format(limit),
                )
            )
        if journal not in order.shop_id._get_deposit_journals():
            raise UserError(
                self.env._("%(shop)s doesn't take this way to pay. Choose another.", shop=order.shop_id.name)
            )
        payment = (
            self.env["account.payment"].sudo().create(order._get_deposit_values(amount, journal, reference))
        )
        payment.action_post()
        order.message_post(
            body=self.env._(
                "%(user)s has taken a deposit of %(amount)s, %(way)s.",
                user=self.env.user.name,
                amount=order.currency_id.format(amount),
                way=journal.sudo().name,
            )
        )
        return payment

    def _get_deposit_values(self, amount, journal, reference):
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self.partner_id.id,
            "amount": amount,
            "currency_id": self.currency_id.id,
            "journal_id": journal.id,
            "company_id": self.company_id.id,
            "shop_id": self.shop_id.id,
            "taller_order_id": self.id,
            "date": fields.Date.context_today(self.with_context(tz=self.shop_id.tz)),
            "memo": " · ".join(filter(None, (self.name, reference))),
        }

    def _check_may_deposit(self):
        self.check_access("write")
        for order in self:
            if order.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(order)s is closed: accounting takes payments on its invoice.", order=order.name
                    )
                )

    def _get_deposits(self):
        """The deposits that have been made, for documents."""
        self.ensure_one()
        return self.sudo().deposit_ids.filtered(
            lambda payment: payment.state in PAID_STATES and payment.payment_type == "inbound"
        )
