from odoo import api, fields, models

from .taller_order_promise import PROMISE_STATES

WARNING_TYPE = "taller_ordenes.mail_activity_type_promise"


class TallerOrder(models.Model):
    """The warning before a promise breaks, to whoever can still call the customer or add hands."""

    _inherit = "taller.order"

    promise_warned_for = fields.Datetime(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="The promised time that adviser and supervisor have been warned of: once for each.",
    )

    @api.model
    def _cron_warn_promises(self):
        """Warn once of each promised time that can't be kept as things stand; forget warnings that are settled."""
        orders = self.search([("state", "in", PROMISE_STATES), ("promised_at", "!=", False)])
        for lang, of_lang in orders.grouped(lambda order: order._get_staff_lang()).items():
            of_lang.with_context(lang=lang)._warn_of_promises()
        settled = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("activity_type_id", "=", self.env.ref(WARNING_TYPE).id),
                ("res_id", "not in", orders.ids),
            ]
        )
        settled.unlink()

    def _warn_of_promises(self):
        """Those at risk or late whose promised time nobody has been warned of yet."""
        endangered = self.filtered(
            lambda order: order.promise_state in ("at_risk", "late")
            and order.promise_warned_for != order.promised_at
        )
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": self.env.ref(WARNING_TYPE).id,
                    "res_model_id": model_id,
                    "res_id": order.id,
                    "user_id": user.id,
                    "automated": True,
                    "date_deadline": fields.Date.context_today(order, order.promised_at),
                    "summary": order._get_warning(),
                }
                for order in endangered
                for user in order._get_warned_users()
            ]
        )
        for order in endangered:
            order.promise_warned_for = order.promised_at

    def _get_warned_users(self):
        """The adviser and the shop's supervisors, as far as they still work here."""
        self.ensure_one()
        users = (self.user_id | self.shop_id.supervisor_ids).filtered(
            lambda user: user.active and not user.share
        )
        return users or self.shop_id.manager_ids.filtered("active")[:1]

    def _get_warning(self):
        self.ensure_one()
        if self.promise_state == "late":
            return self.env._(
                "%(plate)s: %(late)s. Call the customer.",
                plate=self.vehicle_id.display_name,
                late=self.promise_words,
            )
        return self.env._(
            "%(plate)s is promised for %(time)s: %(needed).1f h of work are left, and %(left).1f h to do it.",
            plate=self.vehicle_id.display_name,
            time=self.promise_words,
            needed=self.promise_hours_needed,
            left=self.promise_hours_left,
        )
