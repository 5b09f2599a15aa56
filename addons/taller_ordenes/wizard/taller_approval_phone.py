from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

CLOCKS_MAY_DIFFER = timedelta(minutes=5)


class TallerApprovalPhone(models.TransientModel):
    """Reception writes down what a customer decided on the phone: who, on which number, when, in which words."""

    _name = "taller.approval.phone"
    _description = "Record a Decision by Phone"

    estimate_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    shown_hash = fields.Char(
        required=True, readonly=True, help="Fingerprint of what is read to the customer."
    )
    decided_by = fields.Char(string="Spoke With")
    phone = fields.Char(string="Phone Number")
    said_at = fields.Datetime(string="Said On", default=fields.Datetime.now)
    note = fields.Text(string="What Was Said")
    line_ids = fields.One2many("taller.approval.phone.line", "wizard_id", string="Jobs")

    def action_record(self):
        """Record the decision; it takes effect like a signed one, and is marked as not signed.

        :raise UserError: the estimate has changed meanwhile, a job is undecided, or a time that can't be
        """
        self.ensure_one()
        estimate = self.estimate_id.sudo()
        estimate.taller_order_id.sudo(False)._begin_step("received", "estimating", "waiting", "in_progress")
        self._check_complete()
        self._check_said_at(estimate)
        self.env["taller.approval"]._record(
            estimate,
            {
                line.job_id.id: (line.decision == "accept", line.reason)
                for line in self.line_ids
                if line.decision
            },
            "phone",
            self.decided_by,
            shown_hash=self.shown_hash,
            phone=self.phone.strip(),
            note=self.note.strip(),
            signed_at=self.said_at,
            user_id=self.env.uid,
        )
        return {"type": "ir.actions.act_window_close"}

    def _check_complete(self):
        for name in ("decided_by", "phone", "said_at", "note"):
            if not self[name] or not str(self[name]).strip():
                raise UserError(
                    self.env._("Fill in “%(field)s”.", field=self._fields[name]._description_string(self.env))
                )

    def _check_said_at(self, estimate):
        """Nobody decided tomorrow, nor before there was anything to decide on."""
        begun, now = estimate.create_date, fields.Datetime.now()
        if not begun - CLOCKS_MAY_DIFFER <= self.said_at <= now + CLOCKS_MAY_DIFFER:
            raise UserError(
                self.env._(
                    "When was that said? It must be between %(begun)s, when the estimate was begun, and now.",
                    begun=format_datetime(self.env, begun),
                )
            )


class TallerApprovalPhoneLine(models.TransientModel):
    """What the customer said on one job."""

    _name = "taller.approval.phone.line"
    _description = "Decision by Phone on a Job"
    _order = "id"

    wizard_id = fields.Many2one("taller.approval.phone", required=True, ondelete="cascade")
    job_id = fields.Many2one("taller.job", required=True, readonly=True)
    amount_total = fields.Monetary(string="Total", compute="_compute_amount_total")
    currency_id = fields.Many2one(related="job_id.currency_id", related_sudo=False)
    decision = fields.Selection([("accept", "Accepts"), ("decline", "Declines")])
    reason = fields.Char(string="Why Not", help="In the customer's words.")

    @api.depends("job_id")
    def _compute_amount_total(self):
        self.job_id.check_access("read")  # the job works its total out as superuser, for whoever asks
        for line in self:
            line.amount_total = line.job_id.amount_total
