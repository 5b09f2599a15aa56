from odoo import api, fields, models
from odoo.exceptions import UserError

from .taller_order import OPEN_STATES

# Dropping a card of one column on another one presses this button of the order.
STEP_BETWEEN = {
    ("received", "estimating"): "action_start_estimate",
    ("received", "waiting"): "action_send_estimate",
    ("estimating", "waiting"): "action_send_estimate",
    ("in_progress", "ready"): "action_ready",
    ("ready", "in_progress"): "action_reopen",
    ("ready", "delivered"): "action_deliver",
    **{(state, "cancelled"): "action_open_cancel" for state in OPEN_STATES},
}


class TallerOrder(models.Model):
    """The shop's board: what a card shows beside the order itself, and what moving a card does."""

    _inherit = "taller.order"

    mechanic_ids = fields.Many2many(
        "hr.employee",
        string="Mechanics",
        compute="_compute_board",
        compute_sudo=True,
        groups="base.group_user",
        help="Those of the jobs that aren't finished, or of all when everything is.",
    )
    job_count = fields.Integer(
        string="Jobs to Do",
        compute="_compute_board",
        compute_sudo=True,
        groups="base.group_user",
        help="Neither declined nor dropped.",
    )
    job_done_count = fields.Integer(
        string="Jobs Done", compute="_compute_board", compute_sudo=True, groups="base.group_user"
    )

    board_note = fields.Char(
        string="Held Up By",
        compute="_compute_board",
        compute_sudo=True,
        groups="base.group_user",
        help="Parts that are awaited, and work that is outside.",
    )

    @api.depends("job_ids.state", "job_ids.mechanic_ids", "job_ids.parts_missing", "job_ids.supplier_id")
    def _compute_board(self):
        for order in self:
            jobs = order.job_ids.filtered(lambda job: job.state not in ("declined", "cancelled"))
            done = jobs.filtered(lambda job: job.state == "done")
            order.mechanic_ids = ((jobs - done) or done).mechanic_ids
            order.job_count = len(jobs)
            order.job_done_count = len(done)
            order.board_note = " · ".join(filter(None, (job._get_board_note() for job in jobs - done)))

    def action_move_to(self, state):
        """Move the order's card to another column of the board: the step between the two states, if there is one.

        :param str state: the column's state
        :return: what that step returns, e.g. the question for a reason
        :raise UserError: no single step leads from here to there; the sentence says what does
        """
        self.ensure_one()
        self.check_access("write")
        if step := STEP_BETWEEN.get((self.state, state)):
            return getattr(self, step)()
        if state == "in_progress" and self.state in OPEN_STATES:
            message = self.env._(
                "%(order)s goes into the workshop when the customer has decided on its estimate. Send or "
                "show it to them.",
                order=self.name,
            )
        else:
            message = self.env._(
                "%(order)s can't go from “%(here)s” to “%(there)s” in one step. Open it to see what comes next.",
                order=self.name,
                here=self._get_state_label(),
                there=self._get_state_labels().get(state, state),
            )
        raise UserError(message)
