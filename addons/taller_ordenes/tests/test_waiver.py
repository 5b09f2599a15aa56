from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SIGNATURE, OrderCommon


@tagged("post_install", "-at_install")
class TestWaiver(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.labour | cls.pads).taxes_id = False

    def _waive(self, order, amount=1000, method="signature", **values):
        values = {"signature": SIGNATURE} if method == "signature" else {"statement": "Just do it.", **values}
        wizard = order.env["taller.order.waive"].create(
            {"order_id": order.id, "amount": amount, "method": method, **values}
        )
        wizard.action_record()
        return order.waiver_ids

    def test_who_waives_is_not_asked_again_up_to_the_amount(self):
        order = self._receive()
        waiver = self._waive(order)
        self.assertEqual((waiver.waived_by, waiver.amount), (self.customer.name, 1000))
        self.assertEqual((waiver.method, waiver.user_id), ("signature", self.users["reception"]))
        job = self._propose(order)
        order.action_approve_by_waiver()
        self.assertEqual((order.state, job.state), ("in_progress", "approved"))
        approval = order.approval_ids
        self.assertEqual((approval.channel, approval.signed_by), ("waiver", self.customer.name))
        self.assertEqual(approval.amount_accepted, 770)
        self.assertIn("1,000.00", approval.note)
        self.assertTrue(approval.is_intact)
        self.assertEqual(order.waiver_left, 230)

    def test_above_the_amount_the_customer_decides(self):
        order = self._receive()
        self._waive(order, amount=769.99)
        self._propose(order)
        with self.assertRaisesRegex(UserError, "Send the estimate"):
            order.action_approve_by_waiver()
        order.action_send_estimate()

    def test_rounds_share_the_amount(self):
        order = self._receive()
        self._waive(order, amount=1500)
        self._propose(order)
        order.action_approve_by_waiver()
        self._propose(order, name="Rear brakes")
        with self.assertRaisesRegex(UserError, "730"):
            order.action_approve_by_waiver()
        self._waive(order, amount=2000)
        order.action_approve_by_waiver()
        self.assertEqual(order.waiver_left, 2000 - 2 * 770)

    def test_what_was_said_is_written_down(self):
        order = self._receive()
        waiver = self._waive(order, method="statement", statement="Up to a thousand, go ahead.")
        self.assertFalse(waiver.signature)
        self.assertIn("Up to a thousand", order._get_waiver_text())

    def test_the_receipt_says_so(self):
        order = self._receive()
        self.assertNotIn("waiver", order._get_receipt_content())
        self._waive(order)
        self.assertIn("1,000.00", order._get_receipt_content()["waiver"])

    def test_without_a_waiver_there_is_nothing_to_approve(self):
        order = self._receive()
        self._propose(order)
        with self.assertRaisesRegex(UserError, "hasn't waived"):
            order.action_approve_by_waiver()

    def test_a_waiver_needs_a_name_an_amount_and_a_proof(self):
        order = self._receive()
        for values in (
            {"amount": 0},
            {"amount": -5},
            {"waived_by": " "},
            {"waived_by": "x" * 200},
            {"signature": False},
            {"signature": "bm8gaW1hZ2U="},
            {"method": "statement", "statement": "  "},
        ):
            wizard = order.env["taller.order.waive"].create(
                {"order_id": order.id, "amount": 100, "signature": SIGNATURE, **values}
            )
            with self.assertRaises(UserError, msg=values):
                wizard.action_record()
        self.assertFalse(order.waiver_ids)

    def test_it_stays_as_it_is(self):
        waiver = self._waive(self._receive())
        for change in (lambda: waiver.sudo().write({"amount": 9999}), lambda: waiver.sudo().unlink()):
            with self.assertRaises(UserError):
                change()

    def test_nobody_makes_one_but_at_the_order(self):
        order = self._receive()
        values = {
            "order_id": order.id,
            "currency_id": order.currency_id.id,
            "waived_by": "Ana",
            "amount": 9999,
            "method": "statement",
            "statement": "Yes",
            "waived_at": fields.Datetime.now(),
            "user_id": self.env.uid,
        }
        for role in self.users:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.waiver").create(values)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).write({"waiver_ids": [fields.Command.create(values)]})

    def test_reception_records_and_others_do_not(self):
        order = self._receive()
        self._propose(order)
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order)._record_waiver("Ana", 5, "statement", "Yes")
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_approve_by_waiver()
        for step in ("action_approve_by_waiver", "action_open_waiver"):
            with self.assertRaises(AccessError, msg=step):
                getattr(order.with_user(self.portal_user), step)()
        for role in ("mechanic", "parts"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).read(["waiver_left"])

    def test_another_shops_order(self):
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        with self.assertRaises(AccessError):
            self.as_role("reception", elsewhere)._record_waiver("Ana", 5, "statement", "Yes")

    def test_an_order_with_a_waiver_is_not_deleted(self):
        order = self._receive()
        self._waive(order)
        with self.assertRaisesRegex(UserError, "can't be deleted"):
            self.as_role("administrator", order).unlink()
        self.assertTrue(order.sudo().waiver_ids.exists())

    def test_a_closed_order_waives_nothing(self):
        order = self._receive()
        order.action_cancel("Gone")
        with self.assertRaises(UserError):
            self._waive(order)


@tagged("post_install", "-at_install")
class TestValidity(OrderCommon):
    def _sent(self, days):
        self.company.quotation_validity_days = days
        order = self._receive()
        self._propose(order)
        order.action_send_estimate()
        return order

    def test_an_estimate_is_valid_for_the_days_of_the_settings(self):
        for days in (3, 30):
            estimate = self._sent(days).estimate_id
            self.assertEqual(estimate.validity_date, estimate._get_taller_today() + timedelta(days=days))

    def test_an_expired_estimate_is_not_decided_but_sent_again(self):
        order = self._sent(3)
        estimate = order.estimate_id.sudo()
        estimate.validity_date = estimate._get_taller_today() - timedelta(days=1)
        estimate.taller_sent_hash = estimate._get_taller_hash()
        with self.assertRaisesRegex(UserError, "valid until"):
            self._decide(order.estimate_id)
        order.action_send_estimate()
        self.assertEqual(estimate.validity_date, estimate._get_taller_today() + timedelta(days=3))
        self._decide(order.estimate_id)
        self.assertEqual(order.state, "in_progress")

    def test_on_its_last_day_it_is_valid(self):
        order = self._sent(3)
        estimate = order.estimate_id.sudo()
        estimate.validity_date = estimate._get_taller_today()
        self.assertFalse(estimate._is_taller_expired())
