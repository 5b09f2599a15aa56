from odoo import fields, models
from odoo.fields import Command


class SaleOrder(models.Model):
    """A prepayment on a signed estimate, made by Odoo's own online payment.

    Core asks for a prepayment before it confirms an order. Estimates of work orders are confirmed by the
    customer's decision alone, so here it is asked for afterwards; amount, transactions and the credit on
    the invoice are core's.
    """

    _inherit = "sale.order"

    taller_prepayment = fields.Monetary(
        string="Prepayment Asked For",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Where an amount is asked for; a percentage is kept in the field of core's prepayment.",
    )

    def _set_taller_prepayment(self):
        """Fix, when the estimate is sent, what will be asked for once it is signed."""
        company = self.company_id.sudo()
        kind, value = company.taller_prepayment_kind, company.taller_prepayment_value
        is_asked = kind != "none" and value > 0
        if not is_asked and not self.require_payment:
            return
        self.write(
            {
                "require_payment": is_asked,
                "prepayment_percent": value / 100 if is_asked and kind == "percent" else 1.0,
                "taller_prepayment": value if is_asked and kind == "amount" else 0.0,
            }
        )

    def _get_taller_prepayment_content(self):
        """What the customer is told of the prepayment before signing, as plain data; empty for none."""
        if not self.require_payment:
            return {}
        if self.taller_prepayment:
            return {"amount": self._format_taller_amount(self.taller_prepayment)}
        return {"percent": f"{100 * self.prepayment_percent:g}"}

    def _get_prepayment_required_amount(self):
        if self.taller_order_id and self.require_payment and self.taller_prepayment:
            return min(self.taller_prepayment, self.amount_total)
        return super()._get_prepayment_required_amount()

    def _has_to_be_paid(self):
        if not self.taller_order_id:
            return super()._has_to_be_paid()
        return bool(
            self.require_payment
            and self.state == "sale"
            and self.currency_id.compare_amounts(self.amount_paid, self._get_prepayment_required_amount()) < 0
        )

    def _create_invoices(self, grouped=False, final=False, date=None):
        """The invoice of several rounds takes the prepayments of all of them; core takes the first's."""
        invoices = super()._create_invoices(grouped=grouped, final=final, date=date)
        if any(estimate.taller_order_id and estimate.require_payment for estimate in self):
            for invoice in invoices.filtered("taller_order_id"):
                estimates = invoice.line_ids.sale_line_ids.order_id
                paid = estimates.sudo().transaction_ids.filtered(
                    lambda tx: tx.state in ("authorized", "done")
                )
                free = paid.filtered(lambda tx, invoice=invoice: not tx.invoice_ids - invoice)
                invoice.sudo().transaction_ids = [Command.link(tx.id) for tx in free]
        return invoices
