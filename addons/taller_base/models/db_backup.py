import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.service import db
from odoo.sql_db import db_connect
from odoo.tools import config, human_size
from odoo.tools.misc import exec_pg_environ, find_pg_tool

from ..tools import backup_archive

MAX_AGE = timedelta(hours=26)
# An archive that is this much smaller than the one before has probably lost something.
LEAST_SHARE_OF_PREVIOUS = 0.5
ARCHIVES = "*.dump.zip"


class DbBackup(models.Model):
    """Daily local backups that are proven to be readable.

    `auto_backup` runs the schedule and deletes what is too old. Its local archives are written here,
    because core's dump refuses to work where the database manager is switched off, as it should be on
    a server, and because a failed dump must not look like the newest backup.
    """

    _name = "db.backup"
    _inherit = ["db.backup", "mail.activity.mixin"]

    standard_folder = fields.Boolean(
        help="Keep the archives in the data folder, in one folder per database. A copy of this database "
        "then has a folder of its own.",
    )
    check_state = fields.Selection(
        [("none", "Not checked yet"), ("good", "Readable"), ("bad", "Needs attention")],
        string="Newest Archive",
        default="none",
        readonly=True,
        copy=False,
    )
    check_message = fields.Text(string="Finding", readonly=True, copy=False)
    checked_on = fields.Datetime(readonly=True, copy=False)
    newest_name = fields.Char(string="File", readonly=True, copy=False)
    newest_on = fields.Datetime(string="Made on", readonly=True, copy=False)
    newest_size = fields.Char(string="Size", readonly=True, copy=False)
    newest_age = fields.Char(string="Age", compute="_compute_newest_age")

    @api.depends("newest_on")
    def _compute_newest_age(self):
        for backup in self:
            hours = 0
            if backup.newest_on:
                hours = int((fields.Datetime.now() - backup.newest_on).total_seconds() // 3600)
            backup.newest_age = self.env._("%(hours)s hours", hours=hours) if backup.newest_on else False

    def action_backup(self):
        """Make the backups now, delete the archives that are too old, and check the new ones."""
        self.check_access("write")
        self._follow_database()
        ours = self._filter_checkable()
        for backup in ours:
            with backup.backup_log():
                backup._write_archive()
        ours.cleanup()
        result = super(DbBackup, self - ours).action_backup()
        self._check_newest_archives()
        return result

    def action_check(self):
        """Read the newest archives now. Administrators only."""
        if not self.env.user.has_group("taller_base.taller_base_group_administrator"):
            raise AccessError(self.env._("Only an administrator checks the backups."))
        self._check_newest_archives()

    @api.model
    def _set_up_daily(self):
        """On installation: a daily backup, unless there is one already."""
        if not self.with_context(active_test=False).search_count([], limit=1):
            self.create({"days_to_keep": 14, "standard_folder": True})

    @api.model
    def _cron_check_newest_archive(self):
        """Prove every day that the newest archive could be restored."""
        self._check_newest_archives()

    def _filter_checkable(self):
        """Those whose archives are on this machine and hold database and files."""
        return self.filtered(lambda backup: backup.method == "local" and backup.backup_format == "zip")

    def _follow_database(self):
        """A database that was renamed, copied or moved does not write into the folder of the other."""
        for backup in self.filtered("standard_folder"):
            if backup.folder != backup._default_folder():
                backup.folder = backup._default_folder()

    def _write_archive(self):
        self.ensure_one()
        database = self.env.cr.dbname
        with db_connect(database).cursor() as cr:
            # The unwrapped function: see the class.
            manifest = db.dump_db_manifest.__wrapped__(cr)
        backup_archive.write(
            Path(self.folder, self.filename(datetime.now(), ext="zip")),
            [find_pg_tool("pg_dump"), "--no-owner", database],
            exec_pg_environ(),
            manifest,
            config.filestore(database),
        )

    @api.model
    def _check_newest_archives(self):
        """Check all local backups, and let one activity of the administrator say what is wrong."""
        backups = self.search([("method", "=", "local")])
        backups._follow_database()
        faults = {backup: backup._check_newest_archive() for backup in backups._filter_checkable()}
        if not faults:
            faults[self.browse()] = self.env._("No local backup is set up: nothing could be restored.")
        self._report_faults({backup: fault for backup, fault in faults.items() if fault})

    def _check_newest_archive(self):
        """Write down what the newest archive is like.

        :return: a sentence that says what is wrong, or False
        """
        self.ensure_one()
        archives = sorted(Path(self.folder).glob(ARCHIVES)) if os.path.isdir(self.folder) else []
        newest = archives[-1] if archives else None
        fault = self._find_fault(archives)
        self.write(
            {
                "check_state": "bad" if fault else "good",
                "check_message": fault or self.env._("The newest archive was read from end to end."),
                "checked_on": fields.Datetime.now(),
                "newest_name": newest and newest.name,
                "newest_on": newest and self._get_made_on(newest),
                "newest_size": newest and human_size(newest.stat().st_size),
            }
        )
        return fault

    def _find_fault(self, archives):
        """What is wrong with the last of these archives, as a sentence; False if nothing is."""
        if not archives:
            return self.env._("There is no archive in %(folder)s.", folder=self.folder)
        *earlier, newest = archives
        age = fields.Datetime.now() - self._get_made_on(newest)
        if age > MAX_AGE:
            return self.env._(
                "The newest archive, %(name)s, is %(hours)s hours old: the daily backup does not run.",
                name=newest.name,
                hours=int(age.total_seconds() // 3600),
            )
        if fault := backup_archive.find_fault(newest, self.env.cr.dbname):
            return self._describe_fault(fault, newest.name)
        if earlier and newest.stat().st_size < earlier[-1].stat().st_size * LEAST_SHARE_OF_PREVIOUS:
            return self.env._(
                "%(name)s is less than half as large as the archive before it: look whether something was lost.",
                name=newest.name,
            )
        return False

    def _describe_fault(self, fault, name):
        sentences = {
            "unreadable": self.env._("%(name)s cannot be read to its end: it is damaged.", name=name),
            "incomplete": self.env._("%(name)s lacks the database or its description.", name=name),
            "foreign": self.env._("%(name)s holds another database than this one.", name=name),
            "altered": self.env._("%(name)s is not what was written: somebody changed it.", name=name),
            "no_dump": self.env._("What %(name)s holds is no database.", name=name),
            "cut_dump": self.env._("The database in %(name)s breaks off before its end.", name=name),
        }
        return sentences[fault]

    @api.model
    def _get_made_on(self, archive):
        """When an archive was made, in UTC: its name says it in the server's own time."""
        try:
            made_on = datetime.strptime(archive.name.split(".")[0], "%Y_%m_%d_%H_%M_%S")
        except ValueError:
            made_on = datetime.fromtimestamp(archive.stat().st_mtime)
        return made_on.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)

    @api.model
    def _report_faults(self, faults):
        """Exactly one open activity while something is wrong, none when all is well.

        :param faults: {backup: sentence}
        """
        activity_type = self.env.ref("taller_base.mail_activity_type_backup")
        activity = self.env["mail.activity"].sudo().search([("activity_type_id", "=", activity_type.id)])
        if not faults:
            activity.unlink()
            return
        note = "\n".join(faults.values())
        if activity:
            activity[:1].note = note
            activity[1:].unlink()
            return
        backup = next(iter(faults))
        self.env["mail.activity"].sudo().create(
            {
                "activity_type_id": activity_type.id,
                "automated": True,
                "summary": self.env._("The backup needs attention"),
                "note": note,
                "user_id": self.env["res.users"]._get_taller_administrators()[:1].id,
                "date_deadline": fields.Date.context_today(self),
                "res_model_id": self.env["ir.model"]._get_id(self._name) if backup else False,
                "res_id": backup.id,
            }
        )
