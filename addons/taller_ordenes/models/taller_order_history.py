from odoo import fields, models
from odoo.tools import formatLang

from ..tools.timeline import FINDING_TONES, Entry, Line
from .taller_order import OFFICE


class TallerOrder(models.Model):
    """An order as one visit in a history (`tools/timeline.py`)."""

    _inherit = "taller.order"

    def _get_history_entries(self, partner=None):
        """These orders as entries of a timeline, by a constant number of queries.

        :param res.partner partner: the customer who looks, with `self` as superuser; without, a member of the
            staff does, by their own rights.
        """
        labels = self._get_state_labels()
        sees_amounts = not partner and self.env.user.has_groups(OFFICE)
        entries = []
        for order in self:
            facts = [order.vehicle_id.sudo()._format_reading(order.odometer_in)] if order.odometer_in else []
            facts.append(order.shop_id.sudo().name)
            if sees_amounts and order.amount_approved:
                facts.append(formatLang(self.env, order.amount_approved, currency_obj=order.currency_id))
            is_theirs = order._is_visit_of(partner)
            entries.append(
                Entry(
                    "visit",
                    order.name,
                    status=labels[order.state],
                    text=(order.concern or "") if is_theirs else "",
                    facts=facts,
                    tone="muted" if order.state == "cancelled" else "info",
                    day=order._get_received_day(),
                    order=order.id,
                    vehicle=order.vehicle_id.sudo().display_name,
                    model=order._name if is_theirs else "",
                    res_id=order.id if is_theirs else 0,
                    lines=order._get_history_lines(partner),
                )
            )
        return entries

    def _get_history_lines(self, partner=None):
        """What belongs to the visit, in the order in which it is told. Other add-ons put in their own."""
        self.ensure_one()
        return [*self.job_ids._get_history_lines(partner), *self._get_history_findings()]

    def _get_history_findings(self):
        """What the inspections of the visit found amiss."""
        return [
            Line(
                "finding",
                finding["name"],
                status=finding["label"],
                text=finding["note"] or "",
                facts=[finding["answer"]] if finding["answer"] not in (False, finding["label"]) else [],
                tone=FINDING_TONES[finding["rating"]],
                symbol=finding["symbol"],
            )
            for finding in self._get_inspection_findings()
        ]

    def _get_received_day(self):
        """The calendar day of the reception, where the shop is."""
        self.ensure_one()
        tz = self.shop_id.sudo().tz
        return fields.Datetime.context_timestamp(self.with_context(tz=tz), self.received_at).date()

    def _is_visit_of(self, partner):
        """Whether the viewer may open the visit and read the customer's words: its customer, or staff."""
        if not partner:
            return True
        return self.partner_id.commercial_partner_id == partner.commercial_partner_id
