from odoo import fields, models
from odoo.tools import SQL


class TallerReportMixin(models.AbstractModel):
    """A report of the workshop: rows of a query, of one shop and company each.

    A ratio (`RATIOS`) is a column of each row, and of a group the sum of its numerators by the sum of its
    denominators: an average of ratios would give a mechanic's five minutes the weight of a whole day.
    """

    _name = "taller.report.mixin"
    _description = "Report of the Workshop"

    # {ratio: (numerator, denominator)}; without a denominator there is no ratio, and not zero.
    RATIOS = {}

    shop_id = fields.Many2one("taller.shop", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    def _read_group_select(self, aggregate_spec, query):
        name, _separator, function = aggregate_spec.partition(":")
        if name not in self.RATIOS or function not in ("avg", "sum"):
            return super()._read_group_select(aggregate_spec, query)
        numerator, denominator = self.RATIOS[name]
        return SQL(
            "SUM(%s)::float8 / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, numerator, query),
            self._field_to_sql(self._table, denominator, query),
        )
