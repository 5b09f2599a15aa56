from odoo import fields, models


class TallerService(models.Model):
    """The specialty that a canned service needs."""

    _inherit = "taller.service"

    specialty_id = fields.Many2one(
        "taller.specialty",
        string="Specialty Needed",
        help="Mechanics who have it are proposed first for the jobs of this service.",
    )
