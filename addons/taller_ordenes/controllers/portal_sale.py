from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.sale.controllers.portal import CustomerPortal


class TallerSalePortal(CustomerPortal):
    """Estimates of work orders have pages of their own: core's lists, counters and page leave them out."""

    def _prepare_quotations_domain(self, partner):
        return list(
            Domain(super()._prepare_quotations_domain(partner)) & Domain("taller_order_id", "=", False)
        )

    def _prepare_orders_domain(self, partner):
        return list(Domain(super()._prepare_orders_domain(partner)) & Domain("taller_order_id", "=", False))

    @http.route()
    def portal_order_page(self, order_id, report_type=None, access_token=None, **kwargs):
        """The link to core's page leads to ours, where each job is decided."""
        estimate = request.env["sale.order"].sudo().browse(order_id).exists()
        if estimate.taller_order_id and not report_type:
            query = {"access_token": access_token} if access_token else {}
            return request.redirect_query(estimate.access_url, query)
        return super().portal_order_page(
            order_id, report_type=report_type, access_token=access_token, **kwargs
        )
