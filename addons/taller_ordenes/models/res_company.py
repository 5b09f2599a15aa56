from odoo import fields, models

KILOMETRES_PER_MILE = 1.609344


class ResCompany(models.Model):
    """The workshop's rules: how a company wants its orders to run, for all of its shops."""

    _inherit = "res.company"

    taller_external_margin = fields.Float(
        string="Margin on Outside Work",
        default=20.0,
        groups="base.group_user",
        help="Percent that the customer pays on top of what the supplier asks.",
    )
    taller_promise_margin = fields.Float(
        string="Margin of Promises",
        default=1.0,
        groups="base.group_user",
        help="Working hours that must be left over before a promised time; with less, the order is at risk.",
    )

    taller_reception_terms = fields.Text(
        string="Terms of the Reception",
        groups="base.group_user",
        help="What customers agree to when they leave a vehicle; printed on the reception receipt.",
    )
    taller_deposit_limit = fields.Monetary(
        string="Deposits up to",
        default=50_000,
        groups="base.group_user",
        help="The most that the reception takes as deposit at once. 0: any amount.",
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
    taller_clock_tolerance = fields.Float(
        default=2.0,
        groups="base.group_user",
        help="Hours after which a clock that runs on when the shop has closed is stopped as forgotten.",
    )
    taller_correction_required = fields.Boolean(
        groups="base.group_user",
        help="A job is only finished when it says what was done about it.",
    )
    taller_gate_mechanics = fields.Boolean(string="Ready: Mechanics", groups="base.group_user")
    taller_gate_correction = fields.Boolean(string="Ready: Corrections", groups="base.group_user")
    taller_gate_quality = fields.Boolean(string="Ready: Quality Check", groups="base.group_user")
    taller_quality_own_work = fields.Boolean(
        string="Mechanics May Check Their Own Work", groups="base.group_user"
    )
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
    taller_gate_odometer = fields.Boolean(string="Delivery: Reading", groups="base.group_user")
    taller_gate_replaced_parts = fields.Boolean(string="Delivery: Replaced Parts", groups="base.group_user")
    taller_gate_signature = fields.Boolean(string="Delivery: Signature", groups="base.group_user")
    taller_warranty_months = fields.Integer(string="Warranty in Months", groups="base.group_user")
    taller_warranty_km = fields.Integer(string="Warranty in Kilometres", groups="base.group_user")
    taller_warranty_hours = fields.Integer(string="Warranty in Hours", groups="base.group_user")
    taller_diagnosis_product_id = fields.Many2one(
        "product.product",
        string="Diagnosis",
        domain=[("type", "=", "service")],
        groups="base.group_user",
        help="What a customer pays whose vehicle leaves unrepaired.",
    )
    taller_diagnosis_price = fields.Monetary(
        string="Price of the Diagnosis", groups="base.group_user", help="0: the product's own price."
    )
    taller_discount_limit_reception = fields.Float(
        string="Discounts by Reception",
        default=100.0,
        groups="base.group_user",
        help="How many percent below the price list reception may go on an estimate.",
    )
    taller_discount_limit_supervisor = fields.Float(
        string="Discounts by Supervisors",
        default=100.0,
        groups="base.group_user",
        help="How many percent below the price list a shop's supervisor may go on an estimate.",
    )

    _taller_external_margin_range = models.Constraint(
        "CHECK(taller_external_margin BETWEEN 0 AND 1000)",
        "The margin on outside work is between 0 and 1000 percent.",
    )
    _taller_promise_margin_range = models.Constraint(
        "CHECK(taller_promise_margin BETWEEN 0 AND 24)",
        "The margin of promises is between 0 and 24 working hours.",
    )
    _taller_discount_limits = models.Constraint(
        "CHECK(taller_discount_limit_reception BETWEEN 0 AND 100"
        " AND taller_discount_limit_supervisor BETWEEN 0 AND 100)",
        "Limits of discounts are percentages from 0 to 100.",
    )
    _taller_follow_up_days_positive = models.Constraint(
        "CHECK(taller_follow_up_days BETWEEN 0 AND 3650)",
        "Declined work is offered again after 0 (no proposal) to 3650 days.",
    )

    def _get_taller_discount_limit(self, user):
        """How many percent below the price list this user may go; 100: as far as they like."""
        self.ensure_one()
        company = self.sudo()
        if user.has_group("taller_base.taller_base_group_administrator"):
            return 100.0
        if user.has_group("taller_base.taller_base_group_supervisor"):
            return max(company.taller_discount_limit_reception, company.taller_discount_limit_supervisor)
        return company.taller_discount_limit_reception

    def _get_taller_warranty_distance(self, unit):
        """How far the usual warranty reaches, in the unit of a vehicle's meter."""
        if unit == "hours":
            return self.taller_warranty_hours
        if unit == "miles":
            return round(self.taller_warranty_km / KILOMETRES_PER_MILE)
        return self.taller_warranty_km
