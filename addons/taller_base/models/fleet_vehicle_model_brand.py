from odoo import api, fields, models, tools


class FleetVehicleModelBrand(models.Model):
    _inherit = "fleet.vehicle.model.brand"

    is_generic = fields.Boolean(
        readonly=True, help="Stands for a brand that is not known yet; it does not show in a vehicle's name."
    )

    @api.model
    def _find_or_create(self, names):
        """{name: brand}: “Mercedes-Benz” finds “Mercedes”, “TOYOTA” finds “Toyota”; unknown ones are made."""
        brand_by_words = {
            tuple(self._split_name(brand.name)): brand
            for brand in self.sudo().search_fetch([("is_generic", "=", False)], ["name"], order="id desc")
        }
        found = {}
        for name in names:
            words = self._split_name(name)
            found[name] = next(
                (brand for n in range(len(words), 0, -1) if (brand := brand_by_words.get(tuple(words[:n])))),
                None,
            )
        missing = [name for name, brand in found.items() if not brand]
        found.update(zip(missing, self.sudo().create([{"name": name} for name in missing]), strict=True))
        return found

    @api.model
    def _split_name(self, name):
        return tools.remove_accents(name or "").lower().replace("-", " ").split()
