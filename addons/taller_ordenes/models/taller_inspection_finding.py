from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.rating import DEFECTS, SYMBOLS


class TallerInspectionLine(models.Model):
    """What was found, and the job that was proposed for it."""

    _inherit = "taller.inspection.line"

    job_ids = fields.One2many("taller.job", "inspection_line_id", string="Jobs", readonly=True)
    job_id = fields.Many2one(
        "taller.job", string="Proposed Job", compute="_compute_job_id", compute_sudo=True
    )
    is_unrepaired_before = fields.Boolean(
        string="Found Before, Not Repaired", compute="_compute_is_unrepaired_before", compute_sudo=True
    )

    @api.depends("job_ids.state")
    def _compute_job_id(self):
        for line in self:
            line.job_id = line.job_ids.filtered(lambda job: job.state != "cancelled")[:1]

    @api.depends("previous_line_id.rating", "previous_line_id.job_ids.state")
    def _compute_is_unrepaired_before(self):
        for line in self:
            previous = line.previous_line_id
            line.is_unrepaired_before = previous.rating in DEFECTS and previous.job_id.state != "done"

    def action_propose_job(self):
        """Make a job of each of these findings, amber or red; who may fill in the inspection may propose.

        A finding becomes a job once: if it has one that wasn't dropped, nothing is added.

        :return: ids of the findings' jobs
        :raise UserError: nothing is wrong with the item, or the order takes no more jobs
        """
        self.inspection_id._check_may_propose()
        self.env["taller.order"].browse(self.sudo().inspection_id.order_id.ids)._lock()
        self.invalidate_recordset(["job_ids", "job_id"])
        lines = self.sudo()
        for line in lines:
            if line.rating not in DEFECTS:
                raise UserError(
                    self.env._("“%(item)s” isn't amber or red: there is nothing to repair.", item=line.name)
                )
        new = lines.filtered(lambda line: not line.job_id)
        new.job_ids.flush_recordset(["state"])  # of dropped ones, before the database looks for a second job
        jobs = self.env["taller.job"].sudo().create([line._get_job_values() for line in new])
        for job in jobs:
            job.inspection_line_id.photo_ids.filtered(lambda photo: not photo.job_id).job_id = job
        return lines.job_id.ids

    def _get_job_values(self):
        """Of a job for this finding: the suggested service fills it, if the item has one."""
        self.ensure_one()
        values = {
            "order_id": self.inspection_id.order_id.id,
            "concern": self._get_finding_text(),
            "inspection_line_id": self.id,
        }
        return values | ({"service_id": self.service_id.id} if self.service_id else {"name": self.name})

    def _get_finding_text(self):
        """The finding in a sentence for customer and mechanic: “Front pads: Urgent, 2 mm. Worn unevenly.”"""
        self.ensure_one()
        parts = [self._get_rating_label()]
        if self.item_type != "condition":
            parts.append(self.answer)
        text = f"{self.name}: {', '.join(filter(None, parts))}"
        return f"{text}\n{self.note}" if self.note else text

    def _get_finding(self):
        """Plain data of one finding, see `taller.order._get_inspection_findings`."""
        self.ensure_one()
        return {
            "line": self,
            "inspection": self.inspection_id.name,
            "done_at": self.inspection_id.done_at,
            "done_by": self.inspection_id.done_by_id.name,
            "section": self.section,
            "name": self.name,
            "rating": self.rating,
            "symbol": SYMBOLS.get(self.rating, ""),
            "label": self._get_rating_label(),
            "answer": self.answer if self.item_type != "condition" else False,
            "note": self.note,
            "job_id": self.job_id.id,
            "photo_ids": self.photo_ids.ids,
        }
