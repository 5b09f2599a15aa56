from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.timeline import JOB_KINDS, Entry, newest_first

PERIODS = (30, 90, 365)  # days


class HrEmployeePublic(models.Model):
    """A mechanic's work, as a timeline: for the mechanic, and for who looks after the mechanic's shop."""

    _inherit = "hr.employee.public"

    def get_history(self, days=90):
        """The mechanic's timeline of the last days: jobs, hours, comebacks, inspections.

        :param int days: one of 30, 90, 365
        :return: title, facts, kinds and entries; see `taller.history`
        :raise AccessError: neither the own history, nor that of somebody in the own shops
        """
        self.ensure_one()
        self.check_access("read")
        self._check_may_read_history()
        days = days if days in PERIODS else 90
        since = fields.Datetime.now() - timedelta(days=days)
        jobs, hours = self._get_history_work(since)
        entries = newest_first(self._get_history_entries(jobs, hours, since))
        return self.env["taller.history"]._as_answer(
            self.name,
            self._get_history_facts(jobs, hours, entries),
            entries,
            report="taller_ordenes.hr_employee_public_history_report",
            days=days,
            periods=[
                {"days": number, "label": self.env._("%(days)s days", days=number)} for number in PERIODS
            ],
        )

    @api.model
    def action_view_own_history(self):
        """The history of the mechanic who is signed in.

        :raise UserError: the user is nobody's who works here
        """
        employee = self.search([("user_id", "=", self.env.uid)], limit=1)
        if not employee:
            raise UserError(
                self.env._("Your user isn't linked to an employee yet. Please ask the administrator.")
            )
        action = self.env["ir.actions.client"]._for_xml_id("taller_ordenes.hr_employee_public_history_action")
        return {**action, "context": {"active_id": employee.id}}

    def _check_may_read_history(self):
        user = self.env.user
        if self.user_id == user or user.has_group("taller_base.taller_base_group_administrator"):
            return
        looks_after = user.has_groups(
            "taller_base.taller_base_group_supervisor,taller_base.taller_base_group_manager"
        )
        if not (looks_after and self.sudo().shop_id in user.sudo().accessible_shop_ids):
            raise AccessError(
                self.env._("You can read your own history; supervisors read those of their shops.")
            )

    def _get_history_work(self, since):
        """(jobs that the mechanic worked on or finished since then, {job: the mechanic's own hours})."""
        now = fields.Datetime.now()
        times = self.env["taller.job.time"].search([("employee_id", "=", self.id), ("start", ">=", since)])
        hours = {}
        for time in times:
            worked = ((time.stop or now) - time.start).total_seconds() / 3600
            hours[time.job_id] = hours.get(time.job_id, 0.0) + worked
        finished = self.env["taller.job"].search(
            [("mechanic_ids", "in", self.ids), ("finished_at", ">=", since)]
        )
        return finished | times.job_id, hours

    def _get_history_entries(self, jobs, hours, since):
        """Jobs, comebacks and inspections, in any order. Other add-ons extend this with their own."""
        labels = dict(jobs._fields["state"]._description_selection(self.env))
        entries = []
        for job in jobs:
            kind, tone = JOB_KINDS.get(job.state, ("open", "muted"))
            last = job.finished_at or max(job.sudo().time_ids.mapped("start"))
            entries.append(
                Entry(
                    kind,
                    job.name,
                    status=labels[job.state],
                    text="\n".join(filter(None, (job.cause, job.correction))),
                    facts=[
                        job.order_id.name,
                        self.env._("%(hours).1f h on the clock", hours=hours.get(job, 0.0)),
                        self.env._("%(hours).1f h flat rate", hours=job.planned_hours),
                    ],
                    tone=tone,
                    day=self._get_history_day(last, job.shop_id),
                    order=job.id,
                    vehicle=job.vehicle_id.sudo().display_name,
                    model="taller.order",
                    res_id=job.order_id.id,
                )
            )
        return [*entries, *self._get_history_comebacks(since), *self._get_history_inspections(since)]

    def _get_history_comebacks(self, since):
        """Work of this mechanic that came back under warranty, on the day it did."""
        jobs = self.env["taller.job"].search(
            [("warranty_of_id.mechanic_ids", "in", self.ids), ("create_date", ">=", since)]
        )
        return [
            Entry(
                "comeback",
                job.name,
                status=self.env._("Came back under warranty"),
                text=job.concern or "",
                facts=[job.order_id.name],
                tone="warning",
                day=self._get_history_day(job.create_date, job.shop_id),
                order=job.id,
                vehicle=job.vehicle_id.sudo().display_name,
                model="taller.order",
                res_id=job.order_id.id,
            )
            for job in jobs
            if job.state != "cancelled"
        ]

    def _get_history_inspections(self, since):
        """What the mechanic inspected and confirmed."""
        user = self.sudo().user_id
        inspections = self.env["taller.inspection"].search(
            [("done_by_id", "=", user.id), ("done_at", ">=", since)] if user else [(0, "=", 1)]
        )
        return [
            Entry(
                "inspection",
                inspection.name,
                facts=[
                    inspection.order_id.name,
                    f"✓ {inspection.green_count} ! {inspection.amber_count} ✕ {inspection.red_count}",
                ],
                day=self._get_history_day(inspection.done_at, inspection.shop_id),
                order=inspection.id,
                vehicle=inspection.vehicle_id.sudo().display_name,
                model="taller.order",
                res_id=inspection.order_id.id,
            )
            for inspection in inspections
        ]

    def _get_history_day(self, moment, shop):
        """The calendar day of the moment where the shop is."""
        return fields.Datetime.context_timestamp(self.with_context(tz=shop.sudo().tz), moment).date()

    def _get_history_facts(self, jobs, hours, entries):
        """Sums. Efficiency = flat-rate hours ÷ clocked hours, of the jobs done, all their mechanics together."""
        done = jobs.filtered(lambda job: job.state == "done")
        flat_rate, clocked = sum(done.mapped("planned_hours")), sum(done.mapped("clocked_hours"))
        facts = [
            (self.env._("Jobs done"), str(len(done))),
            (self.env._("Hours on the clock"), f"{sum(hours.values()):.1f}"),
            (self.env._("Flat-rate hours"), f"{flat_rate:.1f}"),
        ]
        if clocked:
            facts.append((self.env._("Efficiency"), f"{flat_rate / clocked:.0%}"))
        if comebacks := [entry for entry in entries if entry.kind == "comeback"]:
            facts.append((self.env._("Comebacks"), str(len(comebacks))))
        return facts
