from odoo.tests import tagged

from .story import PHONE, StoryCommon


@tagged("post_install", "-at_install")
class TestStoryRefusal(StoryCommon):
    """What the customer refuses stays with the car, and is offered again at its next visit."""

    def _visit_with_a_refusal(self):
        order = self._receive(odometer_in=50_000)
        brakes = self._propose(order)
        wipers = self._propose(order, name="Wiper blades", hours=1.0)
        order.action_send_estimate()
        self._decide(order.estimate_id, accepted=brakes)
        brakes.with_user(self.users["mechanic"]).action_start()
        brakes.with_user(self.users["mechanic"]).action_finish()
        order.action_ready()
        order.action_deliver()
        self._send_notices()
        return order, wipers

    def test_a_refusal_comes_back_at_the_next_visit(self):
        before, refused = self._visit_with_a_refusal()
        self.assertEqual((refused.state, refused.decline_reason), ("declined", "Not now"))

        self.step_on(PHONE, "/odoo/reception", "taller_refusal_is_offered_again", login="test_reception")
        order = self.env["taller.order"].search([("vehicle_id", "=", self.vehicle.id)]) - before
        offered = order.job_ids
        self.assertEqual(order.odometer_in, 50_800)
        self.assertEqual(offered.declined_job_id, refused)
        self.assertEqual((offered.state, offered.amount_total), ("proposed", 595))
        self.assertEqual(order.state, "waiting")

        self.step_on(PHONE, self.read_link(), "taller_refusal_is_accepted")
        self.assertEqual((offered.state, order.state), ("approved", "in_progress"))
        self.assertEqual(order.approval_ids.amount_accepted, 595)
        self.assertTrue(order.approval_ids.is_intact)
        self.assertFalse(self.vehicle.declined_job_ids, "nothing is left to offer")
        self.assertEqual((refused.state, before.state), ("declined", "delivered"), "what was, stays")
        self.assertTrue(before.approval_ids.is_intact)
