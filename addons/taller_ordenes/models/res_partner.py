from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_documents_blocking_deletion(self):
        return [
            *super()._get_documents_blocking_deletion(),
            ("sale.order", "partner_id", self.env._("estimates or sales orders")),
            ("taller.order", "partner_id", self.env._("work orders")),
        ]
