from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import ROLES
from .test_people import PeopleCommon


@tagged("post_install", "-at_install")
class TestUserCreate(MailCase, PeopleCommon):
    def _wizard(self, employee, role="mechanic", by="administrator", **values):
        return self.as_role(by, "taller.user.create").create(
            {
                "employee_id": employee.id,
                "login": "Domingo@Example.com",
                "role_id": self.env.ref(f"taller_base.taller_base_group_{role}").id,
                **values,
            }
        )

    def test_administrator_gives_a_mechanic_a_sign_in(self):
        self._wizard(self.far_mechanic).action_create_user()
        user = self.far_mechanic.user_id
        self.assertEqual(user.login, "domingo@example.com")
        self.assertEqual(user.name, "Far Mechanic")
        self.assertEqual(user.partner_id, self.far_mechanic.work_contact_id)
        self.assertEqual(user.shop_ids, self.other_shop)
        self.assertEqual(user.shop_id, self.other_shop)
        self.assertEqual(user.company_ids, self.company)
        self.assertTrue(user.has_group("taller_base.taller_base_group_mechanic"))
        self.assertFalse(user.has_group("taller_base.taller_base_group_reception"))
        self.assertFalse(user.has_group("hr.group_hr_user"))
        self.assertEqual(self.env["taller.shop"].with_user(user).search([]), self.other_shop)

    def test_the_invitation_is_sent(self):
        with self.mock_mail_gateway():
            self._wizard(self.far_mechanic).action_create_user()
        self.assertEqual(self._mails[0]["email_to"], ["domingo@example.com"])

    def test_each_role_gets_exactly_its_groups(self):
        for role in ROLES:
            employee = self.env["hr.employee"].create({"name": f"New {role}", "shop_id": self.shop.id})
            self._wizard(employee, role, login=f"new_{role}@example.com").action_create_user()
            group = self.env.ref(f"taller_base.taller_base_group_{role}")
            self.assertEqual(employee.user_id.group_ids, group)

    def test_supervisors_supervise_and_managers_manage_the_shops(self):
        self._wizard(self.far_mechanic, "supervisor").action_create_user()
        self.assertIn(self.far_mechanic.user_id, self.other_shop.supervisor_ids)
        employee = self.env["hr.employee"].create({"name": "New Manager"})
        shops = self.shop | self.other_shop
        self._wizard(
            employee, "manager", login="manager@example.com", shop_ids=[Command.set(shops.ids)]
        ).action_create_user()
        self.assertEqual(employee.user_id.managed_shop_ids, shops)

    def test_only_administrators_create_users(self):
        wizard = self._wizard(self.far_mechanic)
        for role in set(ROLES) - {"administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self._wizard(self.far_mechanic, by=role)
            with self.assertRaises(AccessError, msg=role):
                wizard.with_user(self.users[role]).action_create_user()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.far_mechanic).action_taller_create_user()
        with self.assertRaises(AccessError):
            wizard.with_user(self.portal_user).action_create_user()

    def test_nobody_gives_more_than_the_own_rights(self):
        wizard = self._wizard(self.far_mechanic, "accounting")
        accounting = self.env.ref("taller_base.taller_base_group_accounting")
        administrator = self.env.ref("taller_base.taller_base_group_administrator")
        administrator.implied_ids = [Command.unlink(accounting.id)]
        accounting.implied_ids = [Command.create({"name": "Keys of the vault"})]
        with self.assertRaises(AccessError):
            wizard.action_create_user()
        self.assertFalse(self.far_mechanic.user_id)

    def test_a_role_outside_the_workshop_is_refused(self):
        wizard = self._wizard(self.far_mechanic)
        wizard.role_id = self.env.ref("base.group_system")
        with self.assertRaises(UserError):
            wizard.action_create_user()

    def test_a_second_user_is_refused(self):
        with self.assertRaises(UserError):
            self._wizard(self.mechanic).action_create_user()
        with self.assertRaises(UserError):
            self.as_role("administrator", self.mechanic).action_taller_create_user()

    def test_a_login_in_use_is_refused_even_if_archived(self):
        self.portal_user.write({"login": "DOMINGO@example.com", "active": False})
        with self.assertRaises(UserError):
            self._wizard(self.far_mechanic).action_create_user()

    def test_a_wrong_address_is_refused(self):
        with self.assertRaises(UserError):
            self._wizard(self.far_mechanic, login="domingo").action_create_user()

    def test_people_of_another_company_are_out_of_reach(self):
        with self.assertRaises(AccessError):
            self._wizard(self.foreign_mechanic).action_create_user()
