from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from .taller_order import OFFICE


class TallerOrder(models.Model):
    """Handing the vehicle over, with a delivery note or without."""

    _inherit = "taller.order"

    delivery_ids = fields.One2many(
        "taller.delivery", "order_id", string="Delivery Notes", readonly=True, groups=OFFICE
    )

    def action_open_delivery(self):
        """Reception or supervisor: ask what the delivery note is to say, and for the signature."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("ready")
        return self._get_delivery_action()

    def _get_delivery_action(self):
        self.ensure_one()
        return {
            "name": self.env._("Deliver"),
            "type": "ir.actions.act_window",
            "res_model": "taller.order.deliver",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _deliver(self, values, replaced_parts):
        """Deliver this order with a note.

        :param dict values: of the `taller.delivery`: who picks it up, reading, fuel, signature …
        :param dict replaced_parts: {job: what became of its replaced parts}
        :raise UserError: a gate isn't met, or the reading can't be
        """
        self.ensure_one()
        self._begin_step("ready")
        for job, handling in replaced_parts.items():
            job.sudo().replaced_parts = handling
        reason = values.pop("odometer_reason", None)
        if values.get("odometer"):
            self._check_odometer_out(values["odometer"], reason)
            self.vehicle_id._record_reading(values["odometer"], reason=reason)
        values = {
            **values,
            "order_id": self.id,
            "order_name": self.name,
            "partner_id": self.partner_id.id,
            "delivered_at": fields.Datetime.now(),
            "user_id": self.env.uid,
        }
        order = self.sudo()
        order._stamp_warranty(values.get("odometer"))
        content = order.with_context(lang=self._get_document_lang())._get_delivery_content(values)
        self.env["taller.delivery"].sudo().create({**values, "content": content})
        self.invalidate_recordset(["delivery_ids"])
        self._finish_delivery()

    def _check_odometer_out(self, reading, reason):
        if reading < self.odometer_in and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "The reading at delivery, %(out)s, is less than that at reception, %(in)s. If it is right "
                    "all the same, e.g. because the meter was exchanged, write the reason.",
                    **{
                        "out": formatLang(self.env, reading, 1),
                        "in": formatLang(self.env, self.odometer_in, 1),
                    },
                )
            )

    def _get_delivery_content(self, values):
        """What the delivery note says, as plain data in the context's language."""
        self.ensure_one()
        fuel = dict(self._fields["fuel_level"]._description_selection(self.env))
        handling = dict(self.env["taller.job"]._fields["replaced_parts"]._description_selection(self.env))
        return {
            "order": self.name,
            "company": self.company_id.name,
            "shop": self.shop_id.name,
            "vehicle": self.vehicle_id.display_name,
            "customer": self.partner_id.display_name,
            "picked_up_by": values["picked_up_by"],
            "picked_up_document": values.get("picked_up_document") or "",
            "is_customer": values.get("is_customer", False),
            "odometer": values.get("odometer") or 0.0,
            "odometer_unit": self.odometer_unit,
            "fuel": fuel.get(values.get("fuel_level"), ""),
            "belongings": self._get_belongings_text(),
            "belongings_returned": values.get("belongings_returned", False),
            "note": values.get("note") or "",
            "user": self.env["res.users"].browse(values["user_id"]).name,
            "delivered_at": fields.Datetime.to_string(values["delivered_at"]),
            "jobs": [
                {
                    "name": job.name,
                    "correction": job.correction or "",
                    "replaced_parts": handling.get(job.replaced_parts, ""),
                    "warranty": job._describe_warranty(),
                }
                for job in self.job_ids.filtered(lambda job: job.state == "done")
            ],
        }

    def _get_belongings_text(self):
        """What was left in the vehicle at the reception."""
        self.ensure_one()
        names = [*self.belonging_ids.mapped("name"), self.belongings_note]
        return ", ".join(filter(None, names))

    def _finish_delivery(self):
        self._check_gates("delivered")
        self._set_state("delivered", delivered_at=fields.Datetime.now())
        self._notify_customer("delivered")

    def _get_notice_attachments(self, event):
        attachments = super()._get_notice_attachments(event)
        delivery = self.sudo().delivery_ids
        if event == "delivered" and delivery:
            attachments.append((delivery._get_pdf_name(), delivery._get_pdf()))
        return attachments
