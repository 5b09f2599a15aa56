from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestStep(OrderCommon):
    """Each state of an order is stamped: when, and by whom."""

    def test_the_steps_follow_one_another_without_a_gap(self):
        order, _job = self._finished_order()
        order.action_deliver()
        steps = order.sudo().step_ids
        self.assertEqual(
            steps.mapped("state"), ["received", "estimating", "waiting", "in_progress", "ready", "delivered"]
        )
        self.assertEqual(steps[0].start, order.received_at)
        self.assertEqual(steps[:-1].mapped("stop"), steps[1:].mapped("start"))
        self.assertFalse(steps[-1].stop)
        self.assertEqual(steps[-1].start, order.delivered_at)
        self.assertEqual(steps[-1].user_id, self.users["reception"])

    def test_a_state_that_comes_again_is_another_step(self):
        order, _job = self._finished_order()
        order.action_reopen()
        self.assertEqual(order.sudo().step_ids.mapped("state")[-3:], ["in_progress", "ready", "in_progress"])

    def test_ten_orders_change_state_with_as_many_queries_as_one(self):
        orders = self.env["taller.order"].create(
            [
                {
                    "vehicle_id": self._make_vehicle(f"P-{number}MNB", self.customer).id,
                    "shop_id": self.shop.id,
                }
                for number in range(500, 511)
            ]
        )
        self.env.flush_all()
        counts = []
        for batch in (orders[:1], orders[1:]):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.action_start_estimate()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_nobody_writes_steps(self):
        step = self._receive().sudo().step_ids
        for user in (*self.users.values(), self.portal_user):
            with self.assertRaises(AccessError, msg=user.name):
                step.with_user(user).write({"start": "2020-01-01 08:00:00"})
        with self.assertRaises(AccessError):
            step.with_user(self.portal_user).read(["state"])
        elsewhere = self._receive("administrator", shop_id=self.other_shop.id).sudo().step_ids
        with self.assertRaises(AccessError):
            elsewhere.with_user(self.users["reception"]).read(["state"])
