from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..tools.context import without_defaults

LONGEST_CONCERN = 2000  # characters
LONGEST_NAME = 60


class TallerJob(models.Model):
    """What a mechanic finds beside the job: told to reception in one tap, as a proposed job without price."""

    _inherit = "taller.job"

    reported_by_id = fields.Many2one(
        "res.users",
        string="Reported By",
        readonly=True,
        copy=False,
        help="The mechanic who found that this is to be done, and is told what the customer decides.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("approved", "declined"):
            self.filtered("reported_by_id")._tell_who_reported()
        return result

    def action_open_concern(self):
        """Ask a mechanic of the job what else was found."""
        self.ensure_one()
        self._check_may_report()
        return {
            "name": self.env._("Tell reception"),
            "type": "ir.actions.act_window",
            "res_model": "taller.job.concern",
            "view_mode": "form",
            "target": "new",
            "context": {"default_job_id": self.id},
        }

    def action_report_concern(self, text, image=None):
        """Propose another job on the order, without price, and give the adviser something to do.

        :param str text: what was found; its first line names the job
        :param str image: a photo of it, base64
        :return: the new job
        """
        self.ensure_one()
        self._check_may_report()
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write in a few words what you have found."))
        if len(text) > LONGEST_CONCERN:
            raise UserError(
                self.env._("That is too long: %(limit)s characters are enough.", limit=LONGEST_CONCERN)
            )
        name = text.splitlines()[0]
        if len(name) > LONGEST_NAME:
            name = name[: LONGEST_NAME - 1] + "…"
        mechanics = self.env.user.sudo().employee_ids & self.sudo().mechanic_ids
        job = without_defaults(self.sudo(), self._fields).create(
            {
                "order_id": self.order_id.id,
                "name": name,
                "concern": text,
                "mechanic_ids": [Command.set((mechanics or self.sudo().mechanic_ids).ids)],
                "reported_by_id": self.env.uid,
            }
        )
        job = job.sudo(False)
        if image:
            self.env["taller.photo"].create({"job_id": job.id, "image": image, "moment": "work"})
        job._remember_seen()
        job._ask_adviser()
        return job

    def _check_may_report(self):
        self.check_access("read")
        if not self.is_mine and not self.env.user.has_group("taller_base.taller_base_group_reception"):
            raise AccessError(self.env._("“%(job)s” isn't assigned to you.", job=self.name))

    def _ask_adviser(self):
        """An activity for who looks after the customer: price it, and ask them."""
        order = self.order_id.sudo()
        advisers = order.user_id.filtered("active") or order.shop_id.supervisor_ids
        env = self.with_context(lang=order._get_staff_lang()).env
        for adviser in advisers:
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=env._("Found at work: %(job)s", job=self.name),
                note=env._(
                    "%(mechanic)s found on %(vehicle)s: %(concern)s",
                    mechanic=self.env.user.name,
                    vehicle=order.vehicle_id.display_name,
                    concern=self.concern,
                ),
                user_id=adviser.id,
            )

    def _tell_who_reported(self):
        """Tell the mechanics, in their own language, what became of what they found."""
        for job in self.sudo():
            user = job.reported_by_id
            job = job.with_context(lang=user.lang)
            if job.state == "approved":
                text = job.env._(
                    "The customer wants it done: “%(job)s”, %(order)s.", job=job.name, order=job.order_id.name
                )
            else:
                text = job.env._(
                    "The customer doesn't want it now: “%(job)s”, %(order)s.",
                    job=job.name,
                    order=job.order_id.name,
                )
            job.order_id.message_notify(
                partner_ids=user.partner_id.ids,
                subject=text,
                body=text,
                author_id=(job.order_id.user_id.partner_id or job.company_id.partner_id).id,
            )
