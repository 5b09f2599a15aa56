from odoo.tests import tagged

from .story import DESKTOP, PHONE, StoryCommon


@tagged("post_install", "-at_install")
class TestStory(StoryCommon):
    """The workshop's main job in the browser, each step as the role that does it."""

    def test_from_the_gate_to_the_paid_and_delivered_car(self):
        self.step_on(DESKTOP, "/odoo/work-orders", "taller_reception_estimates", login="test_reception")
        order = self.env["taller.order"].search([("vehicle_id", "=", self.vehicle.id)])
        brakes, wipers = order.job_ids.sorted("id")
        self.assertEqual(order.state, "waiting")

        self.step_on(PHONE, self.read_link(), "taller_customer_decides")
        self.assertEqual(order.state, "in_progress")
        self.assertEqual((brakes.state, wipers.state), ("approved", "declined"))
        self.assertTrue(order.sale_order_ids.filtered("taller_seen_at"))
        approval = order.approval_ids
        self.assertEqual(approval.signed_by, "Ana Lucía Cifuentes")
        self.assertEqual(approval.amount_accepted, 595)
        self.assertTrue(approval.is_intact)

        self.step_on(PHONE, "/odoo/my-jobs", "taller_mechanic_works", login="test_mechanic")
        self.assertEqual(brakes.state, "done")
        self.assertEqual(brakes.time_ids.employee_id, self.mechanic)

        url = f"/odoo/work-orders/{order.id}"
        self.step_on(DESKTOP, url, "taller_reception_ready", login="test_reception")
        self.step_on(
            DESKTOP, "/odoo/work-orders-to-invoice", "taller_accounting_invoices", login="test_accounting"
        )
        self.assertEqual(order.payment_state, "paid")
        self.assertEqual(order.invoice_ids.amount_total, 595)
        self.assertEqual(order.invoice_ids.shop_id, self.shop)

        self.step_on(DESKTOP, url, "taller_reception_delivers", login="test_reception")
        self.assertEqual(order.state, "delivered")
