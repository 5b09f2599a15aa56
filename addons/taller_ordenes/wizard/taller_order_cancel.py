from odoo import api, fields, models


class TallerOrderCancel(models.TransientModel):
    """Asks why work orders end before their time, and what of them is to be paid."""

    _name = "taller.order.cancel"
    _description = "Cancel Work Orders"

    order_ids = fields.Many2many("taller.order", string="Work Orders", readonly=True)
    outcome = fields.Selection(
        [
            ("cancel", "Cancel: nothing is invoiced"),
            ("unrepaired", "Leaves unrepaired: finished jobs are invoiced"),
        ],
        required=True,
        compute="_compute_outcome",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    may_leave = fields.Boolean(compute="_compute_may_leave")
    has_diagnosis = fields.Boolean(compute="_compute_may_leave")
    charge_diagnosis = fields.Boolean(help="As the company's settings price it.")
    reason = fields.Char(required=True)

    @api.depends("order_ids")
    def _compute_outcome(self):
        for wizard in self:
            is_begun = wizard.may_leave and "done" in wizard.order_ids.job_ids.mapped("state")
            wizard.outcome = "unrepaired" if is_begun else "cancel"

    @api.depends("order_ids")
    def _compute_may_leave(self):
        for wizard in self:
            wizard.may_leave = "ready" not in wizard.order_ids.mapped("state")
            companies = wizard.order_ids.company_id.sudo()
            wizard.has_diagnosis = companies and all(
                company.taller_diagnosis_product_id for company in companies
            )

    def action_cancel(self):
        """Cancel the orders, or let the vehicles leave unrepaired, as `taller.order` allows it."""
        self.ensure_one()
        if self.outcome == "unrepaired":
            self.order_ids.action_leave_unrepaired(self.reason, self.charge_diagnosis)
        else:
            self.order_ids.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
