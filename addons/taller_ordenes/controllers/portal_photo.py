from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .portal_order import may_see

# A photo never changes.
CACHED_FOR = 24 * 60 * 60


class TallerPhotoPortal(CustomerPortal):
    @http.route(
        "/my/taller/orders/<int:order_id>/photos/<int:photo_id>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def taller_photo(self, order_id, photo_id, access_token=None, full=None, **kwargs):
        """A photo of the order that was taken for the customer's eyes, by the order's or an estimate's token."""
        order = request.env["taller.order"].browse(order_id).exists()
        photo = request.env["taller.photo"].sudo().browse(photo_id).exists()
        if (
            not order
            or photo.order_id.id != order.id
            or not photo.shown_to_customer
            or not self._may_see_photos(order, access_token)
        ):
            return request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(photo, "image" if full else "image_512")
        response = stream.get_response(max_age=CACHED_FOR)
        response.headers["Cache-Control"] = f"private, max-age={CACHED_FOR}"
        return response

    def _may_see_photos(self, order, access_token):
        if may_see(order, access_token):
            return True
        sent = order.sudo().sale_order_ids.filtered("taller_sent_at")
        return bool(access_token) and any(may_see(estimate.sudo(False), access_token) for estimate in sent)
