from odoo import api, fields, models


class FleetVehicleModel(models.Model):
    _inherit = "fleet.vehicle.model"

    is_generic = fields.Boolean(
        readonly=True, help="Stands for a model that is not known yet; it does not show in a vehicle's name."
    )

    _generic_uniq = models.UniqueIndex("(brand_id) WHERE is_generic")

    @api.model
    def _get_generic(self, brand=None):
        """The model that stands for an unknown one of the brand, or of an unknown brand."""
        if not brand:
            return self.sudo().env.ref("taller_base.fleet_vehicle_model_generic").sudo(False)
        generic = self.sudo().search([("brand_id", "=", brand.id), ("is_generic", "=", True)], limit=1)
        if not generic:
            generic = self.sudo().create(
                {
                    "name": self._get_generic().sudo().name,
                    "brand_id": brand.id,
                    "is_generic": True,
                    "default_fuel_type": False,
                }
            )
        return generic.sudo(False)
