from odoo import models

from ..models.taller_order import OFFICE


class TallerDeliveryReport(models.AbstractModel):
    """The delivery note; who may see the order may print it."""

    _name = "report.taller_ordenes.report_taller_delivery"
    _description = "Delivery Note, Printed"
    _inherit = "taller.document"

    _document_model = "taller.delivery"
    _document_groups = OFFICE
