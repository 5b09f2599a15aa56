from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestPrivacy(OrderCommon):
    def test_a_customer_takes_orders_and_decisions_away(self):
        order, job = self._approved_order(brought_by="Her brother")
        data = self.customer._get_personal_data()
        self.assertEqual([row["name"] for row in data["orders"]["records"]], [order.name])
        self.assertEqual([row["name"] for row in data["jobs"]["records"]], [job.name])
        self.assertEqual([row["signed_by"] for row in data["decisions"]["records"]], ["Ana Lucía Cifuentes"])
        other = self.portal_user.partner_id._get_personal_data()
        for key in ("orders", "jobs", "decisions"):
            self.assertFalse(other[key]["records"], key)

    def test_nobody_is_erased_while_the_car_is_here(self):
        self._receive()
        with self.assertRaises(UserError):
            self.customer._erase()
        self.assertEqual(self.customer.name, "Ana Lucía Cifuentes")

    def test_orders_stay_without_a_name(self):
        order = self._receive(brought_by="Her brother", brought_by_phone="5512-3344")
        order.sudo().access_token = "secret"
        order.sudo().state = "cancelled"
        done = self.customer._erase()
        self.assertTrue(self.customer.exists())
        self.assertEqual(order.partner_id, self.customer)
        self.assertIn(f"#{self.customer.id}", order.partner_id.name)
        self.assertFalse(order.brought_by or order.brought_by_phone or order.sudo().access_token)
        self.assertNotIn("Ana", "".join(done))
        self.assertFalse(self.vehicle.owner_id)
        self.assertTrue(order.vehicle_id)

    def test_the_signed_decision_stays_intact(self):
        order, _job = self._approved_order()
        order.sudo().state = "delivered"
        self.customer._erase()
        self.assertTrue(order.sudo().approval_ids.is_intact)
        self.assertTrue(order.sudo().approval_ids.signed_by)
