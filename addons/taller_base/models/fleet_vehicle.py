from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.plate import is_plate, plate_display, plate_example, plate_key

# Of these neither plate nor chassis number follows the rules of cars.
KINDS_WITHOUT_FORMAT = ("machinery", "other")


class FleetVehicle(models.Model):
    """A vehicle or machine: the workshop's own (`ownership` own, core's fleet) or a customer's.

    Files of the same model: `fleet_vehicle_owner.py` (who owns it), `fleet_vehicle_meter.py` (readings),
    `fleet_vehicle_vin.py` (chassis number).
    """

    _inherit = "fleet.vehicle"

    ownership = fields.Selection(
        [("own", "Own fleet"), ("customer", "Customer's")],
        default="own",
        required=True,
        help="Customers' vehicles are served by the workshop; the own fleet is kept in the Fleet app.",
    )
    equipment_kind = fields.Selection(
        [
            ("car", "Car"),
            ("pickup", "Pickup"),
            ("motorcycle", "Motorcycle"),
            ("truck", "Truck"),
            ("bus", "Bus"),
            ("machinery", "Heavy Machinery"),
            ("other", "Other"),
        ],
        string="Kind",
        default="car",
        required=True,
    )
    license_plate = fields.Char(index="trigram")
    plate_country_id = fields.Many2one(
        "res.country",
        string="Plate's Country",
        help="Where the plate was issued, if not in the country of the company.",
    )
    plate_key = fields.Char(
        compute="_compute_plate_key",
        store=True,
        precompute=True,
        index="trigram",
        help="The plate without spaces and dashes, by which it is found and compared.",
    )
    engine = fields.Char(help="Engine code, displacement or number, e.g. 1KD-FTV 3.0.")
    gearbox = fields.Char(help="Gearbox code or number of gears, e.g. R151F, 5 gears.")
    tyre_size = fields.Char(help="As written on the tyre, e.g. 265/65 R17.")
    description = fields.Html(groups="base.group_user")

    _plate_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), plate_key) WHERE ownership = 'customer' AND plate_key IS NOT NULL",
        "A vehicle with this plate is already registered. Search for it by its plate.",
    )
    _customer_order_idx = models.Index("(license_plate, acquisition_date) WHERE ownership = 'customer'")

    @api.depends("license_plate")
    def _compute_plate_key(self):
        for vehicle in self:
            vehicle.plate_key = plate_key(vehicle.license_plate) or False

    @api.depends("ownership", "license_plate", "vin_sn", "model_year", "model_id.brand_id.name")
    def _compute_display_name(self):
        customers = self.filtered(lambda vehicle: vehicle.ownership == "customer")
        super(FleetVehicle, self - customers)._compute_display_name()
        # The name of the model is no secret to whoever may see the vehicle, a portal customer too.
        for vehicle, vehicle_sudo in zip(customers, customers.sudo(), strict=True):
            identifier = vehicle_sudo.license_plate or vehicle_sudo.vin_sn or self.env._("No plate")
            what = vehicle_sudo._get_make_and_model()
            vehicle.display_name = f"{identifier} · {what}" if what else identifier

    @api.model
    def _search_display_name(self, operator, value):
        """Find by plate in any spelling, chassis number or its end, make and model, owner's name or phone."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        domain = Domain(super()._search_display_name(operator, value))
        if operator == "in":
            keys = [key for key in map(plate_key, filter(lambda v: isinstance(v, str), value)) if key]
            return domain | Domain("plate_key", "in", keys) | Domain("vin_sn", "in", keys)
        if not isinstance(value, str) or not value.strip():
            return domain
        if key := plate_key(value):
            domain |= Domain("plate_key", operator, key) | Domain("vin_sn", operator, key)
        if operator == "ilike":
            domain |= Domain.AND(Domain("name", "ilike", word) for word in value.split())
            domain |= Domain("owner_id", "any", self._get_owner_search_domain(value))
        return domain

    @api.model
    def _get_owner_search_domain(self, value):
        """What an owner is searched by, on `res.partner`."""
        domain = Domain("complete_name", "ilike", value)
        digits = "".join(filter(str.isdigit, value))
        if len(digits) >= 4:
            domain |= Domain("phone_sanitized", "ilike", digits)
        return domain

    @api.constrains("ownership", "license_plate", "vin_sn")
    def _check_identifier(self):
        for vehicle in self:
            if vehicle.ownership == "customer" and not vehicle.plate_key and not vehicle.vin_sn:
                raise ValidationError(
                    self.env._("Give the vehicle a plate or, if it has none, its chassis or serial number.")
                )

    @api.constrains("ownership", "license_plate", "plate_country_id", "equipment_kind")
    def _check_plate(self):
        for vehicle in self:
            if (
                vehicle.ownership != "customer"
                or not vehicle.license_plate
                or vehicle.equipment_kind in KINDS_WITHOUT_FORMAT
            ):
                continue
            country = vehicle.plate_country_id or vehicle.company_id.country_id
            if is_plate(vehicle.license_plate, country.code):
                continue
            example = plate_example(country.code)
            if example:
                raise ValidationError(
                    self.env._(
                        "%(plate)s is no plate of %(country)s, which looks like %(example)s. Correct it or, "
                        "if it was issued elsewhere, choose the plate's country.",
                        plate=vehicle.license_plate,
                        country=country.name,
                        example=example,
                    )
                )
            raise ValidationError(
                self.env._(
                    "%(plate)s is no number plate: it needs a digit and at most 15 characters.",
                    plate=vehicle.license_plate,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        customers = [vals for vals in vals_list if self._is_customers(vals)]
        for vals in customers:
            self._normalize_identifiers(vals)
        self._fill_generic_model(customers)
        self._check_plates_are_free(
            (vals.get("company_id", self.env.company.id), vals.get("license_plate")) for vals in customers
        )
        return super().create(vals_list)

    def write(self, vals):
        customers = self.filtered(lambda v: vals.get("ownership", v.ownership) == "customer")
        if customers:
            vals = dict(vals)
            customers[0]._normalize_identifiers(vals)
            if "model_id" in vals and not vals["model_id"]:
                self._fill_generic_model([vals])
        if vals.keys() & {"license_plate", "company_id", "ownership"}:
            customers._check_plates_are_free(
                (vals.get("company_id", v.company_id.id), vals.get("license_plate", v.license_plate))
                for v in customers
            )
        return super().write(vals)

    @api.model
    def name_create(self, name):
        """Create a customer's vehicle from its plate alone."""
        vehicle = self.create(
            {"license_plate": name, "ownership": self.env.context.get("default_ownership", "customer")}
        )
        return vehicle.id, vehicle.display_name

    @api.model
    def _is_customers(self, vals):
        return vals.get("ownership", self.env.context.get("default_ownership")) == "customer"

    def _normalize_identifiers(self, vals):
        """Bring plate and chassis number into their common spelling; `self` is empty or one vehicle."""
        if vals.get("license_plate"):
            country = self.env["res.country"].browse(
                vals.get("plate_country_id", self.plate_country_id.id) or []
            )
            if not country:
                company_id = vals.get("company_id", self.company_id.id if self else self.env.company.id)
                country = self.env["res.company"].browse(company_id or []).sudo().country_id
            vals["license_plate"] = plate_display(vals["license_plate"], country.code)
        if vals.get("vin_sn"):
            vals["vin_sn"] = "".join(vals["vin_sn"].upper().split())

    @api.model
    def _fill_generic_model(self, vals_list):
        """Core requires a model; of a customer's vehicle it may be learnt later."""
        nameless = [vals for vals in vals_list if not vals.get("model_id")]
        if nameless:
            generic = self.env["fleet.vehicle.model"]._get_generic()
            for vals in nameless:
                vals["model_id"] = generic.id

    def _check_plates_are_free(self, companies_and_plates):
        """Raise ValidationError, naming the vehicle that has the plate, before the database refuses it.

        :param companies_and_plates: pairs of company id and plate, of customers' vehicles to be written.
        """
        wanted = [
            (company_id or False, key)
            for company_id, plate in companies_and_plates
            if (key := plate_key(plate))
        ]
        taken = {
            (vehicle.company_id.id, vehicle.plate_key): vehicle
            for vehicle in self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("ownership", "=", "customer"),
                    ("plate_key", "in", [key for _company_id, key in wanted]),
                    ("id", "not in", self.ids),
                ]
            )
        }
        for number, (company_id, key) in enumerate(wanted):
            vehicle = taken.get((company_id, key))
            if vehicle:
                message = (
                    self.env._("The plate is taken already: %(vehicle)s, of %(owner)s.")
                    if vehicle.active
                    else self.env._(
                        "The plate is taken already: %(vehicle)s, of %(owner)s. It is archived: restore it instead."
                    )
                )
                raise ValidationError(
                    message
                    % {
                        "vehicle": vehicle.display_name,
                        "owner": vehicle.owner_id.display_name or self.env._("an unknown owner"),
                    }
                )
            if (company_id, key) in wanted[:number]:
                raise ValidationError(self.env._("The plate %(plate)s occurs twice.", plate=key))

    def _get_make_and_model(self):
        """The vehicle in words, as far as it is known: “Toyota Hilux 2015”, or an empty string."""
        self.ensure_one()
        model = self.model_id
        words = (
            model.brand_id.name if not model.brand_id.is_generic else "",
            model.name if not model.is_generic else "",
            self.model_year,
        )
        return " ".join(word for word in words if word)
