from odoo import api, fields, models
from odoo.fields import Command

from .taller_order import OFFICE


class TallerOrder(models.Model):
    """What customers ask and decide, on their page or elsewhere."""

    _inherit = "taller.order"

    question_ids = fields.One2many("taller.question", "order_id", string="Questions", groups=OFFICE)
    open_question_count = fields.Integer(
        string="Open Questions", compute="_compute_open_question_count", compute_sudo=True, groups=OFFICE
    )

    amount_prepaid = fields.Monetary(
        string="Prepaid", compute="_compute_amount_prepaid", compute_sudo=True, groups=OFFICE
    )
    amount_to_prepay = fields.Monetary(
        string="Prepayment Due", compute="_compute_amount_prepaid", compute_sudo=True, groups=OFFICE
    )

    @api.depends("sale_order_ids.amount_paid", "sale_order_ids.require_payment", "sale_order_ids.state")
    def _compute_amount_prepaid(self):
        for order in self:
            asked = order.sale_order_ids.filtered("require_payment")
            order.amount_prepaid = sum(asked.mapped("amount_paid"))
            order.amount_to_prepay = sum(
                estimate._get_prepayment_required_amount() - estimate.amount_paid
                for estimate in asked
                if estimate._has_to_be_paid()
            )

    @api.depends("question_ids.answered_at")
    def _compute_open_question_count(self):
        for order in self:
            order.open_question_count = len(order.question_ids.filtered(lambda asked: not asked.answered_at))

    def _get_notice_attachments(self, event):
        attachments = super()._get_notice_attachments(event)
        approval = self.sudo().approval_ids.sorted("id")[-1:]
        if event == "approved" and approval:
            attachments.append((approval.pdf_name, approval._get_pdf()))
        if event in ("estimate_ready", "extra_work") and (estimate := self.sudo().estimate_id):
            attachments.append((f"{estimate.name.replace('/', '-')}.pdf", estimate._get_taller_pdf()))
        return attachments

    def action_record_phone_decision(self):
        """Reception or supervisor write down what the customer decided on the phone.

        :return: the action that asks for it
        :raise UserError: there is nothing to decide on, or a job has no price yet
        """
        self.ensure_one()
        self.check_access("write")
        order = self.sudo()
        order._check_estimate_is_complete()
        estimate = order.estimate_id
        wizard = self.env["taller.approval.phone"].create(
            {
                "estimate_id": estimate.id,
                "shown_hash": estimate._get_taller_hash(),
                "decided_by": order.partner_id.name,
                "phone": order.partner_id.phone or order.brought_by_phone,
                "line_ids": [Command.create({"job_id": job.id}) for job in estimate.taller_job_ids],
            }
        )
        return {
            "name": self.env._("Decision by Phone"),
            "type": "ir.actions.act_window",
            "res_model": "taller.approval.phone",
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }
