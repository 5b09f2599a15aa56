from odoo import fields, models
from odoo.exceptions import UserError


class TallerOrder(models.Model):
    """Checking the work before the vehicle is ready, and sending jobs back."""

    _inherit = "taller.order"

    quality_failed_id = fields.Many2one(
        "taller.inspection",
        string="Failed Quality Check",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups="base.group_user",
        help="The check that failed and for which no job has been sent back yet.",
    )

    def action_start_quality_check(self):
        """Start the quality check of the finished work, or go on with the one begun.

        Mechanics, reception and supervisors of the shop; not who did the work, unless the company lets them.

        :return: the action that opens it
        :raise UserError: the work isn't finished, or there is no template
        """
        self.ensure_one()
        self._check_may_start_inspection()
        self._check_may_check_quality()
        self._check_work_is_finished()
        templates = self.env["taller.inspection.template"]
        template = templates.search(
            templates._get_domain("quality", self.vehicle_id.equipment_kind, self.company_id), limit=1
        )
        if not template:
            raise UserError(
                self.env._(
                    "There is no template for the quality check. An administrator adds one in the configuration."
                )
            )
        return self._start_inspection(template)._get_screen_action()

    def action_return_jobs(self):
        """Ask which jobs go back to their mechanics after a failed quality check."""
        self.ensure_one()
        self._check_may_start_inspection()
        return self._get_return_action()

    def _get_return_action(self):
        self.ensure_one()
        return {
            "name": self.env._("Send Back"),
            "type": "ir.actions.act_window",
            "res_model": "taller.quality.return",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _send_back(self, jobs, note):
        """These finished jobs have to be done again: their mechanics are told why."""
        self.ensure_one()
        jobs = jobs.sudo()
        for job in jobs:
            job.write(
                {
                    "state": "in_progress",
                    "finished_at": False,
                    "quality_check_id": False,
                    "rework_count": job.rework_count + 1,
                    "rework_note": note,
                }
            )
        order = self.sudo()
        order.quality_failed_id = False
        order.message_post(
            body=self.env._(
                "Back after the quality check: %(jobs)s. %(note)s",
                jobs=", ".join(jobs.mapped("name")),
                note=note,
            ),
            author_id=self.env.user.partner_id.id,
            partner_ids=jobs.mechanic_ids.user_id.partner_id.ids,
        )

    def _check_may_check_quality(self):
        """Raise if the user did some of the work, and the company wants somebody else to check it."""
        for order in self.sudo():
            if order.company_id.taller_quality_own_work:
                continue
            own = order.job_ids.filtered(
                lambda job: job._is_worked()
                and self.env.user in (job.mechanic_ids | job.time_ids.employee_id).user_id
            )
            if own:
                raise UserError(
                    self.env._(
                        "You worked on %(jobs)s yourself: somebody else does the quality check.",
                        jobs=", ".join(own.mapped("name")),
                    )
                )

    def _check_work_is_finished(self):
        jobs = self.sudo().job_ids
        if unfinished := jobs.filtered(lambda job: job.state in ("approved", "in_progress")):
            raise UserError(
                self.env._(
                    "These jobs aren't finished yet: %(jobs)s. The quality check comes afterwards.",
                    jobs=", ".join(unfinished.mapped("name")),
                )
            )
        if not jobs.filtered(lambda job: job.state == "done"):
            raise UserError(self.env._("No job is done yet, so there is nothing to check."))
