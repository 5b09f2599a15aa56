from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.service_fit import get_fit
from .taller_order import OFFICE


class TallerService(models.Model):
    """A canned service (*servicio predefinido*): a job that is done often, with its labour, parts and words.

    Choosing one on a job, or `taller.order._add_services`, fills the job. What was filled is the job's own:
    changing the service afterwards changes no job.
    """

    _name = "taller.service"
    _description = "Canned Service"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(string="Service", required=True, index="trigram")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    shop_ids = fields.Many2many(
        "taller.shop",
        "taller_service_shop_rel",
        "service_id",
        "shop_id",
        string="Shops",
        check_company=True,
        help="Only these shops do it. Empty: every shop does.",
    )
    customer_text = fields.Text(
        string="For the Customer",
        help="What is done and what it is good for, as the customer reads it on the estimate.",
    )
    technician_notes = fields.Text(
        string="For the Mechanic",
        help="How it is done: torques, quantities, what to look at. The customer doesn't see this.",
    )
    line_ids = fields.One2many("taller.service.line", "service_id", string="Labour and Parts", copy=True)
    condition_ids = fields.One2many(
        "taller.service.condition",
        "service_id",
        string="Vehicles",
        copy=True,
        help="The service is for vehicles that meet one of these. None: for every vehicle.",
    )
    hours = fields.Float(
        compute="_compute_hours", help="Flat-rate hours: those of the labour lines.", compute_sudo=True
    )
    price_mode = fields.Selection(
        [("computed", "From its lines"), ("fixed", "Fixed")],
        string="Price",
        required=True,
        default="computed",
        groups=OFFICE,
    )
    fixed_price = fields.Monetary(
        groups=OFFICE,
        help="What the customer pays in total, taxes included. It is spread over the lines in proportion to "
        "their own prices.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, ondelete="restrict"
    )
    fits_vehicle_id = fields.Many2one(
        "fleet.vehicle",
        store=False,
        search="_search_fits_vehicle_id",
        help="Only for searching: the services for a vehicle.",
    )

    _fixed_price_positive = models.Constraint("CHECK(fixed_price >= 0)", "A price can't be negative.")

    @api.depends("line_ids.kind", "line_ids.quantity")
    def _compute_hours(self):
        hour = self.env.ref("uom.product_uom_hour")
        for service in self:
            labour = service.line_ids.filtered(lambda line: line.kind == "labour")
            service.hours = sum(line._get_hours(hour) for line in labour)

    def _search_fits_vehicle_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        vehicles = self.env["fleet.vehicle"].search([("id", "in", list(value))])
        services = self.env[self._name].search(Domain.TRUE)
        fitting = self.browse().union(*(services._filter_fitting(vehicle) for vehicle in vehicles))
        return Domain("id", "in", fitting.ids)

    @api.constrains("price_mode", "line_ids")
    def _check_fixed_price_has_lines(self):
        for service in self.filtered(lambda service: service.price_mode == "fixed"):
            if not service.line_ids:
                raise ValidationError(
                    self.env._(
                        "“%(service)s” has a fixed price, but nothing it is the price of. Add labour or parts.",
                        service=service.name,
                    )
                )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for service, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%(service)s (copy)", service=service.name)
        return vals_list

    def _filter_fitting(self, vehicle):
        """The services for this vehicle, the most particular first; a constant number of queries."""
        traits = vehicle._get_service_traits()
        fits = {
            service: fit
            for service in self
            if (fit := get_fit([c._get_condition() for c in service.sudo().condition_ids], traits))
            is not None
        }
        return self.browse(service.id for service in sorted(fits, key=lambda service: -fits[service]))

    def _get_job_values(self):
        """Values of a new job that this service fills, its lines included."""
        self.ensure_one()
        return {
            "service_id": self.id,
            "name": self.name,
            "customer_text": self.customer_text,
            "technician_notes": self.technician_notes,
            "line_ids": [fields.Command.create(line._get_sale_line_values()) for line in self.line_ids],
        }
