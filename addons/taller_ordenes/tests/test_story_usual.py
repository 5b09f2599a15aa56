from odoo.tests import tagged

from .story import DESKTOP, PHONE, StoryCommon
from .test_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestStoryUsual(StoryCommon, ServiceCommon):
    """A usual service on phones alone, but for the accounting."""

    def test_a_usual_service(self):
        self.step_on(PHONE, "/odoo/reception", "taller_usual_is_received", login="test_reception")
        order = self.env["taller.order"].search([("vehicle_id", "=", self.vehicle.id)])
        job = order.job_ids
        self.assertEqual((order.odometer_in, order.receipt_state), (50_800, "signed"))
        self.assertEqual((job.service_id, job.amount_total), (self.brake_service, 770))
        self.assertEqual(order.state, "waiting")

        self.step_on(PHONE, self.read_link(), "taller_usual_is_accepted")
        self.assertEqual((job.state, order.state), ("approved", "in_progress"))
        self.assertEqual(order.approval_ids.amount_accepted, 770)
        self.assertTrue(order.approval_ids.is_intact)

        self.as_role("supervisor", job).mechanic_ids = self.mechanic
        self.step_on(PHONE, "/odoo/my-jobs", "taller_usual_is_done", login="test_mechanic")
        self.assertEqual(job.state, "done")
        self.assertEqual(job.time_ids.employee_id, self.mechanic)

        url = f"/odoo/work-orders/{order.id}"
        self.step_on(PHONE, url, "taller_usual_is_ready", login="test_reception")
        self.step_on(
            DESKTOP, "/odoo/work-orders-to-invoice", "taller_accounting_invoices", login="test_accounting"
        )
        self.assertEqual((order.payment_state, order.invoice_ids.amount_total), ("paid", 770))

        self.step_on(PHONE, url, "taller_usual_is_delivered", login="test_reception")
        delivery = order.delivery_ids
        self.assertEqual((order.state, delivery.odometer), ("delivered", 50_810))
        self.assertTrue(delivery.signature and delivery.is_intact)
        events = order.notice_ids.mapped("event")
        self.assertLessEqual({"received", "estimate_ready", "approved", "ready", "delivered"}, set(events))
