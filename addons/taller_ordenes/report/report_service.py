from odoo import models


class ReportService(models.AbstractModel):
    """The service report for the workshop: hours and names of mechanics, all photos, no prices."""

    _name = "report.taller_ordenes.report_service"
    _inherit = ["taller.document"]
    _description = "Service Report"

    def _get_document_values(self, records):
        return {"reports": {order.id: order._get_service_report() for order in records}}


class ReportServiceCustomer(models.AbstractModel):
    """The service report for the customer, in the customer's language."""

    _name = "report.taller_ordenes.report_service_customer"
    _inherit = ["taller.document"]
    _description = "Service Report for the Customer"

    def _get_document_values(self, records):
        return {
            "reports": {
                order.id: order.with_context(lang=order._get_document_lang())._get_service_report(
                    for_customer=True
                )
                for order in records
            }
        }
