from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .portal_order import may_see


class TallerDeliveryPortal(CustomerPortal):
    @http.route(
        "/my/taller/orders/<int:order_id>/delivery", type="http", auth="public", website=True, readonly=True
    )
    def taller_delivery_note(self, order_id, access_token=None, **kwargs):
        """The customer's copy of the delivery note."""
        order = request.env["taller.order"].browse(order_id).exists()
        delivery = order.sudo().delivery_ids
        if not order or not may_see(order, access_token) or not delivery:
            return request.render("taller_ordenes.portal_no_access", status=403)
        return request.make_response(
            delivery._get_pdf(),
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", http.content_disposition(delivery._get_pdf_name())),
            ],
        )
