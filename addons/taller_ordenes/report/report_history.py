from odoo import fields, models


class TallerHistoryDocument(models.AbstractModel):
    """What the printed histories have in common; each record's `get_history` checks who asks."""

    _name = "taller.history.document"
    _inherit = ["taller.document"]
    _description = "Printed History"

    def _get_document_values(self, records):
        return {
            "histories": {record.id: record.get_history() for record in records},
            "printed_at": fields.Datetime.now(),
            "shop": self.env.user._get_default_shop()
            or self.env["taller.shop"].sudo().search([("company_id", "in", self.env.companies.ids)], limit=1),
        }


class ReportVehicleHistory(models.AbstractModel):
    """Of vehicles. In the portal a customer prints the own part of it."""

    _name = "report.taller_ordenes.report_vehicle_history"
    _inherit = ["taller.history.document"]
    _description = "Service History of Vehicles"

    _document_model = "fleet.vehicle"


class ReportPartnerHistory(models.AbstractModel):
    """Of customers, with amounts."""

    _name = "report.taller_ordenes.report_partner_history"
    _inherit = ["taller.history.document"]
    _description = "History of Customers"

    _document_model = "res.partner"


class ReportEmployeeHistory(models.AbstractModel):
    """Of mechanics."""

    _name = "report.taller_ordenes.report_employee_history"
    _inherit = ["taller.history.document"]
    _description = "Work History of Mechanics"

    _document_model = "hr.employee.public"
