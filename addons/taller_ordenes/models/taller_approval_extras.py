import math

from odoo import api, fields, models
from odoo.exceptions import UserError

from .taller_approval import SIGNED_CHANNELS


class TallerApproval(models.Model):
    """Small extras: the limit that a customer agrees to with a decision, and the extra work done within it."""

    _inherit = "taller.approval"

    extras_limit = fields.Monetary(
        string="Extras Up To",
        readonly=True,
        help="What the customer agreed to beforehand for extra work, taxes included. 0: asks to be asked.",
    )
    extras_percent = fields.Float(
        string="Extras in Percent",
        readonly=True,
        help="Where the limit was agreed as a percentage of what was accepted.",
    )
    allowance_id = fields.Many2one(
        "taller.approval",
        string="Agreed In",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The decision in which the customer agreed to such extras.",
    )

    @api.model
    def _get_extras_values(self, estimate, extras, amount_accepted):
        """What the decision says on extras, of the limit that the customer entered; none where none is proposed.

        :param extras: a number as the browser sent it, in the unit that the company proposes; empty: none
        :raise UserError: it isn't a limit that can be meant
        """
        company, currency = estimate.company_id.sudo(), estimate.currency_id
        kind = company.taller_extras_kind
        if kind == "none" or extras in (None, False, "") or currency.is_zero(amount_accepted):
            return {}
        try:
            value = float(extras)
        except (TypeError, ValueError):
            value = math.nan
        most = 100 if kind == "percent" else amount_accepted
        if not 0 <= value <= most:
            raise UserError(
                self.env._(
                    "The limit of extras has to be a number from 0 to %(most)s.",
                    most=f"{most:g} %" if kind == "percent" else estimate._show_taller_amount(most),
                )
            )
        if kind == "percent":
            return {
                "extras_limit": currency.round(amount_accepted * value / 100),
                "extras_percent": value,
            }
        return {"extras_limit": currency.round(value)}

    def _take_effect(self):
        """With each decision on the page, the customer says anew what extras are agreed to."""
        order = self.order_id
        if self.channel == "extras":
            order.extras_left = self.currency_id.round(order.extras_left - self.amount_accepted)
        elif self.channel in SIGNED_CHANNELS and (self.extras_limit or order.extras_left):
            order.extras_left = self.extras_limit
        return super()._take_effect()
