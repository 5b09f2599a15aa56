from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from .taller_order import OPEN_STATES


class TallerOrder(models.Model):
    """The order's way through the workshop: who may take which step, and when.

    received → estimating → waiting → in_progress → ready → delivered; cancelled from any open state.
    `action_x` checks the right, the shop and the state, under a lock; `_action_x` does it.
    """

    _inherit = "taller.order"

    def action_start_estimate(self):
        """Reception begins to write the estimate of orders that have been received."""
        self._begin_step("received")
        self._set_state("estimating")

    def action_ready(self):
        """Reception or supervisor: all approved work is done, the vehicle can be picked up.

        :raise UserError: a gate isn't met, e.g. a job is still to be done or to be decided.
        """
        self._begin_step("in_progress")
        self._check_gates("ready")
        self._set_state("ready", ready_at=fields.Datetime.now())
        self.sudo()._compute_payment_state()  # from now on, there may be nothing to pay
        self._notify_customer("ready")

    def action_reopen(self):
        """Reception or supervisor: there is more to do on vehicles that were ready."""
        self._begin_step("ready")
        self._set_state("in_progress", ready_at=False, unrepaired_reason=False)
        self.sudo()._compute_payment_state()

    def action_deliver(self):
        """Reception or supervisor: the vehicles have been handed over, without a delivery note.

        :raise UserError: a gate isn't met, e.g. the invoice has to be paid first.
        """
        self._begin_step("ready")
        self.sudo()._stamp_warranty()
        self._finish_delivery()

    def action_open_cancel(self):
        """Ask for the reason before cancelling."""
        self.check_access("write")
        return {
            "name": self.env._("Cancel the Work Order"),
            "type": "ir.actions.act_window",
            "res_model": "taller.order.cancel",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_ids": self.ids},
        }

    def action_cancel(self, reason):
        """Reception or supervisor give up the orders: undecided and unfinished jobs are cancelled with them.

        :param str reason: why, in words; kept on the order.
        :raise UserError: no reason, a mechanic is on the clock, or something has been invoiced.
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason why the order is cancelled."))
        self._begin_step(*OPEN_STATES)
        orders = self.sudo()
        orders._check_clocks_are_stopped()
        for order in orders:
            if order.invoice_ids.filtered(lambda move: move.state == "posted"):
                raise UserError(
                    self.env._(
                        "%(order)s has been invoiced. Accounting has to reverse the invoice first.",
                        order=order.name,
                    )
                )
        self._check_may_waive_done_work()
        orders.job_ids.filtered(lambda j: j.state not in ("declined", "done")).state = "cancelled"
        orders.sale_order_ids.filtered(lambda estimate: estimate.state != "cancel")._action_cancel()
        self._set_state("cancelled", cancel_reason=reason)

    def _check_may_waive_done_work(self):
        done = self.job_ids.filtered(lambda job: job.state == "done" and not job.warranty_of_id)
        if done and not self.env.user.has_group("taller_base.taller_base_group_supervisor"):
            raise UserError(
                self.env._(
                    "These jobs are done and would not be paid: %(jobs)s. Let the vehicle leave unrepaired, so that "
                    "they are invoiced, or ask a supervisor to cancel.",
                    jobs=", ".join(done.mapped("name")),
                )
            )

    def _set_state(self, state, **values):
        if not self:
            return
        orders = self.sudo()
        orders.write({"state": state, **values})
        moment = values.get("ready_at") or values.get("delivered_at") or fields.Datetime.now()
        self.env["taller.order.step"].sudo()._enter(orders, state, moment)

    def _begin_step(self, *states):
        """Check that the user may change these orders, that nobody else is, and that they are in such a state."""
        self.check_access("write")
        self._lock()
        self._check_state(*states)

    def _check_state(self, *states):
        for order in self:
            if order.state not in states:
                raise UserError(
                    self.env._(
                        "%(order)s is “%(state)s” now, so this can't be done. Reload the page.",
                        order=order.name,
                        state=order._get_state_label(),
                    )
                )

    def _lock(self):
        """Keep other users from deciding on the same orders until this transaction is over.

        What was read before is still true afterwards: had somebody changed it meanwhile, the database would
        refuse the lock, and the request would be repeated from its beginning.
        """
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Someone else is changing this order at this moment. Wait a little and try again.")
            ) from error

    @api.model
    def _get_state_labels(self):
        return dict(self._fields["state"]._description_selection(self.env))

    def _get_state_label(self):
        self.ensure_one()
        return self._get_state_labels()[self.state]
