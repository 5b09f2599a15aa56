from odoo import fields, models
from odoo.exceptions import AccessError, UserError

PARTS_GROUPS = (
    "taller_base.taller_base_group_mechanic,"
    "taller_base.taller_base_group_parts,"
    "taller_base.taller_base_group_reception"
)


class TallerJob(models.Model):
    """A job that can't go on until parts come: set and cleared with one tap by whoever learns of it."""

    _inherit = "taller.job"

    parts_missing = fields.Char(string="Parts Awaited", readonly=True, copy=False)
    parts_missing_since = fields.Datetime(string="Waiting for Parts Since", readonly=True, copy=False)

    def action_await_parts(self, note=None):
        """Mechanic of the job, parts room, reception or supervisor: nobody can go on before parts come.

        :param str note: which ones; without it, the parts of the job
        :raise UserError: the job isn't approved work, or was finished
        """
        self._check_may_say_parts()
        for job in self:
            if job.state not in ("approved", "in_progress"):
                raise UserError(
                    self.env._(
                        "Only approved work that isn't finished waits for parts; “%(job)s” is something else.",
                        job=job.name,
                    )
                )
        self._await_parts(note)

    def action_parts_arrived(self):
        """Mechanic of the job, parts room, reception or supervisor: the parts are there, the job can go on."""
        self._check_may_say_parts()
        self._end_parts()

    def action_start(self):
        result = super().action_start()
        self._end_parts()  # who begins has what is needed
        return result

    def action_pause(self, reason=None, note=None):
        result = super().action_pause(reason, note)
        if reason == "parts":
            self._await_parts(note)
        return result

    def _await_parts(self, note=None):
        now = fields.Datetime.now()
        for job in self.sudo():
            job.write(
                {
                    "parts_missing": (note or "").strip() or job._get_parts_in_words(),
                    "parts_missing_since": job.parts_missing_since or now,
                }
            )

    def _end_parts(self):
        waiting = self.sudo().filtered("parts_missing_since")
        waiting.write({"parts_missing": False, "parts_missing_since": False})

    def _get_parts_in_words(self):
        """The job's goods, without quantities and prices."""
        goods = self.line_ids.filtered(lambda line: line.product_id and line.product_id.type != "service")
        return ", ".join(goods.product_id.mapped("name")) or self.env._("Parts")

    def _check_may_say_parts(self):
        self.check_access("read")
        user = self.env.user
        if not user.has_groups(PARTS_GROUPS):
            raise AccessError(
                self.env._("Mechanics, the parts room and reception say which job waits for parts.")
            )
        if user.has_groups("taller_base.taller_base_group_parts,taller_base.taller_base_group_reception"):
            return
        for job in self:
            if not job.is_mine:
                raise AccessError(self.env._("“%(job)s” isn't assigned to you.", job=job.name))
