from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..tools.assignment import Candidate, rank
from .taller_shop_hours import HORIZON

RECEPTION = "taller_base.taller_base_group_reception"


class TallerJob(models.Model):
    """Who does a job: proposed by specialty and load, assigned with one tap."""

    _inherit = "taller.job"

    specialty_id = fields.Many2one(
        "taller.specialty",
        string="Specialty Needed",
        compute="_compute_specialty_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Mechanics who have it are proposed first.",
    )

    @api.depends("service_id")
    def _compute_specialty_id(self):
        for job in self:
            job.specialty_id = job.service_id.specialty_id or job.specialty_id

    @api.model_create_multi
    def create(self, vals_list):
        jobs = super().create(vals_list)
        for job, vals in zip(jobs, vals_list, strict=True):
            job._check_new_mechanics(vals)
        return jobs

    def write(self, vals):
        result = super().write(vals)
        self._check_new_mechanics(vals)
        return result

    def _check_new_mechanics(self, vals):
        """Nobody works in a shop they don't belong to, nor after they have left.

        Only those who are being assigned are looked at: who has left since stays on what they did.
        """
        ids = set()
        for command in vals.get("mechanic_ids") or []:
            if isinstance(command, int):
                ids.add(command)
            elif command[0] == Command.LINK:
                ids.add(command[1])
            elif command[0] == Command.SET:
                ids.update(command[2])
        for mechanic in self.env["hr.employee"].sudo().browse(ids):
            if not mechanic.active:
                raise ValidationError(
                    self.env._(
                        "%(mechanic)s doesn't work here any more: choose somebody else.",
                        mechanic=mechanic.name,
                    )
                )
            for job in self:
                if not mechanic._works_in_shop(job.shop_id):
                    raise ValidationError(
                        self.env._(
                            "%(mechanic)s works in %(other)s, not in %(shop)s: choose somebody of this shop.",
                            mechanic=mechanic.name,
                            other=mechanic.shop_id.name,
                            shop=job.shop_id.name,
                        )
                    )

    def action_open_assign(self):
        """Reception and supervisors choose who does the job, from mechanics ranked by specialty and load."""
        self.ensure_one()
        self._check_may_assign()
        return {
            "name": self.env._("Who does “%(job)s”?", job=self.name),
            "type": "ir.actions.client",
            "tag": "taller_assign",
            "target": "new",
            "params": {"job_id": self.id},
        }

    def get_mechanic_candidates(self):
        """Who could do these jobs, the best first. Reception and supervisors.

        :return: {job id: [{id, name, fits, presence, booked, free, has_time, is_assigned, expired}]}; hours are
            working hours, `free` those until the promised time that aren't booked yet, `expired` the names of
            certificates that have run out
        """
        self._check_may_assign()
        return {job.id: candidates for job, candidates in self._get_candidates().items()}

    def action_assign(self, employee_id, is_assigned=True):
        """Reception and supervisors put a mechanic on these jobs, or take one off.

        :param int employee_id: the mechanic
        :raise UserError: the job is finished or was declined
        :raise ValidationError: the mechanic works elsewhere, or has left
        """
        self._check_may_assign()
        mechanic = self.env["hr.employee"].sudo().browse(int(employee_id)).exists()
        if not mechanic:
            raise UserError(self.env._("This mechanic isn't on file any more. Reload the page."))
        command = Command.link(mechanic.id) if is_assigned else Command.unlink(mechanic.id)
        self.write({"mechanic_ids": [command]})

    def _check_may_assign(self):
        self.check_access("write")
        if not self.env.user.has_group(RECEPTION):
            raise AccessError(self.env._("Reception and supervisors assign the mechanics."))
        for job in self:
            if job.state not in ("proposed", "approved", "in_progress"):
                raise UserError(
                    self.env._("“%(job)s” isn't to be done any more: nobody is assigned.", job=job.name)
                )

    def _get_candidates(self):
        """{job: candidates, the best first}; the number of queries depends on shops and calendars only."""
        now = fields.Datetime.now()
        loads = self.env["taller.mechanic.load"].sudo().search([("company_id", "in", self.company_id.ids)])
        mechanics = self.env["hr.employee"].sudo().browse(loads.employee_id.ids)
        expired = mechanics._get_expired_certificates()
        hours_left = {job: work.hours for job, work in self.sudo()._get_remaining_work(now).items()}
        result = {}
        for shop, jobs in self.grouped("shop_id").items():
            shop_loads = [
                load
                for load, mechanic in zip(loads, mechanics, strict=True)
                if mechanic._works_in_shop(shop) and (mechanic.shop_id or mechanic.user_id)
            ]
            hours_until = shop.sudo()._get_hours_until(mechanics, now)
            for job in jobs:
                result[job] = job._rank_candidates(
                    shop_loads, hours_until, hours_left.get(job, 0.0), expired, now
                )
        return result

    def _rank_candidates(self, loads, hours_until, hours, expired, now):
        limit = max(self.promised_at or now + HORIZON, now)
        assigned = set(self.sudo().mechanic_ids.ids)
        by_id = {load.employee_id.id: load for load in loads}
        ranked = rank(
            [
                Candidate(
                    key=key,
                    name=load.name,
                    fits=not self.specialty_id or self.specialty_id in load.employee_id.specialty_ids,
                    is_in=load.is_in,
                    is_absent=load.presence == "absent",
                    booked=load.booked_hours,
                    free=hours_until(key, limit) - load.booked_hours,
                )
                for key, load in by_id.items()
            ],
            hours,
        )
        return [
            {
                "id": candidate.key,
                "name": candidate.name,
                "fits": bool(self.specialty_id) and candidate.fits,
                "presence": by_id[candidate.key].presence,
                "booked": round(candidate.booked, 1),
                "free": round(max(candidate.free, 0.0), 1),
                "has_time": candidate.key in assigned or candidate.free >= hours,
                "is_assigned": candidate.key in assigned,
                "expired": expired.get(candidate.key, []),
            }
            for candidate in ranked
        ]
