from odoo import models
from odoo.exceptions import UserError

from .taller_order import OPEN_STATES


class ResPartner(models.Model):
    """What work orders know about a person, and what is left of it after an erasure."""

    _inherit = "res.partner"

    def _get_personal_data(self):
        data = super()._get_personal_data()
        everyone = self._get_person_and_addresses()
        section = self._get_personal_data_section
        orders = self.env["taller.order"].sudo().search([("partner_id", "in", everyone.ids)])
        data["orders"] = section(
            self.env._("Work orders"),
            orders,
            ("name", "license_plate", "received_at", "concern", "odometer_in", "state", "delivered_at"),
        )
        data["jobs"] = section(
            self.env._("Jobs"), orders.job_ids, ("order_id", "name", "cause", "correction", "state")
        )
        data["decisions"] = section(
            self.env._("Signed decisions"),
            self.env["taller.approval"].sudo().search([("partner_id", "in", everyone.ids)]),
            ("sale_order_name", "signed_by", "signed_at", "ip_address", "user_agent", "amount_accepted"),
        )
        data["waivers"] = section(
            self.env._("Waivers of written estimates"),
            orders.waiver_ids,
            ("order_id", "waived_by", "amount", "method", "statement", "waived_at"),
        )
        data["receipts"] = section(
            self.env._("Signed reception receipts"),
            orders.receipt_ids,
            ("order_id", "signed_by", "signed_at"),
        )
        data["deliveries"] = section(
            self.env._("Delivery notes"),
            orders.delivery_ids,
            ("order_name", "picked_up_by", "picked_up_document", "odometer", "delivered_at"),
        )
        return data

    def _check_erasable(self):
        orders = self.env["taller.order"].sudo()
        at_work = orders.search([("partner_id", "child_of", self.ids), ("state", "in", OPEN_STATES)])
        if at_work:
            raise UserError(
                self.env._(
                    "A vehicle of this person is still in the workshop: deliver or cancel %(orders)s first.",
                    orders=", ".join(at_work.mapped("name")),
                )
            )
        return super()._check_erasable()

    def _anonymise(self):
        """Orders forget who brought the vehicle; what was signed is the contract, and stays as signed."""
        done = super()._anonymise()
        orders = self.env["taller.order"].sudo().with_context(tracking_disable=True)
        orders = orders.search([("partner_id", "in", self.ids)])
        orders.write(
            {
                "brought_by": False,
                "brought_by_phone": False,
                "brought_by_document": False,
                "access_token": False,
            }
        )
        orders.sale_order_ids.access_token = False
        signed = self.env["taller.approval"].sudo().search_count([("partner_id", "in", self.ids)])
        if signed:
            done.append(self.env._("%(count)s signed decisions stay as proof of the contract.", count=signed))
        if receipts := len(orders.receipt_ids):
            done.append(
                self.env._(
                    "%(count)s signed reception receipts stay as proof of the contract.", count=receipts
                )
            )
        return done
