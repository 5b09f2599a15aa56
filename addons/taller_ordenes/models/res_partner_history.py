from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import format_date, formatLang

from ..tools.timeline import newest_first
from .taller_order import OFFICE


class ResPartner(models.Model):
    """A customer's visits with all vehicles, as a timeline for those who see amounts."""

    _inherit = "res.partner"

    def get_history(self):
        """The customer's timeline, of the shops within the user's reach; for reception, managers and accounting.

        :return: title, facts, kinds and entries; see `taller.history`
        :raise AccessError: the user sees no amounts, or not this customer
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_groups(OFFICE):
            raise AccessError(self.env._("Reception, managers and accounting read a customer's history."))
        orders = self._get_history_orders()
        entries = newest_first(orders._get_history_entries())
        facts = [
            (self.env._("Vehicles"), str(len(orders.vehicle_id | self.sudo().vehicle_ids))),
            (self.env._("Visits"), str(len(orders))),
        ]
        currency = self.env.company.currency_id
        approved = sum(
            order.currency_id._convert(order.amount_approved, currency, order.company_id)
            for order in orders
            if order.state != "cancelled"
        )
        if approved:
            facts.append((self.env._("Approved"), formatLang(self.env, approved, currency_obj=currency)))
        if entries:
            facts.append((self.env._("Last visit"), format_date(self.env, entries[0].day)))
        return self.env["taller.history"]._as_answer(
            self.display_name, facts, entries, report="taller_ordenes.res_partner_history_report"
        )

    def _get_history_orders(self):
        """What the customer, and the people of the customer's company, ordered."""
        return self.env["taller.order"].search(
            [("partner_id", "child_of", self.ids)], order="received_at desc, id desc"
        )
