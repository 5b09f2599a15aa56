from odoo import models

from ..tools.service_fit import Traits


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    def _get_service_traits(self):
        """What is known of the vehicle and decides which services are for it."""
        self.ensure_one()
        vehicle = self.sudo()
        model, make = vehicle.model_id, vehicle.model_id.brand_id
        return Traits(
            kind=vehicle.equipment_kind,
            make=None if make.is_generic else make.id,
            model=None if model.is_generic else model.id,
            year=int(vehicle.model_year) if vehicle.model_year else None,
            fuel=vehicle.fuel_type or None,
        )
