from odoo import fields, models


class TallerBelonging(models.Model):
    """What customers usually leave in their vehicles: ticked off at the reception, with one tap each."""

    _name = "taller.belonging"
    _description = "Belonging"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "This belonging is on the list already.")
