from odoo import fields
from odoo.tests import tagged

from .story import PHONE, StoryCommon


@tagged("post_install", "-at_install")
class TestStoryComeback(StoryCommon):
    """The brakes squeal again within their warranty: one tap at the reception, nothing to pay."""

    def test_a_comeback_costs_the_customer_nothing(self):
        self.company.write({"taller_warranty_months": 3, "taller_warranty_km": 5000})
        before, brakes = self._finished_order(odometer_in=50_000)
        before.action_deliver()
        today = fields.Date.context_today(before)
        self.assertEqual(brakes.warranty_until, fields.Date.add(today, months=3))

        self.step_on(PHONE, "/odoo/reception", "taller_comeback_is_recognised", login="test_reception")
        order = self.env["taller.order"].search([("vehicle_id", "=", self.vehicle.id)]) - before
        claim = order.job_ids
        self.assertEqual(claim.warranty_of_id, brakes)
        self.assertEqual(claim.warranty_mechanic_ids, self.mechanic)
        self.assertEqual((claim.state, order.state), ("approved", "in_progress"))
        self.assertEqual(claim.amount_total, 0)
        self.assertFalse(order.estimate_id, "there is nothing to decide")

        self.step_on(PHONE, "/odoo/my-jobs", "taller_comeback_is_done", login="test_mechanic")
        self.assertEqual(claim.state, "done")
        self.assertEqual(claim.time_ids.employee_id, self.mechanic)

        url = f"/odoo/work-orders/{order.id}"
        self.step_on(PHONE, url, "taller_comeback_is_delivered", login="test_reception")
        self.assertEqual((order.state, order.payment_state), ("delivered", "free"))
        self.assertFalse(order.invoice_ids)
        self.assertEqual(order.delivery_ids.odometer, 50_910)
        self.assertTrue(order.delivery_ids.is_intact)
        self.assertEqual(self.vehicle.odometer, 50_910)
