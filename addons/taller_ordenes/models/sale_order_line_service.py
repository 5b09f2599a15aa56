from odoo import fields, models

from ..tools.price_split import find_parts


class SaleOrderLine(models.Model):
    """A line whose price a canned service with a fixed price has set."""

    _inherit = "sale.order.line"

    taller_service_price = fields.Float(
        string="Price Set by the Service",
        readonly=True,
        copy=False,
        min_display_digits="Product Price",
        groups="base.group_user",
        help="Unit price that the line's share of a fixed price is; 0: the price list's is good.",
    )

    def _spread_taller_price(self, total):
        """Set unit prices so that these lines, of one job, total exactly `total`, taxes included.

        The lines share it in proportion to what they cost by the price list. Where taxes rounded line by line
        let a single line never total this, the line is divided into two of half the quantity.

        :param float total: in the lines' currency
        """
        lines = self.filtered(lambda line: not line.display_type and line.product_uom_qty)
        prices = lines._find_taller_prices(total)
        if prices is None:
            lines |= lines[:1]._divide_taller_line()
            prices = lines._find_taller_prices(total) or {}
        for line, price in prices.items():
            line.write({"price_unit": price, "discount": 0.0, "taller_service_price": price})

    def _find_taller_prices(self, total):
        """{line: unit price} with which the lines total `total`; None where there are no such prices."""
        unit = self.currency_id.rounding
        slopes = {line: line._get_taller_price_slope() for line in self}

        def get_prices(parts):
            return {
                line: (part * unit - slopes[line][0]) / slopes[line][1]
                for line, part in zip(self, parts, strict=True)
            }

        parts = find_parts(
            round(total / unit),
            [max(line.price_total, 0.0) for line in self],
            lambda parts: round(self._get_taller_totals(get_prices(parts))[1] / unit),
        )
        return parts and get_prices(parts)

    def _get_taller_price_slope(self):
        """(a, b): with the unit price p the line totals a + b·p, taxes included, before any rounding.

        That holds for taxes in percent and for fixed amounts, included in the price or not.
        """
        base_line = self._prepare_base_line_for_taxes_computation()
        totals = [
            base_line["tax_ids"]._get_tax_details(
                price,
                base_line["quantity"],
                rounding_method="round_globally",
                product=base_line["product_id"],
                product_uom=base_line["product_uom_id"],
            )["total_included"]
            for price in (0.0, 1.0)
        ]
        return totals[0], totals[1] - totals[0]

    def _divide_taller_line(self):
        """Take half of the line's quantity out into a line of its own, which is returned."""
        quantity = self.product_uom_qty
        self.product_uom_qty = quantity / 2
        return self.create(
            {
                "order_id": self.order_id.id,
                "taller_job_id": self.taller_job_id.id,
                "product_id": self.product_id.id,
                "product_uom_id": self.product_uom_id.id,
                "name": self.name,
                "sequence": self.sequence,
                "tax_ids": [fields.Command.set(self.tax_ids.ids)],
                "product_uom_qty": quantity - self.product_uom_qty,
            }
        )

    def _get_taller_offer_values(self):
        """Values of a line like this one, at today's price; where the price list has none, at the same one."""
        self.ensure_one()
        values = {"name": self.name, "sequence": self.sequence}
        if self.display_type:
            return {**values, "display_type": self.display_type}
        values.update(
            product_id=self.product_id.id,
            product_uom_id=self.product_uom_id.id,
            product_uom_qty=self.product_uom_qty,
        )
        if not self.product_id.lst_price:
            values["price_unit"] = self.price_unit
        return values
