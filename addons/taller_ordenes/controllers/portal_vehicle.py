from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.taller_base.controllers.portal_vehicle import VehiclePortal

from .portal_order import send_pdf


class TallerVehiclePortal(VehiclePortal):
    """The history of the customer's vehicles, what is due on them, and a way to ask for an appointment."""

    def _get_portal_vehicle(self, vehicle_id):
        """The vehicle, as superuser, if it is the signed-in customer's; else nothing."""
        vehicles = request.env["fleet.vehicle"]
        try:
            self._document_check_access("fleet.vehicle", vehicle_id)
        except (AccessError, MissingError):
            return vehicles
        domain = self._get_vehicles_domain() & Domain("id", "=", vehicle_id)
        return vehicles.with_context(active_test=False).search(domain).sudo()

    def _prepare_vehicles_values(self, vehicles):
        partner = request.env.user.partner_id
        return {
            **super()._prepare_vehicles_values(vehicles),
            "last_visits": vehicles.sudo()._get_portal_last_visits(partner),
            "due_work": vehicles.sudo()._get_portal_due_work(partner),
        }

    def _prepare_vehicle_values(self, vehicle):
        partner = request.env.user.partner_id
        return {
            **super()._prepare_vehicle_values(vehicle),
            "history": vehicle.sudo()._get_history(partner),
            "due_work": vehicle.sudo()._get_portal_due_work(partner)[vehicle.sudo()],
            "contact_request": vehicle.sudo()._get_contact_request(partner),
        }

    @http.route("/my/vehicles/<int:vehicle_id>/history", type="http", auth="user", website=True)
    def portal_my_vehicle_history(self, vehicle_id, **_kw):
        """The history, as far as it is the customer's, as PDF."""
        vehicle = self._get_portal_vehicle(vehicle_id)
        if not vehicle:
            return request.redirect("/my/vehicles")
        return send_pdf("taller_ordenes.fleet_vehicle_history_report", vehicle, vehicle.display_name)

    @http.route(
        "/my/vehicles/<int:vehicle_id>/contact", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_my_vehicle_contact(self, vehicle_id, kind=None, text=None, **_kw):
        """The customer asks for an appointment or a call."""
        vehicle = self._get_portal_vehicle(vehicle_id)
        if not vehicle:
            return request.redirect("/my/vehicles")
        try:
            vehicle._request_contact(request.env.user.partner_id, kind, text)
        except UserError as error:
            values = {
                **self._prepare_vehicle_values(vehicle),
                "contact_error": str(error),
                "contact_text": text,
            }
            return request.render("taller_base.portal_my_vehicle", values)
        return request.redirect(f"/my/vehicles/{vehicle.id}#contact")
