from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import html2plaintext

from ..tools.job_content import compare

LONGEST_TEXT = 200  # of a change, in characters


class TallerJob(models.Model):
    """What has changed on a job since its mechanics last looked, until they confirm it with one tap.

    Nothing is written by looking: what a mechanic has seen is written down when they confirm it, and when they
    start a job for the first time. Everything is compared for all jobs of a screen at once.
    """

    _inherit = "taller.job"

    is_new = fields.Boolean(
        string="New for Me",
        compute="_compute_news",
        compute_sudo=True,
        help="You haven't confirmed yet that you have seen this job.",
    )
    changes = fields.Text(
        string="Changed",
        compute="_compute_news",
        compute_sudo=True,
        help="What has changed since you last confirmed it.",
    )
    seen_summary = fields.Text(
        string="Seen by Mechanics",
        compute="_compute_seen_summary",
        compute_sudo=True,
        help="Whether the mechanics have confirmed what the job says now.",
    )

    @api.depends("name", "concern", "work_to_do", "promised_at", "mechanic_ids")
    @api.depends_context("uid", "lang", "tz")
    def _compute_news(self):
        self.is_new = False
        self.changes = False
        news = self._get_news(self.filtered("id").mechanic_ids & self.env.user.employee_ids)
        for (job, _mechanic), (view, changes) in news.items():
            job.is_new = not view
            job.changes = "\n".join(job._describe_change(*change) for change in changes)

    @api.depends("name", "concern", "work_to_do", "promised_at", "mechanic_ids")
    @api.depends_context("lang", "tz")
    def _compute_seen_summary(self):
        self.seen_summary = False
        seen = defaultdict(list)
        for (job, mechanic), (view, changes) in self._get_news(self.filtered("id").mechanic_ids).items():
            if not view:
                text = self.env._("%(mechanic)s: not seen yet", mechanic=mechanic.name)
            elif changes:
                text = self.env._("%(mechanic)s: not seen since it changed", mechanic=mechanic.name)
            else:
                when = job._describe_moment(view.seen_at)
                text = self.env._("%(mechanic)s: seen %(when)s", mechanic=mechanic.name, when=when)
            seen[job].append(text)
        for job, texts in seen.items():
            job.seen_summary = "\n".join(texts)

    def action_acknowledge(self):
        """An assigned mechanic has seen what the jobs say now."""
        self.check_access("read")
        for job in self:
            if not job.is_mine:
                raise AccessError(
                    self.env._("“%(job)s” isn't assigned to you: its mechanics confirm it.", job=job.name)
                )
        self._remember_seen(only_first=False)

    def _remember_seen(self, only_first=True):
        """Write down what the user, a mechanic of these jobs, has seen; the first time only, or now."""
        employees = self.env.user.sudo().employee_ids & self.sudo().mechanic_ids
        if not employees:
            return
        views = self.env["taller.job.view"].sudo()
        known = {
            (view.job_id, view.employee_id): view
            for view in views.search([("job_id", "in", self.ids), ("employee_id", "in", employees.ids)])
        }
        messages = self._get_messages_to(employees)
        now = fields.Datetime.now()
        vals_list = []
        for job in self.sudo():
            for employee in job.mechanic_ids & employees:
                view = known.get((job, employee))
                if view and only_first:
                    continue
                latest = max(messages[job.order_id.id, employee].ids, default=0)
                values = {"content": {**job._get_seen_content(), "message": latest}, "seen_at": now}
                if view:
                    view.write(values)
                else:
                    vals_list.append({"job_id": job.id, "employee_id": employee.id, **values})
        views.create(vals_list)
        self.invalidate_recordset(["is_new", "changes", "seen_summary"])

    def _get_seen_content(self):
        """What the job says, as `tools.job_content.compare` understands it."""
        self.ensure_one()
        return {
            "name": self.name,
            "concern": self.concern or None,
            "promised": fields.Datetime.to_string(self.order_id.promised_at) or None,
            "lines": [[line.product_uom_qty, line.product_uom_id.id, line.name] for line in self.line_ids],
        }

    def _get_news(self, mechanics):
        """{(job, mechanic): (what was seen, what has changed since)} for these mechanics of these jobs."""
        jobs = self.filtered(lambda job: job.id and job.mechanic_ids & mechanics)
        if not jobs:
            return {}
        views = self.env["taller.job.view"].search(
            [("job_id", "in", jobs.ids), ("employee_id", "in", mechanics.ids)]
        )
        view_of = {(view.job_id.id, view.employee_id.id): view for view in views}
        messages = jobs._get_messages_to(mechanics)
        news = {}
        for job in jobs:
            content = job._get_seen_content()
            for mechanic in job.mechanic_ids & mechanics:
                view = view_of.get((job.id, mechanic.id), views.browse())
                changes = []
                if view:
                    seen = view.content
                    changes = compare(seen, content) + [
                        ("message", None, html2plaintext(message.body))
                        for message in messages[job.order_id.id, mechanic]
                        if message.id > seen["message"]
                    ]
                news[job, mechanic] = (view, changes)
        return news

    def _get_messages_to(self, mechanics):
        """{(order's id, mechanic): what people wrote to the mechanic in the order's thread}"""
        messages_to = defaultdict(self.env["mail.message"].sudo().browse)
        mechanic_of = {
            mechanic.user_id.partner_id: mechanic for mechanic in mechanics.sudo() if mechanic.user_id
        }
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", "taller.order"),
                    ("res_id", "in", self.sudo().order_id.ids),
                    ("message_type", "=", "comment"),
                    ("partner_ids", "in", [partner.id for partner in mechanic_of]),
                ],
                order="id",
            )
        )
        for message in messages:
            for partner in message.partner_ids:
                if mechanic := mechanic_of.get(partner):
                    messages_to[message.res_id, mechanic] |= message
        return messages_to

    def _describe_change(self, what, old, new):
        """One change in a line: what it was, and what it is."""
        if what == "promised":
            old, new = (
                self._describe_moment(fields.Datetime.to_datetime(value)) if value else self.env._("no time")
                for value in (old, new)
            )
            return self.env._("Promised: %(old)s → %(new)s", old=old, new=new)
        if what == "name":
            return self.env._("Job: %(old)s → %(new)s", old=old, new=new)
        if what in ("added", "removed"):
            quantity, unit_id, text = new or old
            unit = self.env["uom.uom"].browse(unit_id or []).name or ""
            line = f"{quantity:g} {unit} · {text}" if unit else text
            return (
                self.env._("Added: %(line)s", line=line)
                if new
                else self.env._("No longer: %(line)s", line=line)
            )
        new = (new or "")[:LONGEST_TEXT] or self.env._("nothing")
        return (
            self.env._("Message: %(text)s", text=new)
            if what == "message"
            else self.env._("Concern: %(text)s", text=new)
        )
