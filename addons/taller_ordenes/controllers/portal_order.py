from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.taller_order import OFFICE


def may_see(record, access_token):
    """Whether the visitor may see the record: by its token, as its customer, or as staff who see prices."""
    record_sudo = record.sudo()
    if access_token and record_sudo.access_token and consteq(record_sudo.access_token, access_token):
        return True
    user = request.env.user
    if user._is_public() or not user.has_groups(f"base.group_portal,{OFFICE}"):
        return False
    try:
        record.check_access("read")
    except AccessError:
        return False
    return True


class TallerOrderPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "taller_order_count" in counters:
            values["taller_order_count"] = (
                request.env["taller.order"].sudo().search_count(self._get_taller_order_domain(), limit=1)
            )
        return values

    def _get_taller_order_domain(self):
        return [("partner_id", "child_of", [request.env.user.partner_id.commercial_partner_id.id])]

    @http.route(
        ["/my/taller/orders", "/my/taller/orders/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def taller_orders(self, page=1, **kwargs):
        """The signed-in customer's work orders, the newest first."""
        orders_sudo = request.env["taller.order"].sudo()
        domain = self._get_taller_order_domain()
        pager = portal_pager(
            url="/my/taller/orders",
            total=orders_sudo.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        orders = orders_sudo.search(domain, limit=self._items_per_page, offset=pager["offset"])
        values = self._prepare_portal_layout_values()
        values |= {
            "orders": orders,
            "state_labels": request.env["taller.order"]._get_state_labels(),
            "page_name": "taller_orders",
            "default_url": "/my/taller/orders",
            "pager": pager,
        }
        return request.render("taller_ordenes.portal_my_orders", values)

    # Not read-only: the links to estimates and invoices may need their tokens made.
    @http.route("/my/taller/orders/<int:order_id>", type="http", auth="public", website=True)
    def taller_order(self, order_id, access_token=None, **kwargs):
        """One work order with its live state."""
        order = request.env["taller.order"].browse(order_id).exists()
        if not order or not may_see(order, access_token):
            return request.render("taller_ordenes.portal_no_access", status=403)
        order_sudo = order.sudo()
        values = {
            "order": order_sudo,
            "state_labels": order._get_state_labels(),
            "job_state_labels": dict(
                request.env["taller.job"]._fields["state"]._description_selection(request.env)
            ),
            "estimates": order_sudo.sale_order_ids.filtered(
                lambda estimate: estimate.taller_sent_at and not estimate.taller_declined_of_id
            ).sorted("id"),
            "invoices": order_sudo.invoice_ids.filtered(lambda move: move.state == "posted"),
            "page_name": "taller_order",
        }
        values = self._get_page_view_values(
            order_sudo, access_token, values, "my_taller_orders_history", False, **kwargs
        )
        return request.render("taller_ordenes.portal_order", values)

    @http.route("/my/taller/orders/<int:order_id>/receipt", type="http", auth="public", website=True)
    def taller_order_receipt(self, order_id, access_token=None, **kwargs):
        """The reception receipt of one's own order, as PDF."""
        order = request.env["taller.order"].browse(order_id).exists()
        if not order or not may_see(order, access_token):
            return request.render("taller_ordenes.portal_no_access", status=403)
        name, content = order.sudo()._get_receipt_pdf()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name, disposition_type="inline")),
            ],
        )
