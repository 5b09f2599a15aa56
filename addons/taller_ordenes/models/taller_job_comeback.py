from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_date

from .taller_job_declined import OFFER_STATES

OPEN_JOB_STATES = ("approved", "in_progress")


class TallerJob(models.Model):
    """A comeback: work that was done before fails within its warranty, and is done again for nothing.

    A warranty job is approved as soon as it is made: there is no price to agree on. Its labour and parts
    stand on a round of their own, where everything costs the customer nothing and nothing is invoiced;
    they may be added until the vehicle is ready.
    """

    _inherit = "taller.job"

    warranty_of_id = fields.Many2one(
        "taller.job",
        string="Warranty Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The job, done at an earlier visit, that this one makes good.",
    )
    warranty_mechanic_ids = fields.Many2many(
        related="warranty_of_id.mechanic_ids", string="Done Then By", groups="base.group_user"
    )
    comeback_ids = fields.One2many(
        "taller.job", "warranty_of_id", string="Comebacks", readonly=True, copy=False
    )
    warranty_text = fields.Char(string="Warranty", compute="_compute_warranty_text", compute_sudo=True)

    _claimed_once = models.UniqueIndex(
        "(warranty_of_id, order_id) WHERE warranty_of_id IS NOT NULL AND state != 'cancelled'",
        "This job is under warranty on this order already.",
    )

    @api.depends("warranty_months", "warranty_distance", "warranty_until", "warranty_odometer")
    @api.depends_context("lang")
    def _compute_warranty_text(self):
        for job in self:
            job.warranty_text = job._describe_warranty()

    def _check_may_delete(self):
        if self.filtered("warranty_of_id"):
            raise UserError(
                self.env._("A warranty job isn't deleted: say why it isn't under warranty instead.")
            )
        return super()._check_may_delete()

    def _check_is_proposed(self):
        # Nobody has signed for a warranty job: it can be filled until the work is done.
        fillable = self.filtered(lambda job: job.warranty_of_id and job.state in OPEN_JOB_STATES)
        return super(TallerJob, self - fillable)._check_is_proposed()

    def _is_under_warranty(self, date, odometer):
        """Whether the warranty of this job holds on that day, with that reading (0: not taken)."""
        self.ensure_one()
        return bool(
            self.warranty_from
            and self.state == "done"
            and (not self.warranty_until or date <= self.warranty_until)
            and (not self.warranty_odometer or odometer <= self.warranty_odometer)
        )

    def action_claim_warranty(self):
        """Reception or supervisor: the vehicle is back with these jobs; they are done again for nothing.

        The new jobs go on the order that the list belongs to, or else on the vehicle's latest open one.

        :return: the action that opens the order
        :raise UserError: the warranty is over, or no order of the vehicle is open
        """
        self.env["taller.job"].check_access("create")
        self.check_access("read")
        orders = self.env["taller.order"]
        if order_id := self.env.context.get("default_order_id"):
            order = orders.browse(order_id)
        else:
            order = orders.search(
                [("vehicle_id", "in", self.vehicle_id.ids), ("state", "in", OFFER_STATES)],
                order="id desc",
                limit=1,
            )
        if not order:
            raise UserError(self.env._("The vehicle isn't here: open a work order for it first."))
        order._claim_warranty(self)
        return order._get_records_action(views=[(False, "form")])

    def _get_claim_values(self, order):
        """Values of the job that makes this one good again on the order: its labour, and the same mechanics,
        of those who work in the order's shop."""
        self.ensure_one()
        mechanics = self.mechanic_ids.filtered(
            lambda mechanic: mechanic.active and mechanic._works_in_shop(order.shop_id)
        )
        labour = self.line_ids.filtered(lambda line: line.product_id.type == "service")
        return {
            "name": self.name,
            "concern": self.concern,
            "warranty_of_id": self.id,
            "mechanic_ids": [Command.set(mechanics.ids)],
            "state": "approved",
            "line_ids": [Command.create(line._get_taller_offer_values()) for line in labour],
        }

    def action_refuse_claim(self, reason):
        """Reception or supervisor: it isn't the earlier work that fails. The job is proposed at its price.

        :param str reason: why, in words; kept on the job.
        :raise UserError: no reason, no open warranty job, or a mechanic is on the clock for it
        """
        self._check_may_refuse_claim()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason why it isn't under warranty."))
        self.order_id._begin_step("in_progress")
        self.invalidate_recordset(["state"])
        for job in self:
            if not job.warranty_of_id or job.state not in OPEN_JOB_STATES:
                raise UserError(self.env._("“%(job)s” is no open warranty job.", job=job.name))
            if running := job._get_running_times():
                raise UserError(
                    self.env._(
                        "%(mechanics)s are on the clock for “%(job)s”. They have to stop first.",
                        mechanics=", ".join(running.employee_id.mapped("name")),
                        job=job.name,
                    )
                )
        proposals = [
            {
                "order_id": job.order_id.id,
                "name": job.name,
                "concern": job.concern,
                "cause": job.cause,
                "mechanic_ids": [Command.set(job.mechanic_ids.ids)],
                "line_ids": [Command.create(line._get_taller_offer_values()) for line in job.line_ids],
            }
            for job in self.sudo()
        ]
        self.sudo().write({"state": "cancelled", "decline_reason": reason})
        self.env["taller.job"].create(proposals)
        for job in self:
            job.order_id._message_log(
                body=self.env._("“%(job)s” isn't under warranty: %(reason)s", job=job.name, reason=reason)
            )

    def action_open_refuse_claim(self):
        """Ask why it isn't under warranty."""
        self.ensure_one()
        self._check_may_refuse_claim()
        return self.env["taller.reason"]._get_action("refuse_claim", self)

    def _check_may_refuse_claim(self):
        self.check_access("write")
        if not self.env.user.has_group("taller_base.taller_base_group_reception"):
            raise AccessError(self.env._("Reception and supervisors decide on warranty."))

    def action_open_extend_warranty(self):
        """Ask until when the warranty is extended."""
        self.ensure_one()
        self._check_may_extend_warranty()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Extend the Warranty"),
            "res_model": "taller.warranty.extend",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_job_id": self.id},
        }

    def _check_may_extend_warranty(self):
        self.check_access("read")
        if not self.env.user.has_group("taller_base.taller_base_group_supervisor"):
            raise AccessError(self.env._("Only a supervisor extends a warranty."))
        if not self.warranty_from:
            raise UserError(self.env._("“%(job)s” has no warranty that has begun.", job=self.name))

    def _extend_warranty(self, until, odometer, reason):
        """Let the warranty of this job last longer; shorter it never gets.

        :param date until: the new last day, empty for no limit in time
        :param float odometer: the new last reading, 0 for no limit
        """
        self.ensure_one()
        self._check_may_extend_warranty()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason for the extension."))
        shorter = (until and (not self.warranty_until or until < self.warranty_until)) or (
            odometer and (not self.warranty_odometer or odometer < self.warranty_odometer)
        )
        if shorter or odometer < 0:
            raise UserError(self.env._("A warranty that was given can be extended, but not shortened."))
        before = self._describe_warranty()
        self.sudo().write({"warranty_until": until, "warranty_odometer": odometer})
        self.order_id.sudo()._message_log(
            body=self.env._(
                "Warranty of “%(job)s” extended from %(before)s to %(until)s %(odometer)s: %(reason)s",
                job=self.name,
                before=before,
                until=format_date(self.env, until) if until else self.env._("no limit in time"),
                odometer=self._format_distance(odometer) if odometer else "",
                reason=reason,
            ),
            author_id=self.env.user.partner_id.id,
        )
