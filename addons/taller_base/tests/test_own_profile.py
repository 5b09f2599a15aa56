from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ROLES, TallerCommon

PIXEL = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestOwnProfile(TallerCommon):
    def test_staff_keep_their_own_profile(self):
        self.env["res.lang"]._activate_lang("es_GT")
        for role in ROLES:
            user = self.as_role(role, self.users[role])
            user.write(
                {
                    "phone": "+502 5512 0000",
                    "image_1920": PIXEL,
                    "lang": "es_GT",
                    "signature": "<p>Saludos</p>",
                    "tz": "America/Guatemala",
                }
            )
            self.assertEqual(self.users[role].phone, "+502 5512 0000", role)
            self.assertEqual(self.users[role].lang, "es_GT", role)

    def test_but_not_their_role_nor_their_shops(self):
        group = self.env.ref("taller_base.taller_base_group_manager")
        for role in set(ROLES) - {"administrator"}:
            user = self.as_role(role, self.users[role])
            for values in (
                {"group_ids": [(4, group.id)]},
                {"shop_ids": [(4, self.other_shop.id)]},
                {"supervised_shop_ids": [(4, self.other_shop.id)]},
                {"managed_shop_ids": [(4, self.other_shop.id)]},
                {"login": "somebody"},
            ):
                with self.assertRaises(AccessError, msg=f"{role} {values}"):
                    user.write(values)

    def test_nor_the_profile_of_others(self):
        for role in set(ROLES) - {"administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.users["administrator"]).write({"signature": "x"})
