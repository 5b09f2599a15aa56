"""The linters find what they are there for: each fires on an add-on that is wrong in every way."""

import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from config import lint, paths  # noqa: E402

MANIFEST = (
    '{"name": "Bad", "version": "18.0.1", "license": "LGPL-3", "author": "Taller maintainers", "depends": ["base"],\n'
    '    "data": ["views/bad.xml"]}\n'
)
MODEL = """\
import os
from odoo import models


class Bad(models.Model):
    _name = "taller.bad"

    def search_bad(self, name):
        self.env.cr.execute("SELECT id FROM taller_bad WHERE name = '%s'" % name)
        self.env.cr.commit()
"""
VIEW = """\
<odoo>
<record   id="taller_bad.bad_view" model="ir.ui.view"><field name="name">bad</field>
<field name="name">twice</field></record></odoo>
"""
TRANSLATION = """\
msgid ""
msgstr "Language: es\\n"

#. module: taller_bad
#: code:addons/taller_bad/models/bad.py:0
#, python-format
msgid "%(count)s jobs of %(order)s"
msgstr "%(count)s trabajos de %(orden)s"
"""


class TestLint(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = Path(tempfile.mkdtemp(prefix="taller_lint_"))
        cls.addClassCleanup(shutil.rmtree, cls.root)
        for name in ("pyproject.toml", ".prettierrc.yml", "config/node"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, cls.root / name)
        addon = cls.root / "addons" / "taller_bad"
        for name, text in {
            "__init__.py": "from . import models\n",
            "__manifest__.py": MANIFEST,
            "models/__init__.py": "from . import bad\n",
            "models/bad.py": MODEL,
            "views/bad.xml": VIEW,
            "i18n/es.po": TRANSLATION,
            "static/src/bad.js": "export function bad() { var unused = missing; }\n",
        }.items():
            (addon / name).parent.mkdir(parents=True, exist_ok=True)
            (addon / name).write_text(text, encoding="utf-8")
        cls.context = SimpleNamespace(
            root=cls.root,
            bin=Path(sys.executable).parent,
            node_prefix=paths.of(ROOT).cache / "node",
        )

    def assertFinds(self, check, *findings):
        output = check(self.context)
        for finding in findings:
            self.assertIn(finding, output)

    def test_ruff(self):
        self.assertFinds(lint.check_ruff, "F401")
        self.assertFinds(lint.check_ruff_format, "__manifest__.py")

    def test_pylint_odoo(self):
        self.assertFinds(
            lint.check_pylint,
            "sql-injection",
            "invalid-commit",
            "manifest-version-format",
            "license-allowed",
        )

    def test_oca_checks(self):
        self.assertFinds(lint.check_oca_modules, "xml-redundant-module-name", "xml-duplicate-fields")
        self.assertFinds(lint.check_oca_translations, "po-python-parse-printf")

    def test_prettier(self):
        self.assertFinds(lint.check_prettier, "views/bad.xml", "static/src/bad.js")

    def test_eslint(self):
        self.assertFinds(lint.check_eslint, "no-var", "no-undef", "no-unused-vars")
