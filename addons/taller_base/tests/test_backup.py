import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

from odoo.exceptions import AccessDenied, AccessError
from odoo.service import db
from odoo.tests import tagged
from odoo.tools import config, mute_logger

from ..tools import backup_archive
from .common import ROLES, TallerCommon

DUMP = (
    b"--\n-- PostgreSQL database dump\n--\n"
    + os.urandom(5000)
    + b"\n-- PostgreSQL database dump complete\n--\n\n"
)


class BackupCommon(TallerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.env["db.backup"].search([]).unlink()
        cls.activity_type = cls.env.ref("taller_base.mail_activity_type_backup")
        cls.env["mail.activity"].search([("activity_type_id", "=", cls.activity_type.id)]).unlink()
        cls.backup = cls.env["db.backup"].create({"folder": str(cls.folder), "days_to_keep": 14})

    def setUp(self):
        super().setUp()
        self._empty_folder()

    def _empty_folder(self):
        for file in self.folder.iterdir():
            file.unlink()

    def _archive(self, hours_old=1, dump=DUMP, database=None, more=b"", drop=None, change=None):
        """A made-up archive, as old as its name says."""
        path = self.folder / self.backup.filename(datetime.now() - timedelta(hours=hours_old))
        members = {
            "manifest.json": json.dumps(
                {"odoo_dump": "1", "db_name": database or self.env.cr.dbname}
            ).encode(),
            "dump.sql": dump,
            "filestore/ab/abcdef": os.urandom(3000) + more,
        }
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
        members["taller.json"] = json.dumps({"product": "taller", "sha256": sums}).encode()
        members.pop(drop, None)
        members.update(change or {})
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return path

    def _check(self):
        self.env["db.backup"]._cron_check_newest_archive()
        return self._activities()

    def _activities(self):
        return self.env["mail.activity"].search([("activity_type_id", "=", self.activity_type.id)])

    def assertAlarm(self):
        activity = self._check()
        self.assertEqual(len(activity), 1)
        self.assertEqual(self.backup.check_state, "bad")
        return activity

    def assertAllWell(self):
        self.assertFalse(self._check(), self.backup.check_message)
        self.assertEqual(self.backup.check_state, "good")


@tagged("post_install", "-at_install")
class TestBackup(BackupCommon):
    def test_a_real_backup_is_made_and_read(self):
        """With the database manager switched off, as on a server."""
        attachment = self.env["ir.attachment"].search([("store_fname", "!=", False)], limit=1)
        self.assertTrue(attachment, "a database without files proves nothing about files")
        self.patch(config, "options", config.options.new_child({"list_db": False}))
        with mute_logger("odoo.service.db"), self.assertRaises(AccessDenied):
            db.dump_db(self.env.cr.dbname, None)
        self.backup.action_backup()
        (path,) = self.folder.iterdir()
        self.assertRegex(path.name, r"^\d{4}(_\d\d){5}\.dump\.zip$")
        self.assertEqual(path.stat().st_mode & 0o077, 0, "only the server may read it")
        self.assertEqual(self.backup.check_state, "good", self.backup.check_message)
        self.assertEqual(self.backup.newest_name, path.name)
        self.assertTrue(self.backup.newest_size)
        self.assertTrue(self.backup.newest_age)
        with zipfile.ZipFile(path) as archive:
            self.assertIn(f"filestore/{attachment.store_fname}", archive.namelist())
            dump = archive.read("dump.sql")
        self.assertIn(b"COPY public.taller_shop ", dump)
        self.assertFalse(self._activities())

    @mute_logger("odoo.addons.auto_backup.models.db_backup")
    def test_a_failed_dump_leaves_nothing_behind_and_is_reported(self):
        with self.assertRaises(backup_archive.DumpFailed):
            backup_archive.write(
                self.folder / "x.dump.zip", ["sh", "-c", "echo part; exit 3"], {}, {}, self.folder
            )
        self.assertFalse(list(self.folder.iterdir()))
        self.patch(config, "options", config.options.new_child({"pg_path": "/nowhere"}))
        self.backup.action_backup()
        self.assertFalse(list(self.folder.iterdir()))
        self.assertEqual(self.backup.check_state, "bad")
        self.assertEqual(len(self._activities()), 1)

    def test_old_archives_are_deleted(self):
        old, recent = self._archive(hours_old=24 * 15), self._archive(hours_old=24 * 13)
        self.backup.cleanup()
        self.assertFalse(old.exists())
        self.assertTrue(recent.exists())

    def test_a_good_archive_is_all_well(self):
        path = self._archive()
        self.assertAllWell()
        self.assertEqual(self.backup.newest_name, path.name)

    def test_no_archive(self):
        self.assertAlarm()
        self.assertFalse(self.backup.newest_name)

    def test_no_folder(self):
        self.backup.folder = str(self.folder / "gone" / "away")
        self.assertAlarm()

    def test_no_backup_set_up(self):
        self.backup.unlink()
        activity = self._check()
        self.assertEqual(len(activity), 1)
        self.assertEqual(len(self._check()), 1)

    def test_an_old_archive(self):
        self._archive(hours_old=27)
        self.assertAlarm()
        self._archive(hours_old=25)
        self.assertAllWell()

    def test_a_truncated_archive(self):
        path = self._archive()
        content = path.read_bytes()
        for size in (0, 10, len(content) // 2, len(content) - 5):
            path.write_bytes(content[:size])
            self.assertEqual(backup_archive.find_fault(path, self.env.cr.dbname), "unreadable", size)
        self.assertAlarm()

    def test_a_flipped_bit_anywhere_in_the_data(self):
        path = self._archive()
        content = bytearray(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                damaged = bytearray(content)
                damaged[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 1
                path.write_bytes(damaged)
                fault = backup_archive.find_fault(path, self.env.cr.dbname)
                self.assertEqual(fault, "unreadable", member.filename)

    def test_what_is_no_backup_of_this_database(self):
        for expected, values in {
            "foreign": {"database": "another"},
            "incomplete": {"drop": "dump.sql"},
            "altered": {"change": {"dump.sql": DUMP + b"DROP TABLE res_users;"}},
            "no_dump": {"dump": b"hello " * 1000},
            "cut_dump": {"dump": DUMP[:4000]},
        }.items():
            path = self._archive(**values)
            self.assertEqual(backup_archive.find_fault(path, self.env.cr.dbname), expected)
            self.assertAlarm()

    def test_each_missing_or_added_member_is_noticed(self):
        for values in (
            {"drop": "manifest.json"},
            {"drop": "taller.json"},
            {"drop": "filestore/ab/abcdef"},
            {"change": {"filestore/cd/extra": b"extra"}},
        ):
            path = self._archive(**values)
            self.assertTrue(backup_archive.find_fault(path, self.env.cr.dbname), values)

    def test_an_archive_that_shrank(self):
        self._archive(hours_old=25, more=os.urandom(40000))
        self._archive(hours_old=1)
        self.assertAlarm()

    def test_one_alarm_however_long_it_lasts_and_none_after(self):
        activity = self.assertAlarm()
        self.assertIn(
            self.env.ref("taller_base.taller_base_group_administrator"), activity.user_id.all_group_ids
        )
        self.assertEqual(activity.res_model, "db.backup")
        self.assertEqual(self.assertAlarm(), activity)
        self._archive(hours_old=30)
        before = activity.note
        self.assertEqual(self.assertAlarm(), activity)
        self.assertNotEqual(activity.note, before, "it says what is wrong now")
        self._archive()
        self.assertAllWell()

    def test_a_copy_of_the_database_has_its_own_folder(self):
        self.backup.write({"standard_folder": True, "folder": "/var/lib/odoo/backups/original"})
        self._check()
        self.assertTrue(self.backup.folder.endswith(os.path.join("backups", self.env.cr.dbname)))

    def test_only_administrators_back_up(self):
        for role in set(ROLES) - {"administrator"}:
            for method in ("action_backup", "action_check"):
                with self.assertRaises(AccessError, msg=f"{role} {method}"):
                    getattr(self.as_role(role, self.backup), method)()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "db.backup").action_backup_all()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.backup).read(["folder"])
        self._archive()
        self.as_role("administrator", self.backup).action_check()
        self.assertEqual(self.backup.check_state, "good")


@tagged("post_install", "-at_install")
class TestBackupSetUp(TallerCommon):
    def test_a_daily_backup_is_set_up(self):
        self.env["db.backup"].search([]).unlink()
        self.env["db.backup"]._set_up_daily()
        backup = self.env["db.backup"].search([])
        self.assertEqual(backup.days_to_keep, 14)
        self.assertEqual((backup.method, backup.backup_format), ("local", "zip"))
        self.assertTrue(backup.standard_folder)
        self.env["db.backup"]._set_up_daily()
        self.assertEqual(self.env["db.backup"].search([]), backup)
        for xmlid in ("auto_backup.ir_cron_backup_scheduler_0", "taller_base.ir_cron_backup_check"):
            cron = self.env.ref(xmlid)
            self.assertTrue(cron.active)
            self.assertEqual((cron.interval_number, cron.interval_type), (1, "days"))
