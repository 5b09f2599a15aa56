from odoo import models


class TallerOrder(models.Model):
    """What the order's printed documents need."""

    _inherit = "taller.order"

    def _get_document_lang(self):
        """The customer's language, whoever prints."""
        self.ensure_one()
        order = self.sudo()
        return order.partner_id.lang or order.company_id.partner_id.lang or self.env.lang
