from odoo.tests import tagged

from .story import DESKTOP, PHONE, StoryCommon


@tagged("post_install", "-at_install")
class TestStoryExtra(StoryCommon):
    """More is found while the car is on the lift, and the customer approves it on a second round."""

    def test_extra_work_is_found_priced_and_approved(self):
        order, brakes = self._approved_order()
        first = order.approval_ids
        self._send_notices()
        url = f"/odoo/work-orders/{order.id}"

        self.step_on(PHONE, "/odoo/my-jobs", "taller_extra_is_found", login="test_mechanic")
        extra = order.job_ids - brakes
        self.assertEqual((extra.name, extra.state, extra.amount_total), ("Left CV boot torn", "proposed", 0))
        self.assertEqual(extra.reported_by_id, self.users["mechanic"])
        self.assertEqual(extra.mechanic_ids, self.mechanic)
        self.assertEqual(order.activity_ids.user_id, self.users["reception"])
        self.assertEqual(order.state, "in_progress")

        self.step_on(DESKTOP, url, "taller_extra_is_priced", login="test_reception")
        self.assertEqual((extra.amount_total, extra.state), (595, "proposed"))
        self.step_on(PHONE, url, "taller_extra_is_sent", login="test_reception")
        self.assertEqual(order.sale_order_ids, brakes.sale_order_id | extra.sale_order_id)
        self.assertEqual(len(order.sale_order_ids), 2)
        self.assertIn("extra_work", order.notice_ids.mapped("event"))
        self.assertEqual((brakes.state, order.state), ("in_progress", "in_progress"), "nobody has to stop")

        self.step_on(PHONE, self.read_link(), "taller_extra_is_accepted")
        second = order.approval_ids - first
        self.assertEqual(second.amount_accepted, 595)
        self.assertEqual(second.signed_by, "Ana Lucía Cifuentes")
        self.assertTrue(first.is_intact and second.is_intact)
        self.assertEqual(extra.state, "approved")
        told = self.env["mail.message"].search(
            [("model", "=", "taller.order"), ("res_id", "=", order.id)], order="id desc"
        )
        self.assertIn(self.users["mechanic"].partner_id, told.notified_partner_ids)

        self.step_on(PHONE, "/odoo/my-jobs", "taller_extra_is_done", login="test_mechanic")
        self.assertEqual(order.job_ids.mapped("state"), ["done", "done"])
        self.assertEqual(order.job_ids.time_ids.employee_id, self.mechanic)
        self.assertEqual(order.amount_approved, brakes.amount_total + extra.amount_total)
