from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# One field per kind of `fleet.vehicle.equipment_kind`.
KIND_FIELDS = {
    kind: f"for_{kind}" for kind in ("car", "pickup", "motorcycle", "truck", "bus", "machinery", "other")
}


class TallerInspectionTemplate(models.Model):
    """What is looked at on a kind of equipment: a list of items in sections, and the words of its colours.

    An inspection copies all of it when it starts, so that a change here never relabels an issued one.
    `kind` tells an inspection of the vehicle from the quality check of the work.
    """

    _name = "taller.inspection.template"
    _description = "Inspection Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=10, help="Of the templates for a kind of equipment, the first is taken."
    )
    kind = fields.Selection(
        [("inspection", "Inspection"), ("quality", "Quality Check")],
        string="Used For",
        required=True,
        default="inspection",
    )
    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    for_car = fields.Boolean(string="Cars")
    for_pickup = fields.Boolean(string="Pickups")
    for_motorcycle = fields.Boolean(string="Motorcycles")
    for_truck = fields.Boolean(string="Trucks")
    for_bus = fields.Boolean(string="Buses")
    for_machinery = fields.Boolean(string="Heavy Machinery")
    for_other = fields.Boolean(string="Other Equipment")
    applies_to = fields.Char(compute="_compute_applies_to", help="The kinds of equipment it is for.")
    green_label = fields.Char(string="Green Means", required=True, translate=True, default="Good")
    amber_label = fields.Char(string="Amber Means", required=True, translate=True, default="Soon")
    red_label = fields.Char(string="Red Means", required=True, translate=True, default="Urgent")
    line_ids = fields.One2many("taller.inspection.template.line", "template_id", string="Items", copy=True)
    item_count = fields.Integer(string="Number of Items", compute="_compute_item_count")

    @api.depends(*KIND_FIELDS.values())
    def _compute_applies_to(self):
        labels = {name: self._fields[name]._description_string(self.env) for name in KIND_FIELDS.values()}
        for template in self:
            names = [label for name, label in labels.items() if template[name]]
            template.applies_to = ", ".join(names) or self.env._("All equipment")

    @api.depends("line_ids.display_type")
    def _compute_item_count(self):
        groups = self.env["taller.inspection.template.line"]._read_group(
            [("template_id", "in", self.ids), ("display_type", "=", False)], ["template_id"], ["__count"]
        )
        counts = {template.id: count for template, count in groups}
        for template in self:
            template.item_count = counts.get(template.id, 0)

    @api.constrains("line_ids")
    def _check_choices(self):
        for line in self.line_ids:
            if not line.display_type and line.item_type == "choice" and len(line.choice_ids) < 2:
                raise ValidationError(self.env._("“%(item)s” needs two choices at least.", item=line.name))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" not in (default or {}):
            for template, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%(template)s (copy)", template=template.name)
        return vals_list

    @api.model
    def _get_domain(self, kind, equipment_kind, company):
        """Templates for this use, kind of equipment and company; those without a kind of equipment are for all."""
        any_kind = Domain.AND(Domain(name, "=", False) for name in KIND_FIELDS.values())
        if equipment_kind in KIND_FIELDS:
            any_kind |= Domain(KIND_FIELDS[equipment_kind], "=", True)
        return Domain("kind", "=", kind) & Domain("company_id", "in", [False, company.id]) & any_kind

    def _get_inspection_values(self):
        """Of an inspection that starts now: its own copy of the words."""
        self.ensure_one()
        return {
            "template_id": self.id,
            "name": self.name,
            "kind": self.kind,
            "green_label": self.green_label,
            "amber_label": self.amber_label,
            "red_label": self.red_label,
        }
