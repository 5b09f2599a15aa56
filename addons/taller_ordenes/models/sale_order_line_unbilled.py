from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.context import without_defaults

# Until then, labour and parts of a warranty job may change: nobody has signed for them.
WARRANTY_STATES = ("received", "estimating", "waiting", "in_progress")


class SaleOrderLine(models.Model):
    """Work that the customer doesn't pay: under warranty, or approved but not done."""

    _inherit = "sale.order.line"

    taller_is_unbilled = fields.Boolean(
        string="Not Invoiced", readonly=True, copy=False, groups="base.group_user"
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_taller_unbilled(vals)
        self = without_defaults(self, {"taller_is_unbilled"})
        lines = super().create(vals_list)
        free = lines.filtered(lambda line: line.order_id.taller_is_warranty)
        if free:
            free.sudo().write({"discount": 100, "taller_is_unbilled": True})
        return lines

    def write(self, vals):
        self._check_taller_unbilled(vals)
        if (
            not self.env.su
            and "discount" in vals
            and vals["discount"] != 100
            and any(line.order_id.taller_is_warranty for line in self)
        ):
            raise UserError(self.env._("What is done under warranty costs the customer nothing."))
        return super().write(vals)

    def _check_taller_unbilled(self, vals):
        if not self.env.su and "taller_is_unbilled" in vals:
            raise UserError(self.env._("The work order says what isn't invoiced."))

    def _compute_discount(self):
        super()._compute_discount()
        self.filtered(lambda line: line.order_id.taller_is_warranty).discount = 100

    @api.depends("taller_is_unbilled")
    def _compute_qty_to_invoice(self):
        super()._compute_qty_to_invoice()
        self.filtered("taller_is_unbilled").qty_to_invoice = 0

    def _check_taller_open(self):
        fillable = self.filtered(
            lambda line: line.order_id.taller_is_warranty
            and line.order_id.sudo().taller_order_id.state in WARRANTY_STATES
        )
        return super(SaleOrderLine, self - fillable)._check_taller_open()

    def _check_taller_discount(self):
        paid = self.filtered(lambda line: not line.order_id.taller_is_warranty)
        return super(SaleOrderLine, paid)._check_taller_discount()
