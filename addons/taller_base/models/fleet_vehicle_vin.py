from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import vin
from .fleet_vehicle import KINDS_WITHOUT_FORMAT


class FleetVehicle(models.Model):
    """The chassis number: checked, and read for the make and the model year."""

    _inherit = "fleet.vehicle"

    vin_sn = fields.Char(index="trigram")
    is_vin_exempt = fields.Boolean(
        string="Not a VIN",
        help="The chassis number follows no VIN rules: older than 1981, made for Japan, or a serial number.",
    )
    vin_hint = fields.Char(compute="_compute_vin_hint")

    @api.depends("vin_sn", "model_year", "equipment_kind", "is_vin_exempt", "ownership")
    def _compute_vin_hint(self):
        for vehicle in self:
            vehicle.vin_hint = vehicle._get_vin_hint()

    @api.constrains("ownership", "vin_sn", "equipment_kind", "is_vin_exempt")
    def _check_vin(self):
        for vehicle in self.filtered(lambda vehicle: vehicle._has_vin()):
            if error := vin.find_error(vehicle.vin_sn):
                raise ValidationError(vehicle._explain_vin_error(error))

    @api.onchange("vin_sn", "equipment_kind", "is_vin_exempt")
    def _onchange_vin_sn(self):
        self.update(self._get_vin_values())

    @api.model_create_multi
    def create(self, vals_list):
        self._complete_from_vin(
            [
                vals
                for vals in vals_list
                if self._is_customers(vals)
                and not vals.get("is_vin_exempt")
                and vals.get("equipment_kind") not in KINDS_WITHOUT_FORMAT
            ]
        )
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("vin_sn"):
            for vehicle in self:
                if values := vehicle._get_vin_values():
                    vehicle.write(values)
        return result

    def _has_vin(self):
        """Whether the vehicle's chassis number is to follow the rules of a VIN."""
        self.ensure_one()
        return (
            self.ownership == "customer"
            and self.vin_sn
            and not self.is_vin_exempt
            and self.equipment_kind not in KINDS_WITHOUT_FORMAT
        )

    def _explain_vin_error(self, error):
        self.ensure_one()
        values = {"number": self.vin_sn}
        remedy = self.env._("Correct it or, if the vehicle has no VIN, tick “Not a VIN”.")
        if error == vin.LENGTH:
            what = self.env._(
                "%(number)s has %(length)s characters; a VIN has 17.", length=len(self.vin_sn), **values
            )
        elif error == vin.LETTERS:
            what = self.env._(
                "%(number)s is no VIN: only digits and letters without I, O and Q are allowed.", **values
            )
        else:
            what = self.env._(
                "%(number)s has a slip: its check digit, in the ninth place, does not fit the others.",
                **values,
            )
        return f"{what} {remedy}"

    def _get_vin_hint(self):
        """What reception should know of the VIN, though it stops nothing; or False."""
        self.ensure_one()
        if not self._has_vin():
            return False
        if error := vin.find_error(self.vin_sn):
            return self._explain_vin_error(error)
        facts = vin.decode(self.vin_sn, fields.Date.today().year)
        if facts.other_years and self.model_year == str(facts.year):
            return self.env._(
                "By its VIN the model year is %(year)s; the same code stood for %(other)s too.",
                year=facts.year,
                other=facts.other_years[0],
            )
        if facts.year and self.model_year and int(self.model_year) not in (facts.year, *facts.other_years):
            return self.env._("By its VIN the model year is %(year)s.", year=facts.year)
        if not vin.has_valid_check_digit(self.vin_sn):
            return self.env._(
                "The VIN's check digit does not fit. Outside North America that is common; read it again."
            )
        return False

    def _get_vin_values(self):
        """What the VIN tells of make and year, for the fields of the vehicle that are not filled yet."""
        self.ensure_one()
        if not self._has_vin():
            return {}
        known = {
            "vin_sn": self.vin_sn,
            "model_id": not self.model_id.is_generic and self.model_id.id,
            "model_year": self.model_year,
        }
        completed = dict(known)
        self._complete_from_vin([completed])
        return {name: value for name, value in completed.items() if value != known[name]}

    @api.model
    def _complete_from_vin(self, vals_list):
        """Put make and model year, as their VIN tells them, into values that lack them."""
        this_year = fields.Date.today().year
        facts_list = [vin.decode(vals.get("vin_sn"), this_year) for vals in vals_list]
        makes = {
            facts.make
            for vals, facts in zip(vals_list, facts_list, strict=True)
            if facts.make and not vals.get("model_id")
        }
        generics = self.env["fleet.vehicle.model"]._get_generics(sorted(makes)) if makes else {}
        years = self._fields["model_year"].get_values(self.env)
        for vals, facts in zip(vals_list, facts_list, strict=True):
            if facts.make and not vals.get("model_id"):
                vals["model_id"] = generics[facts.make].id
            if not vals.get("model_year") and str(facts.year) in years:
                vals["model_year"] = str(facts.year)
