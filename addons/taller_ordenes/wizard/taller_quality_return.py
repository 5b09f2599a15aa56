from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class TallerQualityReturn(models.TransientModel):
    """Sends jobs back to their mechanics after a quality check that failed."""

    _name = "taller.quality.return"
    _description = "Send Jobs Back"

    order_id = fields.Many2one("taller.order", required=True, readonly=True, ondelete="cascade")
    job_ids = fields.Many2many(
        "taller.job",
        string="Jobs",
        domain="[('order_id', '=', order_id), ('state', '=', 'done')]",
    )
    note = fields.Text(string="What Is Wrong", required=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        order = self.env["taller.order"].browse(values.get("order_id") or [])
        if order:
            order.check_access("read")
            values["note"] = order.quality_failed_id._get_quality_note() if order.quality_failed_id else ""
            done = order.job_ids.filtered(lambda job: job.state == "done")
            values["job_ids"] = [Command.set(done.ids)] if len(done) == 1 else []
        return values

    def action_return(self):
        """Send the jobs back. Who may do the quality check may.

        :raise UserError: no job chosen, or the check hasn't failed
        """
        self.ensure_one()
        order = self.order_id
        order._check_may_start_inspection()
        order._check_may_check_quality()
        order._lock()
        order.invalidate_recordset(["quality_failed_id"])
        order._check_state("in_progress")
        if not order.quality_failed_id:
            raise UserError(
                self.env._("%(order)s has no failed quality check that is still open.", order=order.name)
            )
        if not self.job_ids or self.job_ids - order.job_ids.filtered(lambda job: job.state == "done"):
            raise UserError(self.env._("Choose which of the finished jobs of this order go back."))
        note = (self.note or "").strip()
        if not note:
            raise UserError(self.env._("Write down what is wrong, so that the mechanic knows."))
        order._send_back(self.job_ids, note)
        return {"type": "ir.actions.act_window_close"}
