from odoo import fields, models


class ResCompany(models.Model):
    """The workshop's rules: how a company wants its orders to run, for all of its shops."""

    _inherit = "res.company"

    taller_promise_margin = fields.Float(
        string="Margin of Promises",
        default=1.0,
        groups="base.group_user",
        help="Working hours that must be left over before a promised time; with less, the order is at risk.",
    )

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
    taller_gate_mechanics = fields.Boolean(string="Ready: Mechanics", groups="base.group_user")
    taller_gate_correction = fields.Boolean(string="Ready: Corrections", groups="base.group_user")
    taller_gate_clocks = fields.Boolean(string="Ready: Clocks", groups="base.group_user")
    taller_gate_evidence = fields.Boolean(string="Delivery: Evidence of Approvals", groups="base.group_user")
    taller_gate_invoiced = fields.Boolean(string="Delivery: Invoice Made", groups="base.group_user")
    taller_gate_paid = fields.Boolean(string="Delivery: Invoice Paid", groups="base.group_user")
    taller_follow_up_days = fields.Integer(
        string="Offer Declined Work Again After",
        default=30,
        groups="base.group_user",
        help="Days after which reception is reminded of work that a customer declined; 0: nothing is proposed.",
    )

    _taller_promise_margin_range = models.Constraint(
        "CHECK(taller_promise_margin BETWEEN 0 AND 24)",
        "The margin of promises is between 0 and 24 working hours.",
    )
