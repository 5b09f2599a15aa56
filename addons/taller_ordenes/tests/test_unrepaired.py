from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestUnrepaired(OrderCommon):
    """The customer takes the vehicle as it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.diagnosis = cls.env["product.product"].create(
            {"name": "Diagnosis", "type": "service", "list_price": 150, "invoice_policy": "order"}
        )
        cls.company.taller_diagnosis_product_id = cls.diagnosis

    def _leave(self, order, **values):
        wizard = (
            self.as_role("reception", "taller.order.cancel")
            .with_context(**order.action_open_cancel()["context"])
            .create({"reason": "Too expensive", **values})
        )
        wizard.action_cancel()

    def _invoice(self, order):
        action = self.as_role("accounting", order).action_create_invoice()
        return self.env["account.move"].browse(action["res_id"])

    def test_only_the_diagnosis_is_charged(self):
        order = self._receive()
        brakes = self._propose(order)
        order.action_send_estimate()
        self._leave(order, outcome="unrepaired", charge_diagnosis=True)
        self.assertEqual((order.state, order.unrepaired_reason), ("ready", "Too expensive"))
        self.assertEqual((brakes.state, brakes.decline_reason), ("declined", "Too expensive"))
        self.assertTrue(brakes.follow_up_date, "it is offered again")
        approval = order.approval_ids
        self.assertEqual(approval.channel, "diagnosis")
        self.assertEqual(approval.user_id, self.users["reception"])
        self.assertIn("Too expensive", approval.note)
        self.assertTrue(approval.is_intact)
        self.assertEqual(self._invoice(order).amount_total, 150)
        order.action_deliver()

    def test_the_settings_price_the_diagnosis(self):
        self.company.taller_diagnosis_price = 200
        order = self._receive()
        self._leave(order, outcome="unrepaired", charge_diagnosis=True)
        self.assertEqual(self._invoice(order).amount_total, 200)

    def test_without_a_diagnosis_there_is_nothing_to_pay(self):
        order = self._receive()
        self._propose(order)
        self._leave(order, outcome="unrepaired")
        self.assertEqual(order.payment_state, "free")
        order.action_deliver()
        self.assertEqual(order.state, "delivered")

    def test_finished_jobs_are_paid_and_dropped_ones_are_not(self):
        order = self._receive()
        brakes = self._propose(order)
        clutch = self._propose(order, name="Clutch", hours=6, pads=0)
        order.action_send_estimate()
        self._decide(order.estimate_id)
        self.as_role("supervisor", brakes).action_start()
        self.as_role("supervisor", brakes).action_finish()
        self._leave(order)
        self.assertEqual(order.state, "ready", "offered first, as a job is done")
        self.assertEqual((brakes.state, clutch.state), ("done", "cancelled"))
        self.assertEqual(self._invoice(order).amount_total, 770)

    def test_what_nobody_did_of_a_round_is_not_paid(self):
        order, job = self._approved_order()
        self._leave(order, outcome="unrepaired")
        self.assertEqual((job.state, order.sale_order_ids.state), ("cancelled", "cancel"))
        self.assertEqual(order.payment_state, "free")

    def test_done_work_is_not_given_away_by_reception(self):
        order = self._receive()
        brakes = self._propose(order)
        self._propose(order, name="Clutch", hours=6, pads=0)
        order.action_send_estimate()
        self._decide(order.estimate_id)
        self.as_role("supervisor", brakes).action_start()
        self.as_role("supervisor", brakes).action_finish()
        with self.assertRaisesRegex(UserError, "Front brakes"):
            order.action_cancel("A friend")
        self.as_role("supervisor", order).action_cancel("A friend of the owner")
        self.assertEqual(order.state, "cancelled")

    def test_the_customer_thinks_again(self):
        order = self._receive()
        self._propose(order)
        self._leave(order, outcome="unrepaired")
        order.action_reopen()
        self.assertFalse(order.unrepaired_reason)
        self.assertEqual(order.payment_state, "none")
        self._propose(order, name="Brakes after all")
        order.action_send_estimate()

    def test_it_needs_a_reason_stopped_clocks_and_a_price(self):
        order, job = self._approved_order()
        for reason in ("", "  ", None):
            with self.assertRaises(UserError):
                order.action_leave_unrepaired(reason)
        self.as_role("mechanic", job).action_start()
        with self.assertRaisesRegex(UserError, "on the clock"):
            order.action_leave_unrepaired("Too expensive")
        self.as_role("mechanic", job).action_pause("lunch")
        self.company.taller_diagnosis_product_id = False
        with self.assertRaisesRegex(UserError, "no diagnosis to charge"):
            order.action_leave_unrepaired("Too expensive", charge_diagnosis=True)

    def test_only_reception_and_above_let_it_leave(self):
        order = self._receive()
        for role in set(ROLES) - {"reception", "supervisor", "administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_leave_unrepaired("No", True)
        with self.assertRaises(AccessError):
            order.with_user(self.portal_user).action_leave_unrepaired("No")
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        with self.assertRaises(AccessError):
            self.as_role("supervisor", elsewhere).action_leave_unrepaired("No")
