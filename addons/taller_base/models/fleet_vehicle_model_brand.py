from odoo import fields, models


class FleetVehicleModelBrand(models.Model):
    _inherit = "fleet.vehicle.model.brand"

    is_generic = fields.Boolean(
        readonly=True, help="Stands for a brand that is not known yet; it does not show in a vehicle's name."
    )
