from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql


class TallerUserCreate(models.TransientModel):
    """Give an employee a sign-in: role, shops and invitation in one step."""

    _name = "taller.user.create"
    _description = "Create an employee's user"

    employee_id = fields.Many2one("hr.employee", required=True, readonly=True)
    company_id = fields.Many2one("res.company", related="employee_id.company_id")
    login = fields.Char(
        string="E-mail",
        required=True,
        compute="_compute_from_employee",
        store=True,
        readonly=False,
        precompute=True,
        help="The invitation goes to this address, and the user signs in with it.",
    )
    role_id = fields.Many2one(
        "res.groups",
        string="Role",
        required=True,
        domain=lambda self: [
            ("privilege_id", "=", self.env.ref("taller_base.res_groups_privilege_taller").id)
        ],
    )
    role_description = fields.Text(related="role_id.comment")
    shop_ids = fields.Many2many(
        "taller.shop",
        string="Shops",
        compute="_compute_from_employee",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('company_id', '=', company_id)]",
    )

    @api.depends("employee_id")
    def _compute_from_employee(self):
        for wizard in self:
            wizard.login = wizard.employee_id.work_email
            wizard.shop_ids = wizard.employee_id.shop_id

    def action_create_user(self):
        """Create the user, tie it to the employee and send the invitation.

        :raises AccessError: if the caller is no administrator, or would grant more than it has
        :raises UserError: if the employee or the e-mail address has a user already
        """
        self.ensure_one()
        self._check_may_grant()
        login = self._get_free_login()
        user = self.env["res.users"].create(self._get_user_values(login))
        invited = bool(user.partner_id.signup_type)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if invited else "warning",
                "sticky": not invited,
                "message": self.env._("%(name)s was invited at %(login)s.", name=user.name, login=login)
                if invited
                else self.env._(
                    "The user %(login)s was created, but the invitation could not be sent. Set up the "
                    "outgoing mail server, then send it from the user's form.",
                    login=login,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_may_grant(self):
        user = self.env.user
        if not user.has_group("taller_base.taller_base_group_administrator"):
            raise AccessError(self.env._("Only an administrator may create users."))
        if self.role_id.privilege_id != self.env.ref("taller_base.res_groups_privilege_taller"):
            raise UserError(self.env._("Choose one of the workshop's roles."))
        if not (self.role_id | self.role_id.all_implied_ids) <= user.all_group_ids:
            raise AccessError(self.env._("You cannot give a role with more rights than your own."))

    def _get_free_login(self):
        """The normalised e-mail address, which no user may have, not even an archived one."""
        employee = self.employee_id
        if employee.user_id:
            raise UserError(self.env._("%(name)s has a user already.", name=employee.name))
        login = email_normalize(self.login)
        if not login:
            raise UserError(
                self.env._(
                    "“%(login)s” is not an e-mail address. Write one like name@example.com.", login=self.login
                )
            )
        taken = (
            self.env["res.users"]
            .with_context(active_test=False)
            .search(["|", ("login", "=ilike", escape_psql(login)), ("email_normalized", "=", login)], limit=1)
        )
        if taken:
            raise UserError(
                self.env._(
                    "%(user)s uses %(login)s already. Choose another address, or link that user to the "
                    "employee.",
                    user=taken.name,
                    login=login,
                )
            )
        return login

    def _get_user_values(self, login):
        """Supervisors supervise and managers manage the chosen shops; others work in them."""
        employee = self.employee_id
        shops_field = {
            self.env.ref("taller_base.taller_base_group_supervisor"): "supervised_shop_ids",
            self.env.ref("taller_base.taller_base_group_manager"): "managed_shop_ids",
        }.get(self.role_id, "shop_ids")
        default_shop = employee.shop_id & self.shop_ids or self.shop_ids[:1]
        return {
            "name": employee.name,
            "login": login,
            "email": login,
            "partner_id": employee.work_contact_id.id,
            "create_employee_id": employee.id,
            "company_id": employee.company_id.id,
            "company_ids": [Command.set(employee.company_id.ids)],
            "group_ids": [Command.set(self.role_id.ids)],
            "tz": employee.tz,
            shops_field: [Command.set(self.shop_ids.ids)],
            "shop_id": default_shop.id,
        }
