import unittest

from config.install_check import warnings_in

LOG = """\
2026-11-20 22:00:00,123 4711 INFO taller odoo.registry: Registry loaded in 12.345s
2026-11-20 22:00:01,123 4711 WARNING taller odoo.fields: Field taller.shop.x: unknown parameter 'y'
2026-11-20 22:00:02,123 4711 ERROR taller odoo.http: It broke
Traceback (most recent call last):
  File "x.py", line 1
ValueError: WARNING of nothing
2026-11-20 22:00:03,123 4711 INFO taller odoo.modules.loading: WARNING is only a word here
2026-11-20 22:00:04,123 4711 WARNING ? odoo: Running as user 'root' is a security risk.
"""


class TestInstallCheck(unittest.TestCase):
    def test_warnings_and_errors_are_found_with_their_traceback(self):
        warning, error = warnings_in(LOG)
        self.assertEqual(warning, "WARNING odoo.fields: Field taller.shop.x: unknown parameter 'y'")
        self.assertTrue(error.startswith("ERROR odoo.http: It broke\nTraceback"))
        self.assertTrue(error.endswith("ValueError: WARNING of nothing"))

    def test_a_quiet_log_is_clean(self):
        self.assertEqual(warnings_in(LOG.splitlines()[0]), [])

    def test_an_installation_that_broke_off_is_not_clean(self):
        self.assertEqual(warnings_in(""), ["Odoo did not finish loading its modules."])
