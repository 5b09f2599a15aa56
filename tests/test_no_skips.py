"""What conftest.py promises: a skipped test fails the run."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parent.parent

SKIPPED = {
    "decorator": "import unittest\n@unittest.skip('later')\nclass TestX(unittest.TestCase):\n    def test_x(self): pass\n",
    "in the test": "import pytest\ndef test_x(): pytest.skip('later')\n",
    "in the setup": (
        "import unittest\nclass TestX(unittest.TestCase):\n"
        "    @classmethod\n    def setUpClass(cls): raise unittest.SkipTest('later')\n    def test_x(self): pass\n"
    ),
    "whole file": "import pytest\npytest.skip('later', allow_module_level=True)\ndef test_x(): pass\n",
}
FINE = {
    "passed": "def test_x(): pass\n",
    "expected to fail": "import pytest\n@pytest.mark.xfail\ndef test_x(): assert False\n",
}


class TestNoSkips(unittest.TestCase):
    def pytest(self, text):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "test_x.py").write_text(text, encoding="utf-8")
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-p",
                "no:odoo",
                "-p",
                "no:cacheprovider",
                "-p",
                "conftest",
            ]
            return subprocess.run(
                [*command, "--rootdir", folder, "-c", os.devnull, folder],
                cwd=folder,
                env={name: value for name, value in os.environ.items() if name != "ODOO_RC"}
                | {"PYTHONPATH": str(ROOT)},
                capture_output=True,
                text=True,
                check=False,
            )

    def test_a_skipped_test_fails_and_says_why(self):
        for how, text in SKIPPED.items():
            with self.subTest(how):
                done = self.pytest(text)
                self.assertIn(done.returncode, (1, 2), done.stdout)
                self.assertIn("A test must not be skipped", done.stdout)
                self.assertIn("later", done.stdout)

    def test_others_are_left_alone(self):
        for how, text in FINE.items():
            with self.subTest(how):
                done = self.pytest(text)
                self.assertEqual(done.returncode, 0, done.stdout)

    def test_no_test_at_all_is_a_failure(self):
        self.assertEqual(self.pytest("").returncode, 5)
