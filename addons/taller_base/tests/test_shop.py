from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ROLES, TallerCommon


@tagged("post_install", "-at_install")
class TestShop(TallerCommon):
    def test_staff_see_their_own_shops_only(self):
        for role in set(ROLES) - {"accounting", "administrator"}:
            shops = self.as_role(role, "taller.shop").search([])
            self.assertEqual(shops.ids, self.shop.ids, role)

    def test_accounting_sees_all_shops_of_its_companies_only(self):
        shops = self.as_role("accounting", "taller.shop").search([])
        self.assertIn(self.other_shop, shops)
        self.assertNotIn(self.foreign_shop, shops)

    def test_only_administrators_change_shops(self):
        for role in set(ROLES) - {"administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.shop).name = "Mine"
        self.as_role("administrator", self.shop).name = "Renamed"
        self.assertEqual(self.shop.name, "Renamed")

    def test_portal_users_reach_no_shop(self):
        with self.assertRaises(AccessError):
            self.shop.with_user(self.portal_user).read(["name"])

    def test_leaving_a_shop_takes_effect_at_once(self):
        mechanic_shops = self.as_role("mechanic", "taller.shop")
        self.assertIn(self.shop, mechanic_shops.search([]))
        self.users["mechanic"].shop_ids = [Command.set(self.other_shop.ids)]
        self.assertEqual(mechanic_shops.search([]).ids, self.other_shop.ids)

    def test_a_member_needs_access_to_the_company(self):
        with self.assertRaises(ValidationError):
            self.foreign_shop.user_ids = self.users["mechanic"]

    def test_a_new_document_starts_in_the_users_shop(self):
        self.assertEqual(self.users["mechanic"]._get_default_shop(), self.shop)
        accountant = self.users["accounting"]
        accountant.write({"shop_ids": [Command.clear()], "shop_id": False})
        self.assertEqual(accountant._get_default_shop().company_id, self.company)

    def test_nobody_starts_in_a_shop_they_cannot_reach(self):
        mechanic = self.users["mechanic"].with_user(self.users["mechanic"])
        mechanic.shop_id = self.other_shop.id
        self.assertEqual(mechanic._get_default_shop(), self.shop)

    def test_a_manager_is_no_supervisor(self):
        self.assertFalse(self.users["manager"].has_group("taller_base.taller_base_group_supervisor"))
