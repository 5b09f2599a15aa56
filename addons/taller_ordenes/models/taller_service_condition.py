from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.fleet.models.fleet_vehicle_model import FUEL_TYPES

from ..tools.service_fit import Condition

FIRST_YEAR, LAST_YEAR = 1900, 2200  # a slip of the finger lies outside


class TallerServiceCondition(models.Model):
    """Vehicles that a canned service is for: those of which all that is said here is known to be so."""

    _name = "taller.service.condition"
    _description = "Vehicles of a Canned Service"
    _order = "service_id, id"

    service_id = fields.Many2one("taller.service", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="service_id.company_id")
    equipment_kind = fields.Selection(
        lambda self: self.env["fleet.vehicle"]._fields["equipment_kind"]._description_selection(self.env),
        string="Kind",
    )
    brand_id = fields.Many2one("fleet.vehicle.model.brand", string="Make", ondelete="cascade")
    model_id = fields.Many2one(
        "fleet.vehicle.model",
        ondelete="cascade",
        domain="[('brand_id', '=?', brand_id), ('is_generic', '=', False)]",
    )
    year_from = fields.Integer(string="From Year", help="The first model year; 0: no matter.")
    year_to = fields.Integer(string="To Year", help="The last model year; 0: no matter.")
    fuel_type = fields.Selection(FUEL_TYPES, string="Fuel")

    @api.constrains("brand_id", "model_id")
    def _check_model_is_of_make(self):
        for condition in self.filtered(lambda condition: condition.brand_id and condition.model_id):
            if condition.model_id.brand_id != condition.brand_id:
                raise ValidationError(
                    self.env._(
                        "%(model)s is no model of %(make)s.",
                        model=condition.model_id.display_name,
                        make=condition.brand_id.display_name,
                    )
                )

    @api.constrains("year_from", "year_to")
    def _check_years(self):
        for condition in self:
            years = [year for year in (condition.year_from, condition.year_to) if year]
            if years != sorted(years) or any(not FIRST_YEAR <= year <= LAST_YEAR for year in years):
                raise ValidationError(
                    self.env._("The model years go from an earlier to a later one, with four digits each.")
                )

    @api.constrains(
        "service_id", "equipment_kind", "brand_id", "model_id", "year_from", "year_to", "fuel_type"
    )
    def _check_says_something(self):
        for condition in self:
            if condition._get_condition() == Condition():
                raise ValidationError(
                    self.env._(
                        "Say for which vehicles the service is, or delete the empty row: then it is for all."
                    )
                )

    @api.depends("equipment_kind", "brand_id", "model_id", "year_from", "year_to", "fuel_type")
    def _compute_display_name(self):
        kinds = dict(self._fields["equipment_kind"]._description_selection(self.env))
        fuels = dict(self._fields["fuel_type"]._description_selection(self.env))
        for condition in self:
            years = "–".join(str(year) if year else "" for year in (condition.year_from, condition.year_to))
            words = (
                kinds.get(condition.equipment_kind),
                condition.model_id.display_name or condition.brand_id.name,
                years if years != "–" else None,
                fuels.get(condition.fuel_type),
            )
            condition.display_name = " ".join(word for word in words if word)

    def _get_condition(self):
        self.ensure_one()
        return Condition(
            kind=self.equipment_kind or None,
            make=self.brand_id.id or None,
            model=self.model_id.id or None,
            year_from=self.year_from or None,
            year_to=self.year_to or None,
            fuel=self.fuel_type or None,
        )
