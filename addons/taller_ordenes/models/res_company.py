from odoo import fields, models


class ResCompany(models.Model):
    """The workshop's rules: how a company wants its orders to run, for all of its shops."""

    _inherit = "res.company"

    taller_clock_attendance = fields.Selection(
        [
            ("automatic", "Check the mechanic in"),
            ("refuse", "Ask to check in first"),
            ("ignore", "Start without attendance"),
        ],
        required=True,
        default="automatic",
        groups="base.group_user",
        help="What happens when mechanics start a job who haven't checked in.",
    )
    taller_correction_required = fields.Boolean(
        groups="base.group_user",
        help="A job is only finished when it says what was done about it.",
    )
