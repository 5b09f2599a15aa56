from odoo.tests import tagged

from .story import DESKTOP, PHONE, StoryCommon


@tagged("post_install", "-at_install")
class TestStoryCancelled(StoryCommon):
    """The customer takes the car home: the order says why, and nobody goes on with it."""

    def test_an_order_is_cancelled_with_its_reason(self):
        order = self._receive()
        job = self._propose(order)
        order.action_send_estimate()
        estimate = order.estimate_id
        link = self.read_link()
        url = f"/odoo/work-orders/{order.id}"

        self.step_on(PHONE, url, "taller_cancelled_by_reception", login="test_reception")
        self.assertEqual((order.state, order.cancel_reason), ("cancelled", "Sold the car"))
        self.assertEqual((job.state, estimate.state), ("cancelled", "cancel"))
        self.assertEqual(order.step_ids.sorted("id")[-1].user_id, self.users["reception"])

        self.step_on(DESKTOP, url, "taller_cancelled_on_the_desk", login="test_reception")
        self.step_on(PHONE, link, "taller_cancelled_for_the_customer")
        self.assertFalse(order.approval_ids)
        self.step_on(PHONE, "/odoo/my-jobs", "taller_cancelled_for_the_mechanic", login="test_mechanic")
        self.assertFalse(self._send_notices(), "no word about an order that is no more")
