from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class TallerOrder(models.Model):
    """A vehicle that leaves before it is repaired: what is done is billed, the diagnosis may be."""

    _inherit = "taller.order"

    unrepaired_reason = fields.Char(
        string="Leaves Unrepaired Because",
        readonly=True,
        copy=False,
        tracking=True,
        groups="base.group_user",
    )

    def action_leave_unrepaired(self, reason, charge_diagnosis=False):
        """Reception or supervisor: the customer takes the vehicles as they are.

        What the customer hasn't decided on is declined, for this reason, and offered again later; approved
        work that isn't finished is dropped and not invoiced; finished work is invoiced.

        :param str reason: why, in words; kept on the order and on the declined jobs.
        :param bool charge_diagnosis: also invoice the diagnosis, as the company's settings price it.
        :raise UserError: no reason, a mechanic is on the clock, or no diagnosis in the settings
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason why the vehicle leaves unrepaired."))
        self._begin_step("received", "estimating", "waiting", "in_progress")
        orders = self.sudo()
        orders._check_clocks_are_stopped()
        undecided = orders.job_ids.filtered(lambda job: job.state == "proposed")
        dropped = orders.job_ids.filtered(lambda job: job.state in ("approved", "in_progress"))
        undecided.write({"state": "declined", "decline_reason": reason})
        dropped.write({"state": "cancelled", "decline_reason": reason})
        dropped.line_ids.taller_is_unbilled = True
        orders.sale_order_ids.filtered(
            lambda estimate: estimate.taller_is_open
            or (
                estimate.state == "sale"
                and estimate.taller_job_ids
                and all(job.state == "cancelled" for job in estimate.taller_job_ids)
            )
        )._action_cancel()
        if charge_diagnosis:
            self._charge_diagnosis(reason)
        self._set_state("ready", ready_at=fields.Datetime.now(), unrepaired_reason=reason)
        orders._compute_payment_state()

    def _charge_diagnosis(self, reason):
        """A job for the diagnosis, done, which the customer agreed to with the terms of the reception."""
        for order in self.sudo():
            product = order.company_id.taller_diagnosis_product_id
            if not product:
                raise UserError(
                    self.env._(
                        "There is no diagnosis to charge. An administrator chooses it in the settings."
                    )
                )
            line = {"product_id": product.id, "product_uom_qty": 1}
            if order.company_id.taller_diagnosis_price:
                line["price_unit"] = order.company_id.taller_diagnosis_price
            job = order.job_ids.create(
                {
                    "order_id": order.id,
                    "name": product.name,
                    "line_ids": [Command.create(line)],
                    "warranty_months": 0,
                    "warranty_distance": 0,
                }
            )
            self.env["taller.approval"]._record(
                job.sale_order_id,
                {job.id: (True, "")},
                "diagnosis",
                order.brought_by or order.partner_id.name,
                user_id=self.env.uid,
                note=self.env._(
                    "The vehicle leaves unrepaired: %(reason)s. The diagnosis is charged as agreed at the reception.",
                    reason=reason,
                ),
            )
            job._action_finish()

    def _check_clocks_are_stopped(self):
        for order in self:
            if running := order.job_ids.time_ids.filtered(lambda time: not time.stop):
                raise UserError(
                    self.env._(
                        "%(mechanics)s are on the clock for %(order)s. They have to stop first.",
                        mechanics=", ".join(running.employee_id.mapped("name")),
                        order=order.name,
                    )
                )
