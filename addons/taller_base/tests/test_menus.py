from odoo.tests import tagged

from .common import ROLES, TallerCommon


@tagged("post_install", "-at_install")
class TestMenus(TallerCommon):
    """Each role opens the app on something it may use, and is shown nothing that it may not."""

    def _get_taller_menus(self, role):
        """The role's menus of the app, as the web client gets them, in the order of the screen."""
        menus = self.as_role(role, "ir.ui.menu").load_web_menus(False)
        root = self.env.ref("taller_base.taller_base_menu_root").id

        def walk(menu_id):
            yield menus[menu_id]
            for child in menus[menu_id]["children"]:
                yield from walk(child)

        return list(walk(root))

    def _open(self, role, action_id):
        """What the web client asks of the server when a menu with this action is clicked."""
        env = self.env(user=self.users[role])
        kind = env["ir.actions.actions"].sudo().browse(action_id).type
        description = env[kind].sudo().browse(action_id)._get_action_dict()
        if description["type"] != "ir.actions.act_window":
            return
        model = env[description["res_model"]]
        views = model.get_views(
            [(view_id, mode) for view_id, mode in description["views"]] + [(False, "search")]
        )
        for mode in {"list", "kanban"} & views["views"].keys():
            names = views["models"][model._name]["fields"].keys()
            arch = views["views"][mode]["arch"]
            specification = {name: {} for name in names if f'name="{name}"' in arch}
            model.web_search_read([], specification, limit=5)

    def test_every_menu_that_is_shown_opens(self):
        for role in ROLES:
            opened = 0
            for menu in self._get_taller_menus(role):
                if menu["actionID"]:
                    with self.subTest(role=role, menu=menu["xmlid"]):
                        self._open(role, menu["actionID"])
                        opened += 1
            self.assertTrue(opened, f"{role} has no menu at all")

    def test_the_app_opens_for_every_role(self):
        for role in ROLES:
            app, *others = self._get_taller_menus(role)
            self.assertTrue(app["actionID"], f"{role}: a click on the app opens nothing")
            first = next(menu for menu in others if menu["actionID"])
            self.assertEqual(app["actionID"], first["actionID"], role)
            self._open(role, app["actionID"])

    def test_no_section_is_empty(self):
        for role in ROLES:
            for menu in self._get_taller_menus(role):
                self.assertTrue(menu["actionID"] or menu["children"], f"{role}: {menu['xmlid']}")

    def test_settings_are_for_administrators(self):
        names = {
            "taller_base.taller_shop_menu",
            "taller_base.hr_employee_menu",
            "taller_base.taller_privacy_request_menu",
            "taller_base.db_backup_menu",
        }
        for role in ROLES:
            shown = names & {menu["xmlid"] for menu in self._get_taller_menus(role)}
            self.assertEqual(shown, names if role == "administrator" else set(), role)

    def test_supervisors_and_managers_see_their_people_administrators_the_files(self):
        public = "taller_base.hr_employee_public_menu"
        for role in ROLES:
            shown = {menu["xmlid"] for menu in self._get_taller_menus(role)}
            self.assertEqual(public in shown, role in ("supervisor", "manager"), role)
