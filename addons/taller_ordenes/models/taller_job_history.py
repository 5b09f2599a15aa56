from odoo import fields, models

from ..tools.timeline import JOB_KINDS, Line


class TallerJob(models.Model):
    """A job as a line of a history (`tools/timeline.py`)."""

    _inherit = "taller.job"

    def _get_history_lines(self, partner=None):
        """Jobs with cause, correction and warranty; dropped ones were no work. Other add-ons put in their own lines.

        :param res.partner partner: the customer who looks; hours and names are for the staff.
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        lines = []
        for job in self.sorted(lambda job: (job.sequence, job.id)):
            if job.state not in JOB_KINDS or (partner and not job._is_known_to_customer()):
                continue
            kind, tone = JOB_KINDS[job.state]
            if job.warranty_of_id:
                kind = "comeback"
            # A customer reads what was found when it is done: before, the mechanic is still writing.
            findings = (job.cause, job.correction) if not partner or job.state == "done" else ()
            facts = []
            if not partner and job.state in ("in_progress", "done"):
                facts += job.sudo().mechanic_ids.mapped("name")
                facts.append(self.env._("%(hours).1f h", hours=job.clocked_hours))
            lines.append(
                Line(
                    kind,
                    job.name,
                    status=labels[job.state],
                    text="\n".join(filter(None, (*findings, job.decline_reason))),
                    facts=facts,
                    tone=tone,
                )
            )
            if job.warranty_from:
                lines.append(job._get_history_warranty())
        return lines

    def _is_known_to_customer(self):
        """Whether the customer has been told of the job: not while it is being written, nor when it was dropped."""
        self.ensure_one()
        if self.state == "proposed":
            return bool(self.sudo().sale_order_id.taller_sent_at)
        return self.state != "cancelled"

    def _get_history_warranty(self):
        """What the workshop promised for the job, and whether the promise still holds."""
        holds = self._is_under_warranty(fields.Date.context_today(self), self.vehicle_id.sudo().odometer)
        return Line(
            "warranty",
            self.name,
            status=self.env._("Under warranty") if holds else self.env._("Warranty over"),
            facts=[self._describe_warranty()],
            tone="success" if holds else "muted",
        )
