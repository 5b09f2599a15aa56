from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

READINGS_SHOWN = 20


class VehiclePortal(CustomerPortal):
    """The customer's own vehicles in the portal. Record rules say which; here is only the showing."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "vehicle_count" in counters:
            Vehicle = request.env["fleet.vehicle"]
            values["vehicle_count"] = (
                Vehicle.search_count(self._get_vehicles_domain()) if Vehicle.has_access("read") else 0
            )
        return values

    def _get_vehicles_domain(self):
        """The vehicles of who is signed in, though the rules may let a member of the staff see more."""
        owner = request.env.user.partner_id.commercial_partner_id
        return Domain("ownership", "=", "customer") & Domain("owner_id", "child_of", owner.ids)

    def _prepare_vehicles_values(self, vehicles):
        """What the list shows; `vehicles` are the customer's."""
        return {"vehicles": vehicles.sudo()}

    def _prepare_vehicle_values(self, vehicle):
        """What the page of one vehicle shows; `vehicle` has been checked to be the customer's."""
        partner = request.env.user.partner_id
        vehicle_sudo = vehicle.sudo()
        start = vehicle_sudo._get_history_start(partner)
        domain = Domain("vehicle_id", "=", vehicle.id)
        if start:
            domain &= Domain("date", ">=", start)
        return {
            **self._prepare_portal_layout_values(),
            "page_name": "vehicle",
            "vehicle": vehicle_sudo,
            "history_start": start,
            "readings": request.env["fleet.vehicle.odometer"]
            .sudo()
            .search(domain, limit=READINGS_SHOWN, order="date desc, id desc"),
        }

    @http.route(
        ["/my/vehicles", "/my/vehicles/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_vehicles(self, page=1, **_kw):
        """The list of the customer's vehicles."""
        Vehicle = request.env["fleet.vehicle"]
        domain = self._get_vehicles_domain()
        total = Vehicle.search_count(domain) if Vehicle.has_access("read") else 0
        pager = portal_pager(url="/my/vehicles", total=total, page=page, step=self._items_per_page)
        vehicles = Vehicle.browse()
        if total:
            vehicles = Vehicle.search(domain, limit=self._items_per_page, offset=pager["offset"])
        return request.render(
            "taller_base.portal_my_vehicles",
            {
                **self._prepare_portal_layout_values(),
                **self._prepare_vehicles_values(vehicles),
                "page_name": "vehicle",
                "pager": pager,
            },
        )

    @http.route("/my/vehicles/<int:vehicle_id>", type="http", auth="user", website=True, readonly=True)
    def portal_my_vehicle(self, vehicle_id, **_kw):
        """One of the customer's vehicles; anybody else's leads back to the own ones."""
        try:
            self._document_check_access("fleet.vehicle", vehicle_id)
        except (AccessError, MissingError):
            return request.redirect("/my/vehicles")
        domain = self._get_vehicles_domain() & Domain("id", "=", vehicle_id)
        vehicle = request.env["fleet.vehicle"].with_context(active_test=False).search(domain)
        if not vehicle:
            return request.redirect("/my/vehicles")
        return request.render("taller_base.portal_my_vehicle", self._prepare_vehicle_values(vehicle))
