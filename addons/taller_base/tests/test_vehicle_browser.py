from datetime import date

from odoo.tests import HttpCase, tagged

from .test_vehicle import VehicleCommon


@tagged("post_install", "-at_install")
class TestVehicleOnThePhone(VehicleCommon, HttpCase):
    browser_size = "412x915"
    touch_enabled = True

    def test_reception_registers_a_vehicle_at_the_gate(self):
        # The first page of a fresh database compiles its assets, which takes its time on a small machine.
        self.start_tour(
            "/odoo/taller-vehicles", "taller_vehicle_reception", login="test_reception", timeout=240
        )
        vehicle = self.env["fleet.vehicle"].search([("plate_key", "=", "P432BCD")])
        self.assertEqual(vehicle.license_plate, "P-432BCD")
        self.assertEqual(vehicle.odometer, 45_200)
        self.assertEqual(vehicle.reading_ids.create_uid, self.users["reception"])


@tagged("post_install", "-at_install")
class TestVehiclePortal(VehicleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user.partner_id.parent_id = cls.buyer
        cls.car._record_reading(100_001, "2026-01-10")
        cls.car._transfer(cls.buyer, date(2026, 3, 15))
        cls.car._record_reading(105_002, "2026-04-10")
        cls.theirs = cls.Vehicle.create(
            {"license_plate": "P-801XYZ", "owner_id": cls.portal_user.partner_id.id}
        )
        cls.others = cls.Vehicle.create({"license_plate": "P-802XYZ", "owner_id": cls.owner.id})

    def setUp(self):
        super().setUp()
        self.authenticate("test_customer", "test_customer")

    def test_the_list_shows_the_companys_and_the_own_vehicles_only(self):
        page = self.url_open("/my/vehicles").text
        self.assertIn("P-501XYZ", page)
        self.assertIn("P-801XYZ", page)
        for plate in ("P-802XYZ", "P-502XYZ", "P-503XYZ"):
            self.assertNotIn(plate, page)

    def test_the_page_shows_what_was_since_the_transfer(self):
        page = self.url_open(f"/my/vehicles/{self.car.id}").text
        self.assertIn("Toyota Hilux Test 2015", page)
        self.assertIn("105,002", page)
        self.assertNotIn("100,001", page, "recorded for the owner before, who did not pass the history on")
        self.assertNotIn(self.owner.name, page)

    def test_the_history_is_shown_when_it_was_passed_on(self):
        self.car.ownership_ids.filtered(lambda row: not row.date_end).with_history = True
        self.assertIn("100,001", self.url_open(f"/my/vehicles/{self.car.id}").text)

    def test_other_peoples_vehicles_are_refused_by_their_ids(self):
        for vehicle in (self.others, self.own_van, self.foreign_car):
            response = self.url_open(f"/my/vehicles/{vehicle.id}")
            self.assertTrue(response.url.endswith("/my/vehicles"))
            self.assertNotIn(vehicle.license_plate, response.text)
            image = self.url_open(f"/web/image/fleet.vehicle/{vehicle.id}/image_512")
            self.assertNotEqual(image.headers.get("Content-Disposition", "")[:10], "attachment")
        self.assertTrue(self.url_open("/my/vehicles/999999999").url.endswith("/my/vehicles"))

    def test_the_documents_of_a_vehicle_are_the_workshops(self):
        document = self.env["ir.attachment"].create(
            {"name": "titulo.txt", "raw": b"Ana's", "res_model": "fleet.vehicle", "res_id": self.car.id}
        )
        response = self.url_open(f"/web/content/{document.id}")
        self.assertEqual(response.status_code, 404)
        self.assertNotIn("Ana's", response.text)

    def test_the_home_page_counts_them(self):
        answer = self.make_jsonrpc_request("/my/counters", {"counters": ["vehicle_count"]})
        self.assertEqual(answer["vehicle_count"], 2)

    def test_who_is_not_signed_in_is_asked_to(self):
        self.logout()
        self.assertIn("/web/login", self.url_open(f"/my/vehicles/{self.car.id}").url)

    def test_staff_have_a_portal_page_too_but_see_no_customers_there(self):
        self.authenticate("test_reception", "test_reception")
        self.assertNotIn("P-501XYZ", self.url_open("/my/vehicles").text)
        self.assertTrue(self.url_open(f"/my/vehicles/{self.car.id}").url.endswith("/my/vehicles"))
