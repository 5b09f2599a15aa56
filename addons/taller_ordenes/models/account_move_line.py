from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _compute_analytic_distribution(self):
        """As for the lines of estimates: where there are no rules of distribution, they are asked for once."""
        lines = self
        if not self.env["account.analytic.distribution.model"].search_count([], limit=1):
            lines = self.filtered(
                lambda line: not line.move_id.taller_order_id or line._related_analytic_distribution()
            )
        return super(AccountMoveLine, lines)._compute_analytic_distribution()
