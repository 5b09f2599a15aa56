from odoo import fields, models


class TallerRegion(models.Model):
    """A group of shops that managers and executives look at together."""

    _name = "taller.region"
    _description = "Region"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    shop_ids = fields.One2many("taller.shop", "region_id", string="Shops")

    _name_uniq = models.UniqueIndex("(name)", "A region with this name exists already.")
