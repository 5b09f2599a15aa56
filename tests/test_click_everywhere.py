"""Odoo's clickbot opens the menus, views and filters of our app."""

from odoo.tests import HttpCase, tagged

START = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader').startClickEverywhere(%s);"
MENU = "'taller_base.taller_base_menu_root'"
STAFF = ("mecanico", "bodega", "recepcion", "encargado", "gerente", "contabilidad")


@tagged("post_install", "-at_install")
class TestClickEverywhere(HttpCase):
    allow_end_on_form = True

    def click(self, user, options):
        user.tour_enabled = False
        self.browser_js(
            "/odoo",
            START % options,
            "odoo.isReady === true",
            login=user.login,
            timeout=300,
            success_signal="clickbot test succeeded",
        )

    def test_administrator_opens_every_menu_view_and_filter(self):
        self.click(self.env.ref("base.user_admin"), MENU)

    def test_staff_open_every_menu_they_see(self):
        for name in STAFF:
            with self.subTest(user=name):
                self.click(self.env.ref(f"taller_base.user_{name}"), f"{MENU}, true")
