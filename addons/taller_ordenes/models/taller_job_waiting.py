from odoo import fields, models

from ..tools.promise import Work
from ..tools.waiting import JobFacts


class TallerJob(models.Model):
    """What keeps a job from going on."""

    _inherit = "taller.job"

    def _get_waiting_facts(self):
        """What `taller.order.waiting_for` needs to know of the job."""
        self.ensure_one()
        return JobFacts(
            state=self.state,
            lacks_parts=bool(self.parts_missing_since),
            is_offered=self.state == "proposed" and bool(self.sudo().sale_order_id.taller_sent_at),
        )

    def _get_board_note(self):
        """What holds the job up, in a few words; nothing for one that anybody can go on with."""
        self.ensure_one()
        if self.parts_missing_since:
            return self.env._("Parts: %(parts)s", parts=self.parts_missing)
        if self.is_external and self.state == "in_progress":
            return self.env._(
                "Outside: %(supplier)s, back %(time)s",
                supplier=self.supplier_id.name,
                time=self.order_id._say_moment(self.external_due, fields.Datetime.now())
                if self.external_due
                else "?",
            )
        return ""

    def _get_remaining_work(self, now):
        """{job: `Work`}: what is left of the planned hours, less those clocked until now; never less than none.

        Outside work is nobody's here.
        """
        clocked = dict.fromkeys(self.ids, 0.0)
        times = self.env["taller.job.time"].sudo()
        for job, hours in times._read_group([("job_id", "in", self.ids)], ["job_id"], ["hours:sum"]):
            clocked[job.id] += hours
        for time in times.search_fetch(
            [("job_id", "in", self.ids), ("stop", "=", False)], ["job_id", "start"]
        ):
            clocked[time.job_id.id] += (now - time.start).total_seconds() / 3600
        return {
            job: Work(
                job.order_id.id, max(job.planned_hours - clocked[job.id], 0.0), tuple(job.mechanic_ids.ids)
            )
            for job in self
            if not job.is_external
        }
