from odoo import models
from odoo.exceptions import UserError

from .sale_order_line_limit import NO_LIMIT

# Another price list, currency or day is another price.
PRICING_FIELDS = {"currency_id", "date_order", "pricelist_id"}


class SaleOrder(models.Model):
    """Whose discounts are limited doesn't choose the price list either."""

    _inherit = "sale.order"

    def write(self, vals):
        if not self.env.su and vals.keys() & PRICING_FIELDS:
            self._check_taller_may_price()
        return super().write(vals)

    def _check_taller_may_price(self):
        for estimate in self.filtered("taller_order_id"):
            if estimate.company_id._get_taller_discount_limit(self.env.user) < NO_LIMIT:
                raise UserError(
                    self.env._(
                        "%(estimate)s has the price list of its customer. Ask somebody who may give any discount "
                        "to change it.",
                        estimate=estimate.name,
                    )
                )
