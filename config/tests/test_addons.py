from config import addons
from config.errors import TallerError
from config.tests.folder import FolderCase


class TestAddons(FolderCase):
    def setUp(self):
        super().setUp()
        self.write("base/__manifest__.py", "{'version': '19.0.1.0.0', 'depends': ['account', 'fleet']}")
        self.write("orders/__manifest__.py", "{'version': '19.0.1.0.0', 'depends': ['base', 'sale']}")
        self.write("draft/__manifest__.py", "{'installable': False}")

    def checksums(self):
        return addons.checksums(addons.found(self.folder))

    def test_only_installable_ones_are_found(self):
        self.assertEqual([addon.name for addon in addons.found(self.folder)], ["base", "orders"])

    def test_dependencies_are_those_of_others(self):
        self.assertEqual(addons.dependencies(addons.found(self.folder)), ["account", "fleet", "sale"])

    def test_a_manifest_that_is_no_dictionary(self):
        self.write("broken/__manifest__.py", "{")
        with self.assertRaisesRegex(TallerError, "is not a manifest"):
            addons.found(self.folder)

    def test_a_changed_view_is_a_changed_add_on(self):
        before = self.checksums()
        self.write("base/views/shop_views.xml", "<odoo/>")
        self.assertEqual(addons.changed(self.checksums(), before), ([], ["base"]))

    def test_a_new_add_on_is_new(self):
        before = self.checksums()
        self.write("stock/__manifest__.py", "{}")
        self.assertEqual(addons.changed(self.checksums(), before), (["stock"], []))

    def test_tests_and_pictures_need_no_upgrade(self):
        before = self.checksums()
        self.write("base/tests/test_shop.py", "pass")
        self.write("base/static/src/shop.js", "1")
        self.write("base/models/__pycache__/shop.cpython-311.pyc", "x")
        self.assertEqual(addons.changed(self.checksums(), before), ([], []))
