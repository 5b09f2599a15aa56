from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    taller_order_id = fields.Many2one(
        "taller.order",
        string="Work Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
