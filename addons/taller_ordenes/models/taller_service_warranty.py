from odoo import fields, models


class TallerService(models.Model):
    """The warranty of the jobs that a canned service fills, where it isn't the company's usual one."""

    _inherit = "taller.service"

    has_own_warranty = fields.Boolean(
        string="Own Warranty", help="Its jobs have this warranty instead of the company's usual one."
    )
    warranty_months = fields.Integer(string="Warranty, Months")
    warranty_distance = fields.Float(
        string="Warranty, Distance",
        digits=(16, 1),
        help="In the unit of the vehicle's meter: kilometres, miles or hours.",
    )

    _warranty_positive = models.Constraint(
        "CHECK(warranty_months >= 0 AND warranty_months <= 240 AND warranty_distance >= 0)",
        "A warranty can't be negative, nor last more than 20 years.",
    )
