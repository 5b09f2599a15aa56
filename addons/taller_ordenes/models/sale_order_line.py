from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

AMOUNTS = {"price_subtotal", "price_tax", "price_total"}


class SaleOrderLine(models.Model):
    """Labour or a part of a job."""

    _inherit = "sale.order.line"

    taller_job_id = fields.Many2one(
        "taller.job",
        string="Job",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )

    @api.constrains("order_id", "taller_job_id")
    def _check_taller_job(self):
        for line in self.filtered("taller_job_id"):
            if line.taller_job_id.sudo().sale_order_id != line.order_id:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” belongs to the job “%(job)s”, which is not part of the estimate %(estimate)s.",
                        line=line.name,
                        job=line.taller_job_id.name,
                        estimate=line.order_id.name,
                    )
                )

    def _compute_analytic_distribution(self):
        """Core asks for the rules of distribution product by product: where there are none, once will do."""
        lines = self
        if not self.env["account.analytic.distribution.model"].search_count([], limit=1):
            lines = self.filtered(lambda line: not line.order_id.taller_order_id)
        return super(SaleOrderLine, lines)._compute_analytic_distribution()

    @api.model_create_multi
    def create(self, vals_list):
        job_lines = [vals for vals in vals_list if vals.get("taller_job_id")]
        jobs = self.env["taller.job"].browse(vals["taller_job_id"] for vals in job_lines)
        estimates = {job.id: job.sudo().sale_order_id.id for job in jobs}
        for vals in job_lines:
            vals.setdefault("order_id", estimates[vals["taller_job_id"]])
        lines = super().create(vals_list)
        lines.filtered(lambda line: not line.display_type)._check_taller_open()
        return lines

    def write(self, vals):
        if vals.keys() & {
            *self._get_protected_fields(),
            *AMOUNTS,
            "taller_job_id",
            "order_id",
            "display_type",
        }:
            self._check_taller_open()
        result = super().write(vals)
        if vals.keys() & {"order_id", "product_uom_qty"}:
            self._check_taller_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taller_decided(self):
        self._check_taller_open()

    def _get_taller_totals(self, prices=None):
        """(untaxed, total) of these lines together; see `_get_taller_amounts`."""
        return self._get_taller_amounts(prices)[:2]

    def _get_taller_amounts(self, prices=None):
        """(untaxed, total) of these lines together, rounded as the estimate itself rounds, and {line: total}.

        With prices that include taxes, the sum of the lines' own `price_total` can be a cent beside it:
        to people, a line is shown with the total that its price says.

        :param dict prices: {line: unit price, without discount}, to see what the lines would total with these
        """
        lines = self.filtered(lambda line: not line.display_type).with_prefetch(self._prefetch_ids)
        if not lines:
            return 0.0, 0.0, {}
        tax = self.env["account.tax"]
        company = lines.company_id
        base_lines = [
            line._prepare_base_line_for_taxes_computation(
                **({"price_unit": prices[line], "discount": 0.0} if prices else {})
            )
            for line in lines
        ]
        tax._add_tax_details_in_base_lines(base_lines, company)
        tax._round_base_lines_tax_details(base_lines, company)
        totals = tax._get_tax_totals_summary(
            base_lines=base_lines, currency=lines.currency_id, company=company
        )
        currency = lines.currency_id
        return (
            totals["base_amount_currency"],
            totals["total_amount_currency"],
            {
                line: currency.round(base_line["tax_details"]["raw_total_included_currency"])
                for line, base_line in zip(lines, base_lines, strict=True)
            },
        )

    def _check_taller_open(self):
        """What a customer has decided on stays as it was shown, for everyone: there is no way round this."""
        # Core's lines of advances have no quantity and so no amount: they come after the decision.
        shown = self.filtered(lambda line: not line.is_downpayment or line.product_uom_qty)
        for estimate in shown.order_id.sudo():
            if estimate.taller_order_id and estimate.state not in ("draft", "sent"):
                raise UserError(
                    self.env._(
                        "%(estimate)s has been decided and stays as it is. Add a job to %(order)s: it goes into a "
                        "new estimate.",
                        estimate=estimate.name,
                        order=estimate.taller_order_id.name,
                    )
                )
