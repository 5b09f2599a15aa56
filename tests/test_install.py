"""Each add-on installs, upgrades and uninstalls alone, in a database that has nothing else."""

import ast
import os
import subprocess
import sys
import unittest
from pathlib import Path

from odoo.tools import config

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from config.install_check import warnings_in  # noqa: E402

# What must still open when our add-ons are gone: the screens they had changed.
STILL_THERE = """
broken = []
for xmlid in ("fleet.fleet_vehicle_action", "contacts.action_contacts", "base.action_partner_form",
              "base.action_res_users", "account.action_move_out_invoice_type", "hr.open_view_employee_list_my",
              "sale.action_quotations_with_onboarding"):
    action = env.ref(xmlid, raise_if_not_found=False)
    if action:
        model = env[action.res_model]
        views = [(view_id, kind) for view_id, kind in action.views]
        model.get_views(views + [(False, "form"), (False, "search")])
        model.search_fetch([], ["display_name"], limit=1)
        print("OPENS", xmlid)
left = env["ir.model.data"].search([("module", "=like", "taller\\\\_%")])
print("LEFT", left.mapped("complete_name"))
env.cr.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'taller\\\\_%'")
print("TABLES", [name for name, in env.cr.fetchall()])
"""


def depends(addon):
    manifest = ROOT / "addons" / addon / "__manifest__.py"
    return ast.literal_eval(manifest.read_text(encoding="utf-8"))["depends"]


def in_order(addons):
    """The add-ons, each after those of ours that it depends on."""
    ordered = []
    while len(ordered) < len(addons):
        ordered += [
            addon
            for addon in addons
            if addon not in ordered and not (set(depends(addon)) & set(addons)) - set(ordered)
        ]
    return ordered


ADDONS = in_order(sorted(manifest.parent.name for manifest in ROOT.glob("addons/*/__manifest__.py")))


class TestInstall(unittest.TestCase):
    """Every database begins empty but for the add-ons of ours that the one under test depends on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prefix = f"taller_alone_{os.getpid()}"
        cls.databases = {}
        for addon in ADDONS:
            name = f"{cls.prefix}_{addon}"
            below = [other for other in depends(addon) if other in ADDONS]
            cls.addClassCleanup(cls.odoo, "db", "drop", name)
            if below:
                cls.odoo("db", "duplicate", cls.databases[below[-1]][0], name, check=True)
            cls.databases[addon] = (name, cls.server(name, "-i", addon))

    @classmethod
    def odoo(cls, *arguments, check=False, text_in=None):
        """Run an Odoo command with the configuration of this test run; what it printed."""
        command, *rest = arguments
        options = ["-c", os.environ.get("ODOO_RC") or config.rcfile]
        if command in ("module", "i18n"):
            command, rest = [command, rest[0]], rest[1:]
        else:
            command = [command]
        done = subprocess.run(
            [sys.executable, "-m", "odoo", *command, *options, *rest],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            input=text_in or "",
        )
        if check and done.returncode:
            raise AssertionError(f"odoo {' '.join(arguments)} failed:\n{done.stdout[-3000:]}")
        return done.stdout

    @classmethod
    def server(cls, database, *arguments):
        return cls.odoo("server", "-d", database, "--stop-after-init", "--no-http", *arguments)

    def test_installs_alone(self):
        for addon in ADDONS:
            with self.subTest(addon=addon):
                self.assertEqual(warnings_in(self.databases[addon][1]), [])

    def test_upgrades_and_uninstalls_and_leaves_core_as_it_was(self):
        for addon in ADDONS:
            with self.subTest(addon=addon):
                database = self.databases[addon][0]
                self.assertEqual(warnings_in(self.server(database, "-u", addon)), [])
                log = self.odoo("module", "uninstall", "-d", database, addon, check=True)
                self.assertEqual(warnings_in(log), [])
                printed = self.odoo("shell", "-d", database, "--no-http", text_in=STILL_THERE)
                self.assertEqual(warnings_in(printed), [])
                self.assertIn("OPENS fleet.fleet_vehicle_action", printed)
                self.assertNotIn(f"{addon}.", printed.split("LEFT ")[1])
                if addon == ADDONS[0]:
                    self.assertIn("TABLES []", printed)
