from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class TallerOrder(models.Model):
    """A vehicle that leaves before it is paid: somebody answers for it."""

    _inherit = "taller.order"

    unpaid_reason = fields.Char(
        string="Leaves Unpaid Because",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Why the vehicle may be delivered before it is invoiced and paid.",
    )
    unpaid_user_id = fields.Many2one(
        "res.users", string="Let Go By", readonly=True, copy=False, groups="base.group_user"
    )

    def action_let_go_unpaid(self, reason):
        """Supervisor or manager: these vehicles may leave before they are paid.

        :param str reason: why, in words; kept on the order.
        :raise UserError: no reason, or the order isn't ready.
        """
        self._check_may_let_go()
        self.check_access("read")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason why the vehicle may leave unpaid."))
        self._lock()
        self._check_state("ready")
        orders = self.sudo()
        orders.write({"unpaid_reason": reason, "unpaid_user_id": self.env.uid})
        for order in orders:
            order.message_post(
                body=self.env._("May leave unpaid: %(reason)s", reason=reason),
                author_id=self.env.user.partner_id.id,
            )

    def _check_may_let_go(self):
        if not self._may_let_go():
            raise AccessError(self.env._("Only a supervisor or manager lets a vehicle leave unpaid."))

    def _may_let_go(self):
        return self.env.user.has_groups(
            "taller_base.taller_base_group_supervisor,taller_base.taller_base_group_manager"
        )

    def _get_let_go_action(self):
        """The dialog that asks for the reason, for those who may give one."""
        self.ensure_one()
        return self.env["taller.reason"]._get_action("let_go_unpaid", self) if self._may_let_go() else None
