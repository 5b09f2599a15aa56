from odoo import fields, models


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    shop_id = fields.Many2one("taller.shop", readonly=True)
    specialty_ids = fields.Many2many(
        "taller.specialty",
        "taller_specialty_employee_rel",
        "employee_id",
        "specialty_id",
        string="Specialties",
        readonly=True,
    )
    certificate_ids = fields.One2many(
        "taller.certificate", "employee_id", string="Certificates", readonly=True
    )
