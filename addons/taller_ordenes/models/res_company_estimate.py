from odoo import fields, models


class ResCompany(models.Model):
    """What a company proposes to its customers on the estimate's page."""

    _inherit = "res.company"

    taller_extras_kind = fields.Selection(
        [
            ("none", "Ask for each extra"),
            ("amount", "Up to an amount"),
            ("percent", "Up to a percentage of what was accepted"),
        ],
        string="Small Extras",
        required=True,
        default="none",
        groups="base.group_user",
        help="Whether customers are offered to agree beforehand to small extra work, and up to what limit.",
    )
    taller_extras_value = fields.Float(
        string="Limit of Extras",
        groups="base.group_user",
        help="The limit that is proposed, in the company's currency or in percent. The customer may change it.",
    )

    taller_prepayment_kind = fields.Selection(
        [
            ("none", "None"),
            ("percent", "A percentage of what was accepted"),
            ("amount", "An amount"),
        ],
        string="Prepayment",
        required=True,
        default="none",
        groups="base.group_user",
        help="What customers are asked to pay online after they have signed an estimate.",
    )
    taller_prepayment_value = fields.Float(
        string="Amount of Prepayment",
        groups="base.group_user",
        help="In the company's currency or in percent.",
    )
    taller_prepayment_gate = fields.Boolean(
        string="Work Waits for the Prepayment",
        groups="base.group_user",
        help="Jobs of an estimate can't be started before its prepayment has been made.",
    )

    _taller_prepayment_range = models.Constraint(
        "CHECK(taller_prepayment_value >= 0 "
        "AND (taller_prepayment_kind != 'percent' OR taller_prepayment_value <= 100))",
        "A prepayment is not negative, and a percentage is no more than 100.",
    )
    _taller_extras_range = models.Constraint(
        "CHECK(taller_extras_value >= 0 AND (taller_extras_kind != 'percent' OR taller_extras_value <= 100))",
        "The limit of extras is not negative, and a percentage is no more than 100.",
    )
