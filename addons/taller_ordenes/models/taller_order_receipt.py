import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_open

from ..tools.estimate_content import get_digest
from ..tools.vehicle_sketch import get_sketch, get_zone
from .taller_order import OFFICE, OPEN_STATES

MAX_NAME_LENGTH = 120
PHOTOS_A_ROW = 4


def _get_labels(model, name):
    """{value: label in the current language} of a selection field."""
    return dict(model._fields[name]._description_selection(model.env))


class TallerOrder(models.Model):
    """The reception receipt: what it says, and its signature."""

    _inherit = "taller.order"

    receipt_ids = fields.One2many(
        "taller.receipt", "order_id", string="Signed Receipts", readonly=True, groups=OFFICE
    )
    receipt_state = fields.Selection(
        [("none", "Not Signed"), ("signed", "Signed"), ("outdated", "Changed Since It Was Signed")],
        string="Receipt",
        compute="_compute_receipt_state",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("receipt_ids")
    def _compute_receipt_state(self):
        for order in self:
            latest = order.receipt_ids.sorted("id")[-1:]
            if not latest:
                order.receipt_state = "none"
            else:
                order.receipt_state = "signed" if latest.is_current else "outdated"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for order in self:
            if order.sudo().receipt_ids:
                raise UserError(
                    self.env._(
                        "%(order)s can't be deleted: its reception receipt is signed. Cancel it instead.",
                        order=order.name,
                    )
                )

    def sign_receipt(self, signed_by, signature):
        """Whoever brings the vehicle signs, on the reception's screen, what was taken down of it.

        The customer is sent the receipt. Signing twice what hasn't changed is signing once.

        :param str signed_by: the name, as entered
        :param str signature: an image, base64
        :return: id of the `taller.receipt`
        :raise UserError: the order is closed, the name or the signature is missing
        """
        self.ensure_one()
        self._begin_step(*OPEN_STATES)
        signed_by = " ".join((signed_by or "").split())
        if not signed_by or len(signed_by) > MAX_NAME_LENGTH:
            raise UserError(self.env._("Enter the name of the person who signs."))
        signature = self.env["taller.approval"]._check_signature(signature)
        receipt, is_new = self.sudo()._sign_receipt(signed_by, signature)
        if is_new:
            self._notify_customer("received")
        return receipt.id

    def _sign_receipt(self, signed_by, signature, signed_at=None):
        """Keep what is shown now as signed.

        :return: the receipt, and whether it is new
        """
        content = self._get_receipt_content()
        content_hash = get_digest(content)
        latest = self.receipt_ids.sorted("id")[-1:]
        if latest.content_hash == content_hash and latest.signed_by == signed_by:
            return latest, False
        receipt = self.env["taller.receipt"].create(
            {
                "order_id": self.id,
                "signed_by": signed_by,
                "signed_at": signed_at or fields.Datetime.now(),
                "user_id": self.env.uid,
                "signature": signature,
                "content": content,
                "content_hash": content_hash,
            }
        )
        return receipt, True

    def action_send_receipt(self):
        """Reception or supervisor send the customer the receipt, signed or not."""
        self._begin_step(*OPEN_STATES)
        self._notify_customer("received")
        return True

    def action_print_receipt(self):
        """The receipt as PDF: as it was signed last, or, if not signed or changed since, as it is now."""
        self.check_access("read")
        if not self.env.user.has_groups(OFFICE):
            raise AccessError(self.env._("Your role doesn't print this document."))
        return self.env.ref("taller_ordenes.taller_order_receipt_report").report_action(self)

    def _get_receipt_hash(self):
        return get_digest(self._get_receipt_content())

    def _get_receipt_content(self):
        """What the receipt says, as plain data; wording and labels are the template's."""
        self.ensure_one()
        order = self.sudo().with_context(lang=self._get_document_lang())
        vehicle = order.vehicle_id
        return {
            "order": order.name,
            "received_at": fields.Datetime.to_string(order.received_at),
            "promised_at": fields.Datetime.to_string(order.promised_at) if order.promised_at else "",
            "vehicle": vehicle.display_name,
            "sketch": get_sketch(vehicle.equipment_kind),
            "customer": order.partner_id.display_name,
            "owner": order.owner_id.display_name or "",
            "brought_by": order.brought_by or "",
            "brought_by_phone": order.brought_by_phone or "",
            "document_type": order.brought_by_document_type or "",
            "document": order.brought_by_document or "",
            "reading": order.odometer_in,
            "unit": order.odometer_unit or "",
            "fuel": order.fuel_level or "",
            "concern": order.concern or "",
            "belongings": order.belonging_ids.mapped("name"),
            "belongings_note": order.belongings_note or "",
            "marks": [
                {"id": mark.id, "x": mark.x, "y": mark.y, "kind": mark.kind, "note": mark.note or ""}
                for mark in order.mark_ids.sorted("id")
            ],
            "photos": order.photo_ids.filtered(lambda photo: photo.moment == "reception").sorted("id").ids,
            "deposits": [
                {
                    "date": fields.Date.to_string(payment.date),
                    "amount": payment.amount,
                    "way": payment.journal_id.name,
                }
                for payment in order._get_deposits().sorted("id")
            ],
            "terms": order.company_id.taller_reception_terms or "",
        }

    def _get_receipt_view(self, receipt):
        """What the template of the receipt needs: its content, with labels in the current language.

        :param taller.receipt receipt: as superuser, the one that is printed; empty: the order as it is now
        """
        self.ensure_one()
        order = self.sudo()
        content = receipt.content if receipt else order._get_receipt_content()
        marks = self.env["taller.order.mark"]
        places, kinds = marks._get_places(), _get_labels(marks, "kind")
        photos = self.env["taller.photo"].sudo().browse(content["photos"]).with_context(bin_size=False)
        return {
            **content,
            "promised_at": fields.Datetime.to_datetime(content["promised_at"] or False),
            "fuel_label": _get_labels(order, "fuel_level").get(content["fuel"]),
            "document_label": _get_labels(order, "brought_by_document_type").get(content["document_type"]),
            "marks": [
                {
                    **mark,
                    "number": number,
                    "label": kinds[mark["kind"]],
                    "place": places[get_zone(mark["x"], mark["y"])],
                }
                for number, mark in enumerate(content["marks"], start=1)
            ],
            "photo_rows": [
                photos[start : start + PHOTOS_A_ROW] for start in range(0, len(photos), PHOTOS_A_ROW)
            ],
            "sketch_uri": self._get_sketch_uri(content["sketch"]),
        }

    @api.model
    def _get_sketch_uri(self, name):
        """The sketch inside the document: nothing is fetched when it is printed."""
        with file_open(f"taller_ordenes/static/src/img/sketch/{name}.svg", "rb") as file:
            return f"data:image/svg+xml;base64,{base64.b64encode(file.read()).decode()}"

    def _get_receipt_pdf(self):
        """(file name, content) of the receipt, as customers get it. Slow: not in the user's transaction."""
        self.ensure_one()
        report = self.env["ir.actions.report"].sudo()
        content, _extension = report._render_qweb_pdf("taller_ordenes.taller_order_receipt_report", self.ids)
        return self._get_receipt_name(), content

    def _get_receipt_name(self):
        self.ensure_one()
        return self.env._("Receipt %(order)s", order=self.name.replace("/", "-")) + ".pdf"

    def _get_notice_attachments(self, event):
        attachments = super()._get_notice_attachments(event)
        return [*attachments, self._get_receipt_pdf()] if event == "received" else attachments
