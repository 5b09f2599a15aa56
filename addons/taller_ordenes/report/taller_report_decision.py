from odoo import fields, models
from odoo.tools import SQL


class TallerReportDecision(models.Model):
    """What customers decide: one row per job that a customer decided on, dated by the decision.

    - approval rate = jobs accepted ÷ jobs decided: `accepted_count` ÷ `decided_count`
    - approved value = amount accepted ÷ amount decided: `amount_accepted` ÷ `amount_decided`

    Amounts are those that the customer was shown, untaxed.
    """

    _name = "taller.report.decision"
    _description = "Approvals and Declined Work"
    _inherit = ["taller.report.mixin"]
    _auto = False
    _order = "date desc, id"
    _rec_name = "name"
    _depends = {
        "taller.approval": ["channel", "order_id", "shop_id", "company_id", "signed_at"],
        "taller.approval.line": [
            "amount_untaxed",
            "approval_id",
            "decline_reason",
            "is_accepted",
            "job_id",
            "name",
        ],
        "taller.job": ["service_id"],
        "taller.order": ["partner_id", "user_id", "vehicle_id"],
    }

    RATIOS = {
        "approval_rate": ("accepted_count", "decided_count"),
        "value_rate": ("amount_accepted", "amount_decided"),
    }

    name = fields.Char(string="Job as Shown", readonly=True)
    job_id = fields.Many2one("taller.job", readonly=True)
    order_id = fields.Many2one("taller.order", string="Work Order", readonly=True)
    service_id = fields.Many2one("taller.service", string="Canned Service", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Service Adviser", readonly=True)
    date = fields.Datetime(string="Decided On", readonly=True)
    channel = fields.Selection(selection="_selection_channel", readonly=True)
    is_accepted = fields.Boolean(string="Accepted", readonly=True)
    decline_reason = fields.Char(string="Reason", readonly=True)
    decided_count = fields.Integer(string="Jobs Decided", readonly=True)
    accepted_count = fields.Integer(string="Jobs Accepted", readonly=True)
    approval_rate = fields.Float(readonly=True, aggregator="avg", help="Jobs accepted ÷ jobs decided.")
    amount_decided = fields.Monetary(string="Offered", readonly=True)
    amount_accepted = fields.Monetary(string="Accepted Value", readonly=True)
    amount_declined = fields.Monetary(string="Declined Value", readonly=True)
    value_rate = fields.Float(
        string="Approved Value", readonly=True, aggregator="avg", help="Accepted value ÷ offered value."
    )

    def _selection_channel(self):
        return self.env["taller.approval"]._fields["channel"]._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id,
                   line.name,
                   line.job_id,
                   approval.order_id,
                   job.service_id,
                   visit.vehicle_id,
                   visit.partner_id,
                   visit.user_id,
                   approval.shop_id,
                   approval.company_id,
                   approval.signed_at AS date,
                   approval.channel,
                   line.is_accepted,
                   line.decline_reason,
                   1 AS decided_count,
                   COALESCE(line.is_accepted, FALSE)::integer AS accepted_count,
                   COALESCE(line.is_accepted, FALSE)::integer::numeric AS approval_rate,
                   line.amount_untaxed AS amount_decided,
                   CASE WHEN line.is_accepted THEN line.amount_untaxed ELSE 0 END AS amount_accepted,
                   CASE WHEN line.is_accepted THEN 0 ELSE line.amount_untaxed END AS amount_declined,
                   CASE WHEN line.amount_untaxed != 0
                        THEN COALESCE(line.is_accepted, FALSE)::integer::numeric END AS value_rate
              FROM taller_approval approval
              JOIN taller_approval_line line ON line.approval_id = approval.id
              JOIN taller_order visit ON visit.id = approval.order_id
              JOIN taller_job job ON job.id = line.job_id
            """
        )
