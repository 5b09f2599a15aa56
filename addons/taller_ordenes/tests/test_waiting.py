from odoo.tests import BaseCase, tagged

from ..tools.waiting import JobFacts, get_waiting_for
from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestWaitingRules(BaseCase):
    def test_the_state_says_it_before_and_after_the_work(self):
        self.assertEqual(get_waiting_for("received", [], needs_inspection=True), "inspection")
        self.assertEqual(get_waiting_for("received", []), "estimate")
        self.assertEqual(get_waiting_for("estimating", [JobFacts("proposed")]), "estimate")
        self.assertEqual(get_waiting_for("estimating", [], needs_inspection=True), "inspection")
        self.assertEqual(get_waiting_for("waiting", [JobFacts("proposed")]), "customer")
        self.assertEqual(get_waiting_for("ready", [JobFacts("done")]), "pickup")
        for state in ("delivered", "cancelled"):
            self.assertFalse(get_waiting_for(state, [JobFacts("approved")]))

    def waiting_work(self, *jobs):
        return get_waiting_for("in_progress", jobs)

    def test_approved_work_waits_for_a_mechanic_until_somebody_begins(self):
        self.assertEqual(self.waiting_work(JobFacts("approved"), JobFacts("done")), "mechanic")
        self.assertEqual(self.waiting_work(JobFacts("approved"), JobFacts("in_progress")), "work")

    def test_parts_hold_an_order_up_only_when_nothing_else_can_be_done(self):
        lacking = JobFacts("in_progress", lacks_parts=True)
        self.assertEqual(self.waiting_work(lacking), "parts")
        self.assertEqual(self.waiting_work(lacking, JobFacts("approved")), "mechanic")
        self.assertEqual(self.waiting_work(lacking, JobFacts("in_progress")), "work")
        self.assertEqual(self.waiting_work(lacking, JobFacts("done")), "parts")

    def test_extra_work_waits_for_its_price_and_then_for_the_customer(self):
        done = JobFacts("done")
        extra, offered = JobFacts("proposed"), JobFacts("proposed", is_offered=True)
        self.assertEqual(self.waiting_work(done, extra, offered), "estimate")
        self.assertEqual(self.waiting_work(done, offered), "customer")
        self.assertEqual(self.waiting_work(JobFacts("approved"), extra), "mechanic")

    def test_finished_work_waits_for_its_check(self):
        self.assertEqual(self.waiting_work(JobFacts("done"), JobFacts("declined")), "quality")


@tagged("post_install", "-at_install")
class TestWaiting(OrderCommon):
    def test_an_order_passes_from_desk_to_desk(self):
        order = self._receive()
        desks = [order.waiting_for]
        job = self._propose(order)
        desks.append(order.waiting_for)
        order.action_send_estimate()
        desks.append(order.waiting_for)
        self._decide(order.estimate_id)
        desks.append(order.waiting_for)
        self.as_role("mechanic", job).action_start()
        desks.append(order.waiting_for)
        self.as_role("mechanic", job).action_finish()
        desks.append(order.waiting_for)
        order.action_ready()
        desks.append(order.waiting_for)
        order.action_deliver()
        desks.append(order.waiting_for)
        self.assertEqual(
            desks,
            ["inspection", "estimate", "customer", "mechanic", "work", "quality", "pickup", False],
        )
        self.assertFalse(order.waiting_since)

    def test_it_waits_since_the_desk_changed(self):
        order = self._receive()
        order.sudo().waiting_since = "2026-01-05 14:00:00"
        order.concern = "It squeals, and pulls to the left."
        self.assertEqual(str(order.waiting_since), "2026-01-05 14:00:00")
        order.action_start_estimate()
        self.assertGreater(str(order.waiting_since), "2026-01-05 14:00:00")

    def test_extra_work_is_priced_then_sent_then_decided(self):
        order, job = self._approved_order()
        self.as_role("mechanic", job).action_start()
        self.as_role("mechanic", job).action_finish()
        self._propose(order, name="Brake fluid")
        self.assertEqual(order.waiting_for, "estimate")
        order.action_send_estimate()
        self.assertEqual(order.waiting_for, "customer")
