from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import lookup, meter, nit
from ..tools.plate import plate_key


class FleetVehicle(models.Model):
    """Customers' vehicles from a spreadsheet."""

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "taller.import.mixin"]

    _import_words = {
        "equipment_kind": {
            "auto": "car",
            "automóvil": "car",
            "carro": "car",
            "moto": "motorcycle",
            "motocicleta": "motorcycle",
            "camión": "truck",
            "autobús": "bus",
            "maquinaria": "machinery",
            "maquinaria pesada": "machinery",
            "otro": "other",
        },
        "odometer_unit": {"kilómetros": "kilometers", "millas": "miles", "hora": "hours", "horas": "hours"},
    }

    @api.model
    def get_import_templates(self):
        # One only, as for customers: see res_partner_import.py.
        if not self._is_customers({}):
            return super().get_import_templates()
        return [
            {
                "label": self.env._("Import Template for Customers' Vehicles"),
                "template": "/taller_base/static/xls/vehiculos.xlsx",
            }
        ]

    @api.model
    def _prepare_import(self, table):
        super()._prepare_import(table)
        # Only customers' vehicles have an owner.
        if not self._is_customers({}) and not table.has("owner_id"):
            return
        for values in table.values:
            values.update(ownership="customer", company_id=self.env.company.id)
        self._take_import_selection(table, "equipment_kind")
        self._take_import_selection(table, "odometer_unit")
        self._take_import_years(table)
        self._take_import_identifiers(table)
        self._take_import_readings(table)
        self._take_import_owners(table)
        self._check_import_repeats(table)
        self._take_import_models(table)

    @api.model
    def _take_import_years(self, table):
        years = self._fields["model_year"].get_values(self.env)
        for index, year in enumerate(table.take("model_year")):
            if not year:
                continue
            if year in years:
                table.values[index]["model_year"] = year
            else:
                table.reject(
                    index,
                    self.env._(
                        "“%(year)s” is no model year: it goes from %(first)s to %(last)s.",
                        year=year,
                        first=min(years),
                        last=max(years),
                    ),
                )

    @api.model
    def _take_import_identifiers(self, table):
        """Put plate and chassis number to the checks that they face in the form."""
        plates, numbers = table.take("license_plate"), table.take("vin_sn")
        exempt = table.has("is_vin_exempt")
        for index, (plate, number) in enumerate(zip(plates, numbers, strict=True)):
            values = table.values[index]
            values.update({"license_plate": plate or False, "vin_sn": number or False})
            self._normalize_identifiers(values)
            vehicle = self.new(values)
            try:
                vehicle._check_identifier()
                vehicle._check_plate()
                if not exempt:
                    vehicle._check_vin()
            except ValidationError as error:
                table.reject(index, str(error))

    @api.model
    def _take_import_readings(self, table):
        today = fields.Date.context_today(self)
        for index, cell in enumerate(table.take("odometer")):
            if not cell:
                continue
            try:
                value = float(cell)
            except ValueError:
                table.reject(index, self.env._("“%(cell)s” is no reading of a meter.", cell=cell))
                continue
            values = table.values[index]
            unit = values.get("odometer_unit") or (
                "hours" if values.get("equipment_kind") == "machinery" else "kilometers"
            )
            if meter.find_problem(meter.Reading(value, today), unit=unit):
                table.reject(
                    index, self.env._("%(cell)s cannot be what the vehicle's meter shows.", cell=cell)
                )
            else:
                values["odometer"] = value

    @api.model
    def _take_import_owners(self, table):
        """Find the owners by tax id, or by name whatever its case and accents."""
        cells = table.take("owner_id")
        wanted = {cell for cell in cells if cell}
        if not wanted:
            return
        Partner = self.env["res.partner"]
        domain = [*Partner._check_company_domain(self.env.company), ("parent_id", "=", False)]
        by_tax_id, by_name = {}, {}
        tax_ids = {nit.normalise(cell) for cell in wanted}
        for partner in Partner.search_fetch([("vat", "in", list(tax_ids)), *domain], ["vat"]):
            by_tax_id.setdefault(partner.vat, []).append(partner)
        by_tax_id.pop(nit.FINAL_CONSUMER, None)
        customers = Partner.search_fetch([("customer_rank", ">", 0), *domain], ["name"], order="id")
        for partner in customers:
            by_name.setdefault(lookup.plain(partner.name), []).append(partner)
        for index, cell in enumerate(cells):
            if not cell:
                continue
            owners = by_tax_id.get(nit.normalise(cell)) or by_name.get(lookup.plain(cell)) or []
            if len(owners) == 1:
                table.values[index]["owner_id"] = owners[0].id
            elif owners:
                table.reject(
                    index,
                    self.env._(
                        "%(count)s customers are called “%(cell)s”: write the owner's tax id.",
                        count=len(owners),
                        cell=cell,
                    ),
                )
            else:
                table.reject(
                    index,
                    self.env._(
                        "No customer has the name or tax id “%(cell)s”. Import the customers first.",
                        cell=cell,
                    ),
                )

    @api.model
    def _check_import_repeats(self, table):
        """Name the vehicles that are registered already or twice in the file, by plate or chassis number."""
        is_update = table.has("id") or table.has(".id")
        plates = [values.get("license_plate") for values in table.values]
        self._check_import_plates(table, plates, is_update)
        numbers = [values.get("vin_sn") for values in table.values]
        if not is_update:
            known = self._search_customers_vehicles("vin_sn", numbers)
            for index in table.right():
                if numbers[index] in known:
                    table.reject(
                        index,
                        self.env._(
                            "The vehicle with the chassis number %(number)s is registered already.",
                            number=numbers[index],
                        ),
                    )
        for index, first in table.repeated(numbers).items():
            table.reject(
                index,
                self.env._("The chassis number %(number)s is twice in the file.", number=numbers[index]),
                same_as=first,
            )

    @api.model
    def _check_import_plates(self, table, plates, is_update):
        keys = [plate_key(plate) for plate in plates]
        if not is_update:
            known = self._search_customers_vehicles("plate_key", keys)
            for index in table.right():
                if keys[index] in known:
                    table.reject(
                        index, self.env._("The plate %(plate)s is registered already.", plate=plates[index])
                    )
        for index, first in table.repeated(keys).items():
            table.reject(
                index,
                self.env._("The plate %(plate)s is twice in the file.", plate=plates[index]),
                same_as=first,
            )

    @api.model
    def _search_customers_vehicles(self, field, values):
        """Those of the values that vehicles of the company's customers have already."""
        wanted = list(set(filter(None, values)))
        vehicles = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("ownership", "=", "customer"),
                    (field, "in", wanted),
                    ("company_id", "in", [self.env.company.id, False]),
                ],
                [field],
            )
        )
        return set(vehicles.mapped(field))

    @api.model
    def _take_import_models(self, table):
        """Find or create make and model of the right rows; a make alone stands for a model not known."""
        makes, names = table.take("brand_id"), table.take("model_id")
        pairs = {}
        for index in table.right():
            make, name = makes[index], names[index]
            if name and not make:  # “Toyota Hilux” in one column
                make, _space, name = name.replace("/", " ").partition(" ")
            if make:
                pairs[index] = (make, name.strip())
        if not pairs:
            return
        models_by_pair = self._find_or_create_import_models(set(pairs.values()))
        for index, pair in pairs.items():
            table.values[index]["model_id"] = models_by_pair[pair].id

    @api.model
    def _find_or_create_import_models(self, pairs):
        """{(make, name): model}: an empty name is the make's unknown model; case and accents do not count."""
        Model = self.env["fleet.vehicle.model"]
        spelling = {lookup.plain(make): make for make, _name in sorted(pairs)}
        brands = self.env["fleet.vehicle.model.brand"]._find_or_create(sorted(spelling.values()))
        generics = Model._get_generics(
            sorted({spelling[lookup.plain(make)] for make, name in pairs if not name})
        )
        brand_ids = [brand.id for brand in brands.values()]
        found = {
            (model.brand_id.id, lookup.plain(model.name)): model
            for model in Model.sudo().search_fetch(
                [("brand_id", "in", brand_ids), ("is_generic", "=", False)],
                ["brand_id", "name"],
                order="id desc",
            )
        }
        missing = {}
        for make, name in sorted(pairs):
            key = (brands[spelling[lookup.plain(make)]].id, lookup.plain(name))
            if name and key not in found:
                missing.setdefault(key, {"brand_id": key[0], "name": name, "default_fuel_type": False})
        found.update(zip(missing, Model.sudo().create(list(missing.values())), strict=True))
        return {
            (make, name): found[brands[spelling[lookup.plain(make)]].id, lookup.plain(name)]
            if name
            else generics[spelling[lookup.plain(make)]]
            for make, name in pairs
        }
