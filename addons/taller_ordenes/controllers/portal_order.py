from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.taller_order import OFFICE


def may_see(record, access_token):
    """Whether the visitor may see the record: by its token, as its customer, or as staff who see prices."""
    token = record.sudo().access_token
    # Whatever a visitor writes into the link: what isn't plain text can't be compared.
    is_text = isinstance(access_token, str) and access_token.isascii()
    if token and is_text and consteq(token, access_token):
        return True
    user = request.env.user
    if user._is_public() or not user.has_groups(f"base.group_portal,{OFFICE}"):
        return False
    try:
        record.check_access("read")
    except AccessError:
        return False
    return True


def refuse():
    """The one answer to whoever may not see something, whether it exists or not."""
    return request.render("taller_ordenes.portal_no_access", status=403)


def send_pdf(report, records, name):
    """Print the records' report as superuser, for a visitor who has been checked to be their customer.

    A token's visitor is nobody, with no language and no company: the record's are taken.
    """
    reports = request.env["ir.actions.report"].sudo().with_company(records.company_id[:1])
    pdf, _extension = reports._render_qweb_pdf(report, records.ids)
    return request.make_response(
        pdf,
        headers=[
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(pdf)),
            ("Content-Disposition", http.content_disposition(f"{name.replace('/', '-')}.pdf")),
        ],
    )


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

    def _get_taller_order(self, order_id, access_token):
        """The order, as superuser, if the visitor may see it; else nothing."""
        order = request.env["taller.order"].browse(order_id).exists()
        return order.sudo() if order and may_see(order, access_token) else request.env["taller.order"]

    @http.route(
        ["/my/taller/orders", "/my/taller/orders/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def taller_orders(self, page=1, **kwargs):
        """The signed-in customer's work orders: those that wait for a decision, then the newest."""
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
            "orders": orders.sorted(lambda order: not order._get_portal_estimate()),
            "page_name": "taller_orders",
            "default_url": "/my/taller/orders",
            "pager": pager,
        }
        return request.render("taller_ordenes.portal_my_orders", values)

    # Not read-only: the links to estimates and invoices may need their tokens made.
    @http.route("/my/taller/orders/<int:order_id>", type="http", auth="public", website=True)
    def taller_order(self, order_id, access_token=None, **kwargs):
        """One work order with its live state."""
        order = self._get_taller_order(order_id, access_token)
        if not order:
            return refuse()
        job_states = request.env["taller.job"]._fields["state"]
        values = {
            "order": order,
            "access_token": access_token,
            "steps": order._get_portal_steps(),
            "job_state_labels": dict(job_states._description_selection(request.env)),
            "jobs": order._get_portal_jobs(),
            "estimate": order._get_portal_estimate(),
            "estimates": order._get_portal_estimates(),
            "invoices": order.invoice_ids.filtered(lambda move: move.state == "posted"),
            "findings": order._get_inspection_findings(ratings=None),
            "photos": order.photo_ids.filtered("shown_to_customer"),
            "documents": order._get_portal_documents(),
            "digest": order._get_portal_digest(),
            "is_public": request.env.user._is_public(),
            "page_name": "taller_order",
        }
        values = self._get_page_view_values(
            order, access_token, values, "my_taller_orders_history", False, **kwargs
        )
        return request.render("taller_ordenes.portal_order", values)

    @http.route(
        "/my/taller/orders/<int:order_id>/digest", type="jsonrpc", auth="public", website=True, readonly=True
    )
    def taller_order_digest(self, order_id, access_token=None):
        """What the open page asks now and then: another answer than its own means that there is news."""
        order = self._get_taller_order(order_id, access_token)
        return {"digest": order._get_portal_digest()} if order else {}

    @http.route(
        "/my/taller/orders/<int:order_id>/receipt", type="http", auth="public", website=True, readonly=True
    )
    def taller_order_receipt(self, order_id, access_token=None, **kwargs):
        """The reception receipt of one's own order, as PDF."""
        order = self._get_taller_order(order_id, access_token)
        if not order:
            return refuse()
        name, content = order._get_receipt_pdf()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", http.content_disposition(name, disposition_type="inline")),
            ],
        )

    @http.route(
        "/my/taller/orders/<int:order_id>/documents/<string:key>", type="http", auth="public", website=True
    )
    def taller_order_document(self, order_id, key, access_token=None, **kwargs):
        """One of the order's documents as PDF."""
        order = self._get_taller_order(order_id, access_token)
        document = next(
            (document for document in order and order._get_portal_documents() if document["key"] == key), None
        )
        if not document:
            return refuse()
        return send_pdf(document["report"], order, f"{document['label']} {order.name}")
