import json
from datetime import timedelta

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from .common import OrderCommon
from .test_documents import picture


@tagged("post_install", "-at_install")
class TestPortalOrder(OrderCommon, HttpCase):
    """A customer's own orders and vehicles in the portal; anybody else's anything is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner_user = new_test_user(
            cls.env, login="test_owner", groups="base.group_portal", partner_id=cls.customer.id
        )
        cls.order, cls.job = cls._finished_order(odometer_in=52690)
        cls.inner, cls.shown = cls.env["taller.photo"].create(
            [
                {"order_id": cls.order.id, "image": picture(), "note": "For us"},
                {
                    "order_id": cls.order.id,
                    "image": picture("blue"),
                    "note": "For the customer",
                    "shown_to_customer": True,
                },
            ]
        )
        cls.second = cls._receive()
        cls._propose(cls.second)
        cls.second.action_send_estimate()
        cls.others_vehicle = cls._make_vehicle("P-555FFF", cls.portal_user.partner_id)
        cls.others_order = cls._receive(vehicle_id=cls.others_vehicle.id, concern="A stranger's concern")
        cls.others_photo = cls.env["taller.photo"].create(
            {"order_id": cls.others_order.id, "image": picture(), "shown_to_customer": True}
        )

    def sign_in(self, user):
        if user:
            user.sudo().password = f"{user.login}_secret"
            self.authenticate(user.login, f"{user.login}_secret")
        else:
            self.authenticate(None, None)

    def addresses(self, order, photo):
        """Every address that shows something of the order."""
        url = order.access_url
        return (
            url,
            f"{url}/photos/{photo.id}",
            f"{url}/receipt",
            f"{url}/documents/service",
        )

    def digest(self, order, token=None):
        response = self.url_open(
            f"{order.access_url}/digest",
            data=json.dumps({"jsonrpc": "2.0", "params": {"access_token": token} if token else {}}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()["result"].get("digest")

    def test_the_own_order_with_all_that_belongs_to_it(self):
        self.sign_in(self.owner_user)
        page = self.url_open(self.order.access_url).text
        for text in (self.order.name, self.job.name, "For the customer", "/documents/service"):
            self.assertIn(text, page)
        self.assertNotIn("For us", page)
        for url in self.addresses(self.order, self.shown):
            self.assertEqual(self.url_open(url).status_code, 200, url)
        pdf = self.url_open(f"{self.order.access_url}/documents/service")
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        self.assertIn(self.job.name, pdf.text, "in tests, Odoo answers with the page it would print")
        self.assertNotIn(self.mechanic.name, pdf.text)
        picture_ = self.url_open(f"{self.order.access_url}/photos/{self.shown.id}")
        self.assertTrue(picture_.headers["Content-Type"].startswith("image/"))

    def test_a_job_is_shown_when_its_estimate_is_sent(self):
        order = self._receive()
        self._propose(order, name="A new clutch")
        self.sign_in(self.owner_user)
        pages = (order.access_url, f"/my/vehicles/{self.vehicle.id}")
        for page in pages:
            self.assertNotIn("A new clutch", self.url_open(page).text, page)
        order.action_send_estimate()
        for page in pages:
            self.assertIn("A new clutch", self.url_open(page).text, page)

    def test_its_token_opens_the_same_without_a_password(self):
        token = self.order.sudo()._portal_ensure_token()
        self.sign_in(None)
        for url in self.addresses(self.order, self.shown):
            self.assertEqual(self.url_open(f"{url}?access_token={token}").status_code, 200, url)
        self.assertTrue(self.digest(self.order, token))

    def test_nobody_else_sees_any_of_it(self):
        estimate = self.second.sudo().estimate_id
        tokens = {
            "none": "",
            "empty": "?access_token=",
            "guess": "?access_token=guess",
            "another order's": f"?access_token={self.others_order.sudo()._portal_ensure_token()}",
            "an estimate's": f"?access_token={estimate._portal_ensure_token()}",
        }
        people = (None, self.portal_user, self.users["mechanic"], self.users["parts"])
        for user in people:
            self.sign_in(user)
            for what, token in tokens.items():
                for url in self.addresses(self.order, self.shown):
                    with self.subTest(user=user and user.login, token=what, url=url):
                        response = self.url_open(url + token)
                        self.assertIn(response.status_code, (403, 404))
                        self.assertNotIn(self.vehicle.license_plate, response.text)
                self.assertFalse(self.digest(self.order, token.removeprefix("?access_token=")))

    def test_a_token_opens_its_own_object_only(self):
        token = self.order.sudo()._portal_ensure_token()
        self.sign_in(None)
        estimate = self.second.sudo().estimate_id
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.customer.id, "taller_order_id": self.order.id}
        )
        for url in (
            self.second.access_url,
            estimate.access_url,
            f"{estimate.access_url}/evidence",
            f"{self.second.access_url}/photos/{self.shown.id}",
        ):
            self.assertIn(self.url_open(f"{url}?access_token={token}").status_code, (403, 404), url)
        response = self.url_open(f"/my/invoices/{invoice.id}?access_token={token}", allow_redirects=False)
        self.assertNotEqual(response.status_code, 200)

    def test_photos_are_of_this_order_and_meant_for_the_customer(self):
        self.sign_in(self.owner_user)
        for photo in (self.inner, self.others_photo):
            for size in ("", "?full=1"):
                url = f"{self.order.access_url}/photos/{photo.id}{size}"
                self.assertEqual(self.url_open(url).status_code, 404, url)
        for url in (
            f"/web/image/taller.photo/{self.shown.id}/image",
            f"/web/content/taller.photo/{self.inner.id}/image",
        ):
            self.assertNotIn(b"JFIF", self.url_open(url).content)

    def test_a_document_that_there_is_not(self):
        self.sign_in(self.owner_user)
        for key in ("service", "nonsense", "taller_ordenes.taller_order_service_report"):
            url = f"{self.second.access_url}/documents/{key}"
            self.assertEqual(self.url_open(url).status_code, 403, url)

    def test_the_list_begins_with_what_is_to_be_decided(self):
        latest = self._receive()
        self.sign_in(self.owner_user)
        page = self.url_open("/my/taller/orders").text
        self.assertLess(page.index(self.second.name), page.index(latest.name))
        self.assertIn("/my/taller/estimates/", page)
        self.assertNotIn(self.others_order.name, page)

    def test_the_page_knows_when_there_is_news(self):
        self.sign_in(self.owner_user)
        before = self.digest(self.order)
        self.assertIn(before, self.url_open(self.order.access_url).text)
        self.assertEqual(self.digest(self.order), before)
        self.order.action_deliver()
        self.env.flush_all()
        self.assertNotEqual(self.digest(self.order), before)

    def test_cores_lists_leave_our_estimates_out(self):
        self.sign_in(self.owner_user)
        for url in ("/my/quotes", "/my/orders"):
            page = self.url_open(url).text
            for estimate in (self.order | self.second).sudo().sale_order_ids:
                self.assertNotIn(estimate.name, page)
        response = self.url_open(
            "/my/counters",
            data=json.dumps({"params": {"counters": ["quotation_count", "order_count"]}}),
            headers={"Content-Type": "application/json"},
        )
        self.assertFalse(any(response.json()["result"].values()))
        plain = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [(0, 0, {"product_id": self.pads.id})]}
        )
        plain.action_quotation_sent()
        self.assertIn(plain.name, self.url_open("/my/quotes").text, "other quotations stay where they are")

    def test_the_own_vehicle_with_its_history(self):
        self.sign_in(self.owner_user)
        self.assertIn(self.vehicle.license_plate, self.url_open("/my/vehicles").text)
        page = self.url_open(f"/my/vehicles/{self.vehicle.id}").text
        self.assertIn(self.order.name, page)
        self.assertIn(self.job.name, page)
        pdf = self.url_open(f"/my/vehicles/{self.vehicle.id}/history")
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        self.assertIn(self.job.name, pdf.text)

    def test_anothers_vehicle_leads_back_to_the_own_ones(self):
        for user in (self.portal_user, self.users["reception"]):
            self.sign_in(user)
            for path in ("", "/history"):
                response = self.url_open(f"/my/vehicles/{self.vehicle.id}{path}", allow_redirects=False)
                self.assertEqual(response.status_code, 303, (user.login, path))
            self.contact(self.vehicle, kind="call", text="Call me")
            self.assertFalse(self.requests(self.vehicle), user.login)

    def test_a_new_owner_sees_nothing_of_before(self):
        self.vehicle._transfer(self.portal_user.partner_id, self.order._get_received_day())
        self.sign_in(self.portal_user)
        for path in ("/my/vehicles", f"/my/vehicles/{self.vehicle.id}"):
            page = self.url_open(path).text
            for text in (self.order.name, self.job.name, self.customer.name):
                self.assertNotIn(text, page, path)

    def test_declined_work_is_shown_to_whom_it_was_offered(self):
        extra = self._propose(self.second, name="Front tyres")
        self.second.action_send_estimate()
        self._decide(self.second.estimate_id, accepted=self.second.job_ids - extra)
        self.sign_in(self.owner_user)
        self.assertIn("Front tyres", self.url_open(f"/my/vehicles/{self.vehicle.id}").text)
        day = self.second._get_received_day()
        self.vehicle._transfer(self.portal_user.partner_id, day)
        self.sign_in(self.portal_user)
        self.assertNotIn("Front tyres", self.url_open(f"/my/vehicles/{self.vehicle.id}").text)

    def contact(self, vehicle, **values):
        values["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(f"/my/vehicles/{vehicle.id}/contact", data=values)

    def requests(self, vehicle):
        self.env.invalidate_all()
        kind = self.env.ref("taller_ordenes.mail_activity_type_contact")
        return vehicle.sudo().activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

    def test_asking_for_an_appointment_is_a_to_do_for_the_shop(self):
        self.sign_in(self.owner_user)
        self.contact(self.vehicle, kind="appointment", text="Oil change, <b>Tuesday</b>")
        activity = self.requests(self.vehicle)
        self.assertEqual(activity.user_id, self.users["reception"])
        self.assertIn(self.customer.name, activity.summary)
        self.assertIn("&lt;b&gt;Tuesday", activity.note)
        self.contact(self.vehicle, kind="call", text="Or call me")
        self.assertEqual(len(self.requests(self.vehicle)), 1, "asked twice, it is still one to-do")
        self.assertIn("call me", self.requests(self.vehicle).note)

    def test_nonsense_is_answered_by_a_sentence_and_nothing_is_lost(self):
        self.sign_in(self.owner_user)
        for values in (
            {"kind": "appointment", "text": "  "},
            {"kind": "dinner", "text": "Tonight"},
            {"text": "No kind"},
            {"kind": "call", "text": "x" * 1001},
        ):
            response = self.contact(self.vehicle, **values)
            self.assertEqual(response.status_code, 200)
            self.assertIn("alert-warning", response.text)
            self.assertIn(values["text"].strip(), response.text)
        self.assertFalse(self.requests(self.vehicle))

    def test_the_list_of_vehicles_costs_the_same_for_one_and_for_ten(self):
        partner = self.portal_user.partner_id
        vehicles = self.others_vehicle
        for number in range(9):
            vehicle = self._make_vehicle(f"P-60{number}GGG", partner)
            self._receive(vehicle_id=vehicle.id)
            vehicles |= vehicle
        queries = []
        for some in (vehicles[:1], vehicles[:1], vehicles):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some = some.sudo()
            some._get_portal_last_visits(partner)
            some._get_portal_due_work(partner)
            queries.append(self.env.cr.sql_log_count - before)
        self.assertEqual(queries[1], queries[2])

    def test_a_visit_of_last_year_is_told_by_its_day(self):
        self.order.sudo().received_at -= timedelta(days=400)
        last = self.vehicle.sudo()._get_portal_last_visits(self.customer)
        self.assertEqual(last[self.vehicle.id], self.second._get_received_day())
