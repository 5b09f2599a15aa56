from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import SIGNATURE, OrderCommon


@tagged("post_install", "-at_install")
class TestHostileDialog(OrderCommon):
    """A dialog is its user's, and tells nothing of records that this user can't see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env,
            login="test_other_reception",
            groups="taller_base.taller_base_group_supervisor",
            shop_ids=[Command.link(cls.other_shop.id)],
            shop_id=cls.other_shop.id,
        )

    def test_nobody_opens_the_dialog_of_another(self):
        order = self._receive()
        job = self._propose(order)
        action = order.action_record_phone_decision()
        dialogs = [
            order.env["taller.order.waive"].create(
                {"order_id": order.id, "amount": 10, "signature": SIGNATURE}
            ),
            order.env["taller.order.deliver"].create(
                {"order_id": order.id, "picked_up_document": "DPI 2345 67890 0101"}
            ),
            order.env["taller.deposit"].create({"order_id": order.id, "amount": 5, "journal_id": 1}),
            order.env["taller.order.cancel"].create({"order_ids": order.ids, "reason": "No"}),
            order.env[action["res_model"]].browse(action["res_id"]),
            order.env[action["res_model"]].browse(action["res_id"]).line_ids,
            order.env["taller.job.concern"].create({"job_id": job.id, "text": "Oil"}),
        ]
        self.env.flush_all()
        for dialog in dialogs:
            for operation in ("read", "write"):
                with self.assertRaises(AccessError, msg=(dialog, operation)):
                    dialog.with_user(self.colleague).check_access(operation)
            self.assertFalse(dialog.with_user(self.colleague).search([("id", "=", dialog.id)]))
            dialog.check_access("write")

    def test_a_dialog_tells_nothing_of_another_shop(self):
        order = self._receive()
        job = self._propose(order)
        self.env.flush_all()
        for model, values, names in (
            ("taller.order.waive", {"order_id": order.id}, ["waived_by"]),
            ("taller.order.deliver", {"order_id": order.id}, ["picked_up_by", "odometer_in", "belongings"]),
            ("taller.deposit", {"order_id": order.id}, ["partner_id", "journal_ids"]),
            ("taller.approval.phone.line", {"job_id": job.id}, ["amount_total"]),
            ("taller.warranty.extend", {"job_id": job.id}, ["warranty_until"]),
        ):
            for name in names:
                self.env.invalidate_all()
                dialogs = self.env[model].with_user(self.colleague)
                with self.assertRaises(AccessError, msg=(model, name)):
                    dialogs.onchange(values, [next(iter(values))], {name: {}})
