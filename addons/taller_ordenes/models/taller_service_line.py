from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TallerServiceLine(models.Model):
    """Labour, in flat-rate hours, or a part of a canned service."""

    _name = "taller.service.line"
    _description = "Line of a Canned Service"
    _order = "service_id, sequence, id"
    _check_company_auto = True

    service_id = fields.Many2one("taller.service", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="service_id.company_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection([("labour", "Labour"), ("part", "Part")], required=True, default="part")
    product_id = fields.Many2one(
        "product.product",
        required=True,
        compute="_compute_product_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("sale_ok", "=", True)],
    )
    name = fields.Char(string="Description", help="As it is written on the estimate. Empty: the product's.")
    quantity = fields.Float(
        required=True,
        default=1.0,
        digits="Product Unit",
        help="Flat-rate hours of labour, or how many of the part, in the product's unit.",
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Hours and quantities are more than zero.")

    @api.depends("kind")
    def _compute_product_id(self):
        labour = self.env.ref("taller_ordenes.product_labour", raise_if_not_found=False)
        for line in self:
            line.product_id = line.product_id or (line.kind == "labour" and labour)

    @api.constrains("kind", "product_id")
    def _check_labour_is_counted_in_hours(self):
        hour = self.env.ref("uom.product_uom_hour")
        for line in self.filtered(lambda line: line.kind == "labour"):
            if not line.uom_id._has_common_reference(hour):
                raise ValidationError(
                    self.env._(
                        "Labour is counted in hours, but “%(product)s” is not. Choose another product, or add it "
                        "as a part.",
                        product=line.product_id.display_name,
                    )
                )

    def _get_hours(self, hour):
        self.ensure_one()
        return self.uom_id._compute_quantity(self.quantity, hour, round=False)

    def _get_sale_line_values(self):
        """Values of the line on an estimate; its price is the price list's."""
        self.ensure_one()
        values = {"product_id": self.product_id.id, "product_uom_qty": self.quantity}
        if self.name:
            values["name"] = self.name
        return values

    def _get_service_totals(self, estimate):
        """{service: what its lines, all in `self`, would cost together on the estimate, taxes included}."""
        company, currency = estimate.company_id, estimate.currency_id
        prices = self._get_list_prices(estimate)
        tax = self.env["account.tax"]
        totals = {}
        for service, lines in self.grouped("service_id").items():
            base_lines = [line._get_base_line(estimate, prices[line]) for line in lines]
            tax._add_tax_details_in_base_lines(base_lines, company)
            tax._round_base_lines_tax_details(base_lines, company)
            totals[service.with_env(estimate.env).sudo(False)] = tax._get_tax_totals_summary(
                base_lines=base_lines, currency=currency, company=company
            )["total_amount_currency"]
        return totals

    def _get_list_prices(self, estimate):
        """{line: the price list's unit price on the estimate}."""
        prices = {}
        for quantity, lines in self.grouped("quantity").items():
            of_product = estimate.pricelist_id._get_products_price(
                lines.product_id.with_company(estimate.company_id),
                quantity,
                currency=estimate.currency_id,
                date=estimate.date_order,
            )
            prices.update({line: of_product[line.product_id.id] for line in lines})
        return prices

    def _get_base_line(self, estimate, price):
        product, position = self.product_id, estimate.fiscal_position_id
        taxes = product.taxes_id._filter_taxes_by_company(estimate.company_id)
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(
            {},
            product_id=product,
            product_uom_id=self.uom_id,
            tax_ids=position.map_tax(taxes),
            price_unit=product._get_tax_included_unit_price_from_price(
                price, product_taxes=taxes, fiscal_position=position
            ),
            quantity=self.quantity,
            currency_id=estimate.currency_id,
            partner_id=estimate.partner_id,
        )
