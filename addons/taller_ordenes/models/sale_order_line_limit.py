from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import formatLang

from ..tools.context import without_defaults

NO_LIMIT = 100.0
# What a line costs follows from these; nobody writes the results.
PRICE_FIELDS = {
    "combo_item_id",
    "discount",
    "display_type",
    "is_downpayment",
    "order_id",
    "price_unit",
    "product_id",
    "product_template_id",
    "product_uom_id",
    "product_uom_qty",
    "technical_price_unit",
}
COMPUTED_FIELDS = {"extra_tax_data", "price_subtotal", "price_tax", "price_total", "taller_service_price"}


class SaleOrderLine(models.Model):
    """How far below the price list each role may go on an estimate, by whatever way.

    A discount, a lower price, a negative line: what counts is what the customer pays for the line, compared with
    what the estimate's price list asks for it. A fixed price that a canned service has set is good as it is.
    """

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        self = without_defaults(self, COMPUTED_FIELDS)
        lines = super().create(vals_list)
        lines._check_taller_computed(set().union(*vals_list) if vals_list else set())
        lines._check_taller_discount()
        taxed = [line.id for line, vals in zip(lines, vals_list, strict=True) if "tax_ids" in vals]
        lines.browse(taxed)._check_taller_taxes()
        return lines

    def write(self, vals):
        self._check_taller_computed(vals.keys())
        if not self.env.su and vals.keys() & PRICE_FIELDS:
            self._forget_taller_service_price(vals)
        result = super().write(vals)
        if vals.keys() & PRICE_FIELDS:
            self._check_taller_discount()
        if "tax_ids" in vals:
            self._check_taller_taxes()
        return result

    def _check_taller_computed(self, names):
        if self.env.su or not names & COMPUTED_FIELDS:
            return
        # After the decision come core's lines of advances alone: `_check_taller_open` sees to that.
        if any(estimate.taller_is_open for estimate in self.order_id):
            raise AccessError(
                self.env._(
                    "Amounts of an estimate follow from its quantities, prices and taxes; nobody writes them."
                )
            )

    def _forget_taller_service_price(self, vals):
        """Another product, another unit or more of it: that isn't what the service's fixed price was for."""
        changed = self.filtered(
            lambda line: line.taller_service_price
            and (
                vals.keys() & {"order_id", "product_id", "product_template_id", "product_uom_id"}
                or vals.get("product_uom_qty", 0) > line.product_uom_qty
            )
        )
        if changed:
            changed.sudo().taller_service_price = 0.0

    def _check_taller_discount(self):
        """Refuse what is too far below the price list for the role of the user."""
        if self.env.su:
            return
        for company, lines in self.grouped("company_id").items():
            limit = company._get_taller_discount_limit(self.env.user)
            if limit >= NO_LIMIT:
                continue
            lines = lines.filtered(
                lambda line: line.order_id.taller_order_id and not line.display_type and line.product_uom_qty
            )
            prices = lines._get_taller_list_prices()
            for line in lines:
                line._check_taller_price(prices[line], limit)

    def _check_taller_taxes(self):
        """Whose discounts are limited leaves no taxes out either: the customer would pay less without them."""
        if self.env.su:
            return
        for line in self.filtered(lambda line: line.order_id.taller_order_id and line.product_id):
            if line.company_id._get_taller_discount_limit(self.env.user) >= NO_LIMIT:
                continue
            taxes = line.product_id.taxes_id._filter_taxes_by_company(line.company_id)
            if line.tax_ids != line.order_id.fiscal_position_id.map_tax(taxes):
                raise UserError(
                    self.env._(
                        "“%(line)s” has the taxes of its product. Ask somebody who may give any discount to "
                        "change them.",
                        line=line.name,
                    )
                )

    def _check_taller_price(self, list_price, limit):
        floor = list_price * (1 - limit / 100)
        if self.taller_service_price:
            floor = min(floor, self.taller_service_price)
        price = self.price_unit * (1 - self.discount / 100)
        quantity = self.product_uom_qty
        if quantity < 0 or self.currency_id.compare_amounts(price * quantity, floor * quantity) < 0:
            raise UserError(
                self.env._(
                    "“%(line)s” would cost %(price)s; by the price list it is %(list_price)s, and you may go "
                    "%(limit)s %% below that. Ask somebody who may go further.",
                    line=self.name,
                    price=formatLang(self.env, price * quantity, currency_obj=self.currency_id),
                    list_price=formatLang(
                        self.env, list_price * abs(quantity), currency_obj=self.currency_id
                    ),
                    limit=f"{limit:g}",
                )
            )

    def _get_taller_list_prices(self):
        """{line: unit price by the estimate's price list, its own discounts included}: no query per line."""
        prices = {}
        groups = self.grouped(lambda line: (line.order_id, line.product_uom_id, line.product_uom_qty))
        for (estimate, uom, quantity), lines in groups.items():
            of_product = estimate.pricelist_id._get_products_price(
                lines.product_id.with_company(estimate.company_id),
                quantity,
                currency=estimate.currency_id,
                uom=uom,
                date=estimate.date_order,
            )
            for line in lines:
                prices[line] = line.product_id._get_tax_included_unit_price_from_price(
                    of_product.get(line.product_id.id, 0.0),
                    product_taxes=line.product_id.taxes_id._filter_taxes_by_company(line.company_id),
                    fiscal_position=estimate.fiscal_position_id,
                )
        return prices
