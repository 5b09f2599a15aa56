from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class HrEmployee(models.Model):
    """What a workshop needs to know of its people.

    Ordinary staff read employees through `hr.employee.public`: a field that they need stands there
    too; every other one carries the group of the personnel officers.
    """

    _inherit = "hr.employee"

    shop_id = fields.Many2one(
        "taller.shop",
        index="btree_not_null",
        tracking=True,
        domain="[('company_id', '=', company_id)]",
        help="The shop where this person works.",
    )
    specialty_ids = fields.Many2many(
        "taller.specialty",
        "taller_specialty_employee_rel",
        "employee_id",
        "specialty_id",
        string="Specialties",
    )
    certificate_ids = fields.One2many("taller.certificate", "employee_id", string="Certificates")
    target_rate = fields.Monetary(
        groups="hr.group_hr_user",
        tracking=True,
        help="What one hour of this person's work should bring in when it is sold, without taxes.",
    )

    _target_rate_positive = models.Constraint(
        "CHECK(target_rate >= 0)", "The target rate cannot be negative."
    )

    @api.constrains("shop_id", "company_id")
    def _check_shop_company(self):
        for employee in self.filtered("shop_id"):
            if employee.shop_id.company_id != employee.company_id:
                raise ValidationError(
                    self.env._(
                        "The shop %(shop)s belongs to another company than %(employee)s. "
                        "Choose a shop of %(company)s.",
                        shop=employee.shop_id.name,
                        employee=employee.name,
                        company=employee.company_id.name,
                    )
                )

    def action_taller_create_user(self):
        """Open the wizard that gives this person a sign-in with a role. Administrators only."""
        self.ensure_one()
        if not self.env.user.has_group("taller_base.taller_base_group_administrator"):
            raise AccessError(self.env._("Only an administrator may create users."))
        if self.user_id:
            raise UserError(self.env._("%(name)s has a user already.", name=self.name))
        return {
            "name": self.env._("Create user"),
            "type": "ir.actions.act_window",
            "res_model": "taller.user.create",
            "view_mode": "form",
            "target": "new",
            "context": {"default_employee_id": self.id},
        }
