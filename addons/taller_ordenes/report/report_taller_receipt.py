from odoo import models

from ..models.taller_order import OFFICE


class ReportTallerOrderReceipt(models.AbstractModel):
    """The reception receipt of orders: as signed, or as the order is now. It shows deposits, so not to mechanics."""

    _name = "report.taller_ordenes.report_taller_order_receipt"
    _description = "Reception Receipt"
    _inherit = ["taller.document"]

    _document_groups = OFFICE

    def _get_document_values(self, records):
        receipts = {}
        for order in records:
            latest = order.sudo().receipt_ids.sorted("id")[-1:]
            receipts[order] = latest if latest.is_current else latest.browse()
        return {"receipts": receipts}


class ReportTallerReceipt(models.AbstractModel):
    """Receipts as they were signed."""

    _name = "report.taller_ordenes.report_taller_receipt"
    _description = "Signed Reception Receipt"
    _inherit = ["taller.document"]

    _document_model = "taller.receipt"
    _document_groups = OFFICE
