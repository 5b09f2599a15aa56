from odoo import api, fields, models


class FleetVehicleModel(models.Model):
    _inherit = "fleet.vehicle.model"

    is_generic = fields.Boolean(
        readonly=True, help="Stands for a model that is not known yet; it does not show in a vehicle's name."
    )

    _generic_uniq = models.UniqueIndex("(brand_id) WHERE is_generic")

    @api.depends("is_generic")
    def _compute_display_name(self):
        super()._compute_display_name()
        for model in self.filtered("is_generic"):
            unknown = self.env._("Unknown model")
            known_brand = model.brand_id if not model.brand_id.is_generic else None
            model.display_name = f"{known_brand.name}/{unknown}" if known_brand else unknown

    def _compute_vehicle_count(self):
        """Core's own count, of the own fleet: that is what its button opens."""
        groups = self.env["fleet.vehicle"]._read_group(
            [("model_id", "in", self.ids), ("ownership", "=", "own")], ["model_id"], ["__count"]
        )
        counts = {model.id: count for model, count in groups}
        for model in self:
            model.vehicle_count = counts.get(model.id, 0)

    def action_model_vehicle(self):
        return dict(super().action_model_vehicle(), domain=[("ownership", "=", "own")])

    @api.model
    def _get_generic(self):
        """The model that stands for an unknown one of an unknown brand."""
        return self.env.ref("taller_base.fleet_vehicle_model_generic")

    @api.model
    def _get_generics(self, makes):
        """{make: the model that stands for an unknown one of that make}; makes are found or created."""
        brands = self.env["fleet.vehicle.model.brand"]._find_or_create(makes)
        brand_ids = {brand.id for brand in brands.values()}
        generics = self.sudo().search([("brand_id", "in", list(brand_ids)), ("is_generic", "=", True)])
        missing_ids = brand_ids - set(generics.brand_id.ids)
        if missing_ids:
            name = self._get_generic().sudo().name
            generics |= self.sudo().create(
                [
                    {"name": name, "brand_id": brand_id, "is_generic": True, "default_fuel_type": False}
                    for brand_id in sorted(missing_ids)
                ]
            )
        by_brand = {model.brand_id: model.sudo(False) for model in generics}
        return {make: by_brand[brand] for make, brand in brands.items()}

    @api.model
    def _search_display_name(self, operator, value):
        """Find “Toyota Hilux” and “Toyota/Hilux” too: each word in the make or the model."""
        domain = super()._search_display_name(operator, value)
        if domain is NotImplemented or operator != "ilike" or not isinstance(value, str):
            return domain
        words = value.replace("/", " ").split()
        by_words = fields.Domain.AND(
            fields.Domain("name", "ilike", word) | fields.Domain("brand_id.name", "ilike", word)
            for word in words
        )
        return fields.Domain(domain) | by_words if len(words) > 1 else domain

    @api.model
    def name_create(self, name):
        """Create “Toyota Hilux” as the model Hilux of Toyota; a single word is a model of a make not known."""
        if self.env.context.get("default_brand_id"):
            return super().name_create(name)
        make, _space, model_name = name.replace("/", " ").strip().partition(" ")
        Brand = self.env["fleet.vehicle.model.brand"]
        if model_name.strip():
            brand = Brand._find_or_create([make])[make]
        else:
            brand, model_name = self._get_generic().brand_id, make
        model = self.create({"name": model_name.strip(), "brand_id": brand.id, "default_fuel_type": False})
        return model.id, model.display_name
