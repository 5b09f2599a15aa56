from odoo import api, fields, models
from odoo.exceptions import UserError


class TallerDeposit(models.TransientModel):
    """Asks how much the customer leaves as deposit for an order, and how it is paid."""

    _name = "taller.deposit"
    _description = "Take a Deposit"

    order_id = fields.Many2one("taller.order", required=True, readonly=True)
    partner_id = fields.Many2one(related="order_id.partner_id", related_sudo=False, string="Paid By")
    currency_id = fields.Many2one(related="order_id.currency_id", related_sudo=False)
    amount = fields.Monetary(required=True)
    journal_ids = fields.Many2many("account.journal", compute="_compute_journal_ids")
    journal_id = fields.Many2one(
        "account.journal",
        string="How",
        required=True,
        compute="_compute_journal_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        domain="[('id', 'in', journal_ids)]",
    )
    reference = fields.Char(help="Number of the card slip or the transfer, if there is one.")
    is_taken = fields.Boolean(readonly=True)

    @api.depends("order_id")
    def _compute_journal_ids(self):
        for deposit in self:
            deposit.journal_ids = deposit._get_journals()

    @api.depends("order_id")
    def _compute_journal_id(self):
        for deposit in self:
            journals = deposit._get_journals()
            cash = journals.filtered(lambda journal: journal.type == "cash")
            deposit.journal_id = (cash or journals)[:1].id

    def _get_journals(self):
        shop = self.order_id.shop_id.sudo()  # whose ways to pay the reception may not read otherwise
        return shop._get_deposit_journals() if shop else self.env["account.journal"]

    def action_take(self):
        """Post the payment, once: a second click finds it taken."""
        self.ensure_one()
        self.order_id._check_may_deposit()
        self.order_id._lock()
        self.invalidate_recordset(["is_taken"])
        if self.is_taken:
            raise UserError(self.env._("This deposit has been taken already."))
        self.order_id._take_deposit(self.amount, self.journal_id, self.reference)
        self.sudo().is_taken = True
        return {"type": "ir.actions.act_window_close"}
