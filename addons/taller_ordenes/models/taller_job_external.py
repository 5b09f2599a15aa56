from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .taller_order import OFFICE

RECEPTION = "taller_base.taller_base_group_reception"
ACCOUNTING = "taller_base.taller_base_group_accounting"


class TallerJob(models.Model):
    """Outside work (*trabajo externo*): a job that a supplier does, e.g. a machine shop or an upholsterer.

    It has no clock: it begins when it is sent and is done when it is back. What the supplier asks is the
    office's; the customer sees the price on the job's lines, which is the cost and the company's margin.
    """

    _inherit = "taller.job"

    is_external = fields.Boolean(string="Outside Work", copy=False)
    supplier_id = fields.Many2one(
        "res.partner",
        string="Done By",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=False,
    )
    external_due = fields.Datetime(string="Expected Back", copy=False)
    external_cost = fields.Monetary(string="Cost", copy=False, groups=OFFICE, help="What the supplier asks.")
    external_sent_at = fields.Datetime(string="Sent On", readonly=True, copy=False)
    external_returned_at = fields.Datetime(string="Back Since", readonly=True, copy=False)
    external_bill_id = fields.Many2one(
        "account.move",
        string="Supplier's Bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=ACCOUNTING,
    )

    _external_cost_positive = models.Constraint(
        "CHECK(external_cost >= 0)", "The cost of outside work can't be negative."
    )

    def write(self, vals):
        if "is_external" in vals and not self.env.su:
            for job in self:
                if job.is_external != vals["is_external"] and job.state not in ("proposed", "approved"):
                    raise UserError(
                        self.env._(
                            "Work on “%(job)s” has begun: it stays where it was begun. Add another job instead.",
                            job=job.name,
                        )
                    )
        return super().write(vals)

    def action_price_external(self):
        """Reception puts the cost and the company's margin as a line on the job's estimate, or updates it.

        :raise UserError: no cost yet, or the customer has decided on the job
        """
        self._check_may_run_external()
        self._check_is_proposed()
        product = self.env.ref("taller_ordenes.product_external")
        for job in self:
            if not job.external_cost:
                raise UserError(self.env._("Enter first what the supplier asks for “%(job)s”.", job=job.name))
            price = job.currency_id._convert(
                job.external_cost * (1 + job.company_id.sudo().taller_external_margin / 100),
                job.sale_order_id.currency_id,
                job.company_id,
                fields.Date.context_today(job),
            )
            line = job.line_ids.filtered(lambda line: line.product_id == product)[:1]
            values = {"price_unit": price, "product_uom_qty": 1}
            command = (
                Command.update(line.id, values)
                if line
                else Command.create({**values, "product_id": product.id, "name": job.name})
            )
            job.line_ids = [command]

    def action_send_external(self):
        """Reception or supervisor: the approved outside work has left for the supplier.

        :raise UserError: the customer hasn't approved it, or nobody is named who does it
        """
        self._check_may_run_external()
        for job in self:
            if job.state != "approved" or job.order_id.state != "in_progress":
                raise UserError(
                    self.env._("“%(job)s” can be sent out when the customer has approved it.", job=job.name)
                )
            if not job.supplier_id:
                raise UserError(
                    self.env._("Say first who does “%(job)s”: choose the supplier.", job=job.name)
                )
        now = fields.Datetime.now()
        self.sudo().write({"state": "in_progress", "started_at": now, "external_sent_at": now})

    def action_return_external(self):
        """Reception or supervisor: the outside work is back, and with that done."""
        self._check_may_run_external()
        for job in self:
            if job.state != "in_progress":
                raise UserError(self.env._("“%(job)s” isn't outside at this moment.", job=job.name))
        jobs = self.sudo()
        jobs.external_returned_at = fields.Datetime.now()
        jobs._action_finish()

    def action_create_external_bill(self):
        """Accounting: the draft bill of the supplier, one per job; the second time it is opened."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(ACCOUNTING):
            raise AccessError(self.env._("Accounting enters the suppliers' bills."))
        if not (self.is_external and self.supplier_id):
            raise UserError(self.env._("“%(job)s” isn't outside work of a supplier.", job=self.name))
        if not self.external_bill_id:
            self.sudo().external_bill_id = self.env["account.move"].create(self._get_external_bill_values())
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "form",
            "res_id": self.external_bill_id.id,
        }

    def action_start(self):
        self._check_is_no_external()
        return super().action_start()

    def action_finish(self):
        self._check_is_no_external()
        return super().action_finish()

    def _check_is_no_external(self):
        self.check_access("read")
        for job in self:
            if job.is_external:
                raise UserError(
                    self.env._(
                        "“%(job)s” is done outside, without a clock: reception sends it and takes it back.",
                        job=job.name,
                    )
                )

    def _check_may_run_external(self):
        self.check_access("write")
        if not self.env.user.has_group(RECEPTION):
            raise AccessError(self.env._("Reception and supervisors send work out and take it back."))
        self.order_id._lock()
        self.invalidate_recordset(["state"])
        for job in self:
            if not job.is_external:
                raise UserError(self.env._("“%(job)s” is done here. Tick Outside Work first.", job=job.name))

    def _get_external_bill_values(self):
        return {
            "move_type": "in_invoice",
            "partner_id": self.supplier_id.id,
            "company_id": self.company_id.id,
            "shop_id": self.shop_id.id,
            "invoice_origin": self.order_id.name,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": self.env.ref("taller_ordenes.product_external").id,
                        "name": f"{self.name} · {self.vehicle_id.display_name}",
                        "quantity": 1,
                        "price_unit": self.external_cost,
                    }
                )
            ],
        }
