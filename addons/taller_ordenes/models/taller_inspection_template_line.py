from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.rating import Limits, make_code

RATINGS = [("green", "Green"), ("amber", "Amber"), ("red", "Red")]
ITEM_TYPES = [
    ("condition", "Condition"),
    ("measurement", "Measurement"),
    ("choice", "Choice"),
    ("text", "Text"),
]
WORSE = [("lower", "Lower is worse"), ("higher", "Higher is worse"), ("outside", "Outside is worse")]
PHOTO_POLICIES = [("optional", "Optional"), ("defect", "With amber and red"), ("always", "Always")]
LIMIT_FIELDS = ("worse", "green_from", "amber_from", "green_to", "amber_to")
# What an inspection copies from the item when it starts.
SNAPSHOT_FIELDS = (
    *LIMIT_FIELDS,
    "code",
    "instruction",
    "is_required",
    "item_type",
    "name",
    "photo_policy",
    "unit",
)


class TallerInspectionTemplateLine(models.Model):
    """An item to look at, or the title of a section (`display_type`).

    `code` says that an item is the same as that of another template or an earlier inspection, whatever
    its name became: by it findings are carried forward.
    """

    _name = "taller.inspection.template.line"
    _description = "Inspection Template Item"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("taller.inspection.template", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    display_type = fields.Selection([("line_section", "Section")])
    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        help="What the item is called in every version of the template; findings of the last inspection are "
        "carried forward by it. Starts as the name.",
    )
    item_type = fields.Selection(ITEM_TYPES, string="Type", required=True, default="condition")
    instruction = fields.Char(string="How to Check", translate=True)
    is_required = fields.Boolean(string="Required", default=True)
    photo_policy = fields.Selection(PHOTO_POLICIES, string="Photo", required=True, default="optional")
    unit = fields.Char(translate=True, help="Of the measurement: mm, V, °C, bar…")
    worse = fields.Selection(
        WORSE, string="Limits", help="Empty: the value is written down, without a colour."
    )
    green_from = fields.Float(digits=(16, 3))
    amber_from = fields.Float(digits=(16, 3))
    green_to = fields.Float(string="Green Up To", digits=(16, 3))
    amber_to = fields.Float(string="Amber Up To", digits=(16, 3))
    choice_ids = fields.One2many("taller.inspection.template.choice", "line_id", string="Choices", copy=True)

    service_ids = fields.Many2many(
        "taller.service",
        "taller_inspection_template_line_service_rel",
        "line_id",
        "service_id",
        string="Services",
        help="What is suggested when the item is amber or red: the first of these that is for the vehicle.",
    )

    _code_uniq = models.UniqueIndex(
        "(template_id, code) WHERE code IS NOT NULL",
        "Two items of a template can't have the same code.",
    )

    @api.constrains(*LIMIT_FIELDS)
    def _check_limits(self):
        for line in self:
            if not line._get_limits().is_ordered():
                raise ValidationError(
                    self.env._(
                        "“%(item)s”: the limits contradict each other. Amber has to reach further than green.",
                        item=line.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._fill_codes()
        return lines

    def _fill_codes(self):
        """Give items without a code one made of their name, unlike the others of the template."""
        nameless = self.filtered(lambda line: not line.display_type and not line.code)
        taken = {
            template: set(template.line_ids.filtered("code").mapped("code"))
            for template in nameless.template_id
        }
        for line in nameless:
            stem = make_code(line.name) or "item"
            code, number = stem, 1
            while code in taken[line.template_id]:
                number += 1
                code = f"{stem}_{number}"
            taken[line.template_id].add(code)
            line.code = code

    def _get_limits(self):
        self.ensure_one()
        return Limits(self.worse or "", *(self[name] for name in LIMIT_FIELDS[1:]))

    def _get_suggested_services(self, orders):
        """{(order id, code): id of the service to suggest for a defect of the item}.

        The item's first service that the order's shop does and that is for the vehicle; a constant number
        of queries.
        """
        # One by another company is no suggestion, and not everybody who starts an inspection sees prices.
        services = self.sudo().service_ids.filtered("active")
        suggested = {}
        for order in orders.sudo():
            done_here = services.filtered(
                lambda service, order=order: service.company_id.id in (False, order.company_id.id)
                and (not service.shop_ids or order.shop_id in service.shop_ids)
            )
            fitting = done_here._filter_fitting(order.vehicle_id)
            for line in self.sudo():
                if service := fitting.filtered(lambda service, line=line: service in line.service_ids)[:1]:
                    suggested[order.id, line.code] = service.id
        return suggested

    def _get_snapshot_values_list(self):
        """Of the inspection's items, in order, each with the name of its section."""
        values_list, section = [], ""
        for line in self:
            if line.display_type:
                section = line.name
                continue
            values_list.append(
                {
                    **{name: line[name] for name in SNAPSHOT_FIELDS},
                    "sequence": len(values_list) + 1,
                    "section": section,
                    "choices": [
                        {"key": str(choice.id), "name": choice.name, "rating": choice.rating}
                        for choice in line.choice_ids
                    ],
                }
            )
        return values_list


class TallerInspectionTemplateChoice(models.Model):
    """One of the answers that an item of type choice offers, and the colour it means."""

    _name = "taller.inspection.template.choice"
    _description = "Inspection Template Choice"
    _order = "line_id, sequence, id"

    line_id = fields.Many2one(
        "taller.inspection.template.line", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    rating = fields.Selection(RATINGS, string="Colour", required=True, default="green")
