from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

MAX_TEXT = 1000
CONTACT_ACTIVITY = "taller_ordenes.mail_activity_type_contact"


class FleetVehicle(models.Model):
    """What a customer's page of a vehicle shows and does. The controller has checked whose it is: `self` is sudo."""

    _inherit = "fleet.vehicle"

    def _get_portal_last_visits(self, partner):
        """{vehicle id: the day of the last visit the customer may know of}, by a constant number of queries."""
        visits = self.env["taller.order"]._read_group(
            [("vehicle_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["vehicle_id"],
            ["id:max"],
        )
        last = self.env["taller.order"].browse(order_id for _vehicle, order_id in visits)
        return {
            order.vehicle_id.id: order._get_received_day()
            for order in last
            if order.vehicle_id.with_prefetch(self._prefetch_ids)._is_visible_visit(order, partner)
        }

    def _get_portal_due_work(self, partner):
        """What is due, without what an earlier owner was offered; see `_get_due_work`.

        :return: {vehicle: [item, …]}; the items have a `reading` too, the `odometer` in words
        """
        jobs = self.env["taller.job"]
        due_work = {}
        for vehicle, items in self._get_due_work().items():
            due_work[vehicle] = [
                {**item, "reading": vehicle._format_reading(item["odometer"]) if item["odometer"] else ""}
                for item in items
                if item["res_model"] != jobs._name
                or vehicle._is_visible_visit(jobs.browse(item["res_id"]).order_id, partner)
            ]
        return due_work

    def _get_contact_request(self, partner):
        """The customer's request for an appointment or a call that nobody has dealt with yet."""
        self.ensure_one()
        requests = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("activity_type_id", "=", self.env.ref(CONTACT_ACTIVITY).id),
            ],
            order="id desc",
        )
        return requests.filtered(lambda activity: activity.create_uid.partner_id == partner)[:1]

    def _request_contact(self, partner, kind, text):
        """The customer asks the shop for an appointment or a call: one to-do for the shop, however often.

        :param str kind: "appointment" or "call"
        :param str text: what for, and when it suits; may be empty for a call
        :raise UserError: with a sentence for the customer
        """
        self.ensure_one()
        summaries = {
            "appointment": self.env._("%(customer)s asks for an appointment", customer=partner.name),
            "call": self.env._("%(customer)s asks for a call", customer=partner.name),
        }
        if kind not in summaries:
            raise UserError(self.env._("Choose whether you want an appointment or a call."))
        text = text.strip() if isinstance(text, str) else ""
        if kind == "appointment" and not text:
            raise UserError(self.env._("Please write what it is about, and which days suit you."))
        if len(text) > MAX_TEXT:
            raise UserError(self.env._("Please say it in at most %(number)s characters.", number=MAX_TEXT))
        values = {
            "summary": summaries[kind],
            "note": plaintext2html("\n".join(filter(None, (text, partner.phone)))),
            "date_deadline": fields.Date.context_today(self),
        }
        pending = self._get_contact_request(partner)
        if pending:
            pending.write(values)
            return pending
        return self.activity_schedule(CONTACT_ACTIVITY, user_id=self._get_contact_user().id, **values)

    def _get_contact_user(self):
        """Who deals with what the customer asks: the adviser of the last visit, else who runs the shop."""
        self.ensure_one()
        visit = self.env["taller.order"].search(
            [("vehicle_id", "=", self.id)], order="received_at desc", limit=1
        )
        shop = visit.shop_id or self.env["taller.shop"].search(
            [("company_id", "in", (self.company_id or self.env.company).ids)], limit=1
        )
        people = visit.user_id | shop.supervisor_ids | self.env.user._get_taller_administrators().sudo()
        return people.filtered(lambda user: user.active and not user.share)[:1]
