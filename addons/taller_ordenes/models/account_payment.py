from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccountPayment(models.Model):
    """A payment that belongs to a work order: a deposit at the reception, or an advance."""

    _inherit = "account.payment"

    taller_order_id = fields.Many2one(
        "taller.order",
        string="Work Order",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The order that this payment was made for, before there is an invoice.",
    )

    @api.constrains("taller_order_id", "partner_id")
    def _check_taller_order_id(self):
        for payment in self.filtered("taller_order_id"):
            customer = payment.taller_order_id.sudo().partner_id
            if payment.partner_id.commercial_partner_id != customer.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(order)s is paid by %(customer)s, and this is a payment of %(partner)s.",
                        order=payment.taller_order_id.name,
                        customer=customer.display_name,
                        partner=payment.partner_id.display_name,
                    )
                )
