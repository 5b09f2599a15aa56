from odoo import fields, models


class TallerOrder(models.Model):
    """What the customer of an order is told, and who calls when no message reaches them."""

    _name = "taller.order"
    _inherit = ["taller.order", "taller.notice.mixin"]

    notice_ids = fields.One2many(
        "taller.notice",
        "res_id",
        domain=[("res_model", "=", "taller.order")],
        string="Notices",
        readonly=True,
        groups="taller_base.taller_base_group_reception",
    )

    def _on_unreachable(self, notice):
        # A customer knows what they have decided themselves.
        if notice.event == "approved" or notice.reason not in ("call", "no_address"):
            return
        notice = notice.with_context(lang=self._get_staff_lang())
        self.activity_schedule(
            "mail.mail_activity_data_call",
            summary=notice.env._("Call the customer: %(event)s", event=notice._get_event_label()),
            user_id=self.user_id.id or self.env.uid,
        )
