from odoo.tests import HttpCase, new_test_user, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestReceptionBrowser(OrderCommon, HttpCase):
    """The reception at a phone's size, as the reception does it."""

    browser_size = "412x915"
    touch_enabled = True

    def tour(self, name):
        self.start_tour("/odoo/reception", name, login="test_reception")
        self.env.invalidate_all()

    def test_a_known_vehicle_is_received_and_its_receipt_signed(self):
        earlier = self._receive()
        self._propose(earlier, name="Wipers")
        earlier.action_send_estimate()
        self._decide(earlier.estimate_id, accepted=self.env["taller.job"])
        earlier.action_cancel("The customer drives on")
        self.tour("taller_reception_on_the_phone")
        order = self.env["taller.order"].search([("vehicle_id", "=", self.vehicle.id)], limit=1)
        self.assertNotEqual(order, earlier)
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual((order.odometer_in, order.fuel_level, order.brought_by), (51_000, "2", "Pedro Xol"))
        self.assertEqual(len(order.belonging_ids), 1)
        self.assertEqual((order.mark_ids.kind, order.mark_ids.place), ("dent", "right side, front"))
        self.assertEqual(order.receipt_ids.signed_by, "Pedro Xol")
        self.assertEqual(order.receipt_state, "signed")

    def test_a_new_vehicle_comes_with_its_customer(self):
        self.tour("taller_reception_of_a_new_customer")
        vehicle = self.env["fleet.vehicle"].search([("license_plate", "=", "P-901BCD")])
        order = self.env["taller.order"].search([("vehicle_id", "=", vehicle.id)])
        self.assertEqual(order.partner_id.name, "Elmer Sical")
        self.assertEqual(order.shop_id, self.shop)

    def test_a_vehicle_that_is_inside_is_opened(self):
        self._receive()
        self.tour("taller_reception_is_warned")
        self.assertEqual(self.env["taller.order"].search_count([("vehicle_id", "=", self.vehicle.id)]), 1)


@tagged("post_install", "-at_install")
class TestReceiptPortal(OrderCommon, HttpCase):
    def get(self, url):
        return self.url_open(url, allow_redirects=False)

    def test_the_customer_fetches_the_receipt_and_nobody_else(self):
        owner = new_test_user(
            self.env, login="test_owner", groups="base.group_portal", partner_id=self.customer.id
        )
        order = self._receive()
        other = self._receive(partner_id=self.portal_user.partner_id.id)
        url = f"/my/taller/orders/{order.id}/receipt"
        token, other_token = (record.sudo()._portal_ensure_token() for record in (order, other))
        for visitor in (None, self.portal_user):
            self.authenticate(visitor and visitor.login, visitor and visitor.login)
            for query in ("", "?access_token=", f"?access_token={other_token}", "?access_token=1"):
                self.assertEqual(self.get(url + query).status_code, 403, (visitor, query))
            response = self.get(f"{url}?access_token={token}")
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.authenticate(owner.login, owner.login)
        self.assertEqual(self.get(url).status_code, 200)
        self.assertEqual(self.get("/my/taller/orders/999999999/receipt").status_code, 403)
        self.assertIn("/receipt", self.get(f"/my/taller/orders/{order.id}").text)
