from odoo import fields, models


class TallerSpecialty(models.Model):
    """A kind of work that a mechanic is skilled at, by which jobs find their mechanic."""

    _name = "taller.specialty"
    _description = "Mechanic's specialty"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()

    _name_uniq = models.UniqueIndex("(name)", "A specialty with this name exists already.")
