from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools import lookup
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
    make_and_model = fields.Char(string="Make and Model", compute="_compute_make_and_model")
    engine = fields.Char(help="Engine code, displacement or number, e.g. 1KD-FTV 3.0.")
    gearbox = fields.Char(help="Gearbox code or number of gears, e.g. R151F, 5 gears.")
    tyre_size = fields.Char(help="As written on the tyre, e.g. 265/65 R17.")
    description = fields.Html(groups="base.group_user")
    # Core copies the make's logo into an attachment of each vehicle; of a customer's we keep the photo.
    image_128 = fields.Image(
        related=None, compute="_compute_image_128", store=True, max_width=128, max_height=128
    )

    _plate_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), plate_key) WHERE ownership = 'customer' AND plate_key IS NOT NULL",
        "A vehicle with this plate is already registered. Search for it by its plate.",
    )
    _customer_order_idx = models.Index("(license_plate, acquisition_date) WHERE ownership = 'customer'")

    @api.depends("license_plate")
    def _compute_plate_key(self):
        for vehicle in self:
            vehicle.plate_key = plate_key(vehicle.license_plate) or False

    @api.depends("ownership", "vin_sn", "model_year", "model_id.is_generic", "model_id.brand_id.is_generic")
    def _compute_vehicle_name(self):
        customers = self.filtered(lambda vehicle: vehicle.ownership == "customer")
        super(FleetVehicle, self - customers)._compute_vehicle_name()
        for vehicle in customers:
            parts = (vehicle.license_plate or vehicle.vin_sn, vehicle._get_make_and_model())
            vehicle.name = " · ".join(part for part in parts if part)

    @api.depends("model_id", "model_year")
    def _compute_make_and_model(self):
        for vehicle in self:
            vehicle.make_and_model = vehicle.sudo()._get_make_and_model()

    @api.depends("ownership", "image_1920", "model_id.image_128")
    def _compute_image_128(self):
        for vehicle in self:
            is_customers = vehicle.ownership == "customer"
            vehicle.image_128 = vehicle.image_1920 if is_customers else vehicle.model_id.image_128

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
            # The owners' ids, not a subquery: an OR over two tables could use neither table's index.
            domain |= Domain("owner_id", "in", self._search_owners(value).ids)
        return domain

    @api.model
    def _search_owners(self, value):
        """Customers by name, telephone or tax id; not by plate, which would bring their other vehicles too."""
        domain = Domain.AND(Domain("lookup_key", "ilike", word) for word in lookup.search_words(value))
        if code := lookup.search_code(value):
            domain |= Domain("lookup_key", "ilike", code)
        return self.env["res.partner"].search(domain)

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
        self.check_access("create")  # before a taken plate tells whose it is
        customers = [vals for vals in vals_list if self._is_customers(vals)]
        for vals in customers:
            self._normalize_identifiers(vals)
            # The states are the steps of acquiring and retiring an own vehicle.
            vals.setdefault("state_id", False)
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
            self.check_access("write")
            customers._check_plates_are_free(
                (vals.get("company_id", v.company_id.id), vals.get("license_plate", v.license_plate))
                for v in customers
            )
        result = super().write(vals)
        if "company_id" in vals:
            # Rules look at what was before: nobody hands a vehicle to a company they have no access to.
            self.check_access("write")
        return result

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
            if vehicle and not vehicle.with_env(self.env).has_access("read"):
                raise ValidationError(self.env._("The plate %(plate)s is taken already.", plate=key))
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
        make = "" if self.model_id.brand_id.is_generic else self.model_id.brand_id.name
        model = "" if self.model_id.is_generic else self.model_id.name
        if make and model and model.lower().startswith(make.lower()):
            make = ""  # “Mazda 3” carries it already
        return " ".join(word for word in (make, model, self.model_year) if word)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_by_administrator(self):
        customers = self.filtered(lambda vehicle: vehicle.ownership == "customer")
        if not customers:
            return
        if not self.env.user.has_group("taller_base.taller_base_group_administrator"):
            raise AccessError(self.env._("Only an administrator may delete a vehicle. Archive it instead."))
        if documented := customers._get_documented():
            raise UserError(
                self.env._(
                    "%(vehicle)s has readings or documents, which must stay. Archive it instead.",
                    vehicle=documented[0].display_name,
                )
            )

    def _get_documented(self):
        """The vehicles with something on record, so that they may be archived but not deleted."""
        readings = self.env["fleet.vehicle.odometer"].sudo().with_context(active_test=False)
        attachments = self.env["ir.attachment"].sudo()
        read = {v.id for (v,) in readings._read_group([("vehicle_id", "in", self.ids)], ["vehicle_id"])}
        attached = attachments._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", False)],
            ["res_id"],
        )
        return self.filtered(lambda v: v.id in read or v.id in {res_id for (res_id,) in attached})

    def get_formview_id(self, access_uid=None):
        if len(self) == 1 and self.sudo().ownership == "customer":
            return self.env.ref("taller_base.fleet_vehicle_customer_view_form").id
        return super().get_formview_id(access_uid=access_uid)

    def action_open_documents(self):
        """Open the files kept with the vehicle: registration, insurance, old invoices, photos."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents"),
            "res_model": "ir.attachment",
            "view_mode": "kanban,list,form",
            "views": [
                (self.env.ref("mail.view_document_file_kanban").id, "kanban"),
                (False, "list"),
                (False, "form"),
            ],
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }
