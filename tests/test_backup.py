"""Backup and restore of a real database with its files, as `./taller backup` and `restore` do it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

from odoo.tests.common import get_db_name
from odoo.tools import config

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from config import archive, database  # noqa: E402
from config.context import Context  # noqa: E402
from config.errors import TallerError  # noqa: E402
from config.odoo import Odoo  # noqa: E402
from config.paths import Paths  # noqa: E402
from config.postgres import Postgres  # noqa: E402

COPY = f"taller_copy_{os.getpid()}"
COUNTS = """
SELECT (SELECT count(*) FROM res_partner), (SELECT count(*) FROM ir_ui_view), (SELECT count(*) FROM account_account),
       (SELECT sum(file_size) FROM ir_attachment)
"""


class StatePaths(Paths):
    """The checkout, with the files where the Odoo that runs these tests has them."""

    @property
    def state(self):
        return Path(config["data_dir"]).parent


def files_of(folder):
    """The names of the files below a folder, but for Odoo's list of those to be deleted."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "checklist" not in path.parts
    }


class TestBackup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = {
            name: os.environ[name] for name in os.environ if name.startswith("PG") and name != "PGDATABASE"
        }
        platform = Odoo(ROOT, Path(sys.executable), Path(os.environ.get("ODOO_RC") or config["config"]))
        programs = Path(shutil.which("pg_dump")).parent
        cls.context = Context(StatePaths(ROOT, ROOT), platform, Postgres(programs, env))
        cls.source = get_db_name()
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.backup = archive.write(cls.context, cls.source, cls.folder / "backup.zip")

    def databases(self):
        rows = self.context.postgres.sql("SELECT datname FROM pg_database WHERE datname LIKE 'taller_copy%'")
        return sorted(row[0] for row in rows)

    def setUp(self):
        super().setUp()
        self.addCleanup(lambda: [self.context.drop_database(name) for name in self.databases()])

    def counts(self, name):
        return self.context.postgres.sql(COUNTS, database=name)

    def test_all_comes_back_and_opens_in_odoo(self):
        archive.restore(self.context, archive.verified(self.backup), COPY)
        self.assertEqual(self.counts(COPY), self.counts(self.source))
        folder = database.filestore(self.context, COPY)
        files = files_of(folder)
        with zipfile.ZipFile(self.backup) as packed:
            stored = {name for name in packed.namelist() if name.startswith("filestore/")}
        self.assertTrue(files)
        self.assertEqual({f"filestore/{name}" for name in files}, stored)
        for name in files:  # Odoo names a file after its content
            self.assertEqual(hashlib.sha1((folder / name).read_bytes()).hexdigest(), name.split("/")[1])
        printed = self.context.odoo(
            *("shell", "--no-http", "-d", COPY),
            text_in="print('COMPANY', env.company.currency_id.name, env['taller.shop'].search_count([]) > 0)\n",
        ).stdout
        self.assertIn("COMPANY GTQ True", printed)

    def test_odoo_itself_reads_the_archive(self):
        done = self.context.odoo("db", "load", COPY, self.backup)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.counts(COPY)[0][:3], self.counts(self.source)[0][:3])

    def test_what_was_there_is_kept_beside_what_is_brought_back(self):
        checked = archive.verified(self.backup)
        archive.restore(self.context, checked, COPY)
        self.context.postgres.sql("UPDATE res_company SET name = 'Later' WHERE id = 1", database=COPY)
        kept = archive.replace(self.context, checked, COPY)
        names = {
            name: self.context.postgres.sql("SELECT name FROM res_company WHERE id = 1", database=name)[0][0]
            for name in (COPY, kept)
        }
        self.assertEqual(names[kept], "Later")
        self.assertNotEqual(names[COPY], "Later")
        for name in names:
            self.assertTrue(files_of(database.filestore(self.context, name)))

    def test_an_archive_that_does_not_load_leaves_nothing_behind(self):
        broken = self.folder / "broken.zip"
        with (
            zipfile.ZipFile(self.backup) as source,
            zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            members = {name: source.read(name) for name in source.namelist() if name != archive.OWN}
            members["dump.sql"] = members["dump.sql"] + b"\nSELECT no_such_function();\n"
            sums = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
            members[archive.OWN] = json.dumps({"product": "taller", "sha256": sums}).encode()
            for name, content in members.items():
                target.writestr(name, content)
        with self.assertRaisesRegex(TallerError, "(?s)cannot be restored:.*no_such_function"):
            archive.restore(self.context, archive.verified(broken), COPY)
        self.assertEqual(self.databases(), [])
        self.assertFalse(database.filestore(self.context, COPY).exists())

    def test_a_database_that_exists_is_not_overwritten(self):
        with self.assertRaisesRegex(TallerError, f"There is a database {self.source} already"):
            archive.restore(self.context, archive.verified(self.backup), self.source)

    def test_a_backup_never_overwrites_a_file(self):
        before = self.backup.read_bytes()
        with self.assertRaisesRegex(TallerError, "exists already"):
            archive.write(self.context, self.source, self.backup)
        self.assertEqual(self.backup.read_bytes(), before)

    def test_a_database_somebody_works_in_is_dropped_all_the_same(self):
        database.create(self.context, COPY)
        command = [self.context.postgres.bin / "psql", "--dbname", COPY, "-Xc", "SELECT pg_sleep(300)"]
        somebody = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(somebody.stderr.close)
        busy = "SELECT 1 FROM pg_stat_activity WHERE datname = :'name' AND query LIKE 'SELECT pg_sleep%'"
        while not self.context.postgres.sql(busy, name=COPY):
            self.assertIsNone(somebody.poll())
        self.context.drop_database(COPY)
        self.assertEqual(self.databases(), [])
        self.assertNotEqual(somebody.wait(), 0)

    def test_renames_that_a_kill_interrupted_are_finished(self):
        other = f"{COPY}_old"
        archive.restore(self.context, archive.verified(self.backup), COPY)
        journal = self.context.paths.state / "renames.json"
        journal.write_text(json.dumps([[COPY, other]]))
        self.context.postgres.sql(database.RENAME, old=COPY, new=other)
        database.finish(self.context)
        self.assertEqual(self.databases(), [other])
        self.assertTrue(files_of(database.filestore(self.context, other)))
        self.assertFalse(journal.exists())
