import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SIGNATURE, OrderCommon


@tagged("post_install", "-at_install")
class TestPortal(OrderCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner_user = new_test_user(
            cls.env, login="test_owner", groups="base.group_portal", partner_id=cls.customer.id
        )
        cls.order = cls._receive()
        cls.brakes = cls._propose(cls.order)
        cls.battery = cls._propose(cls.order, name="Battery", hours=0.5, pads=0)
        cls.order.action_send_estimate()
        cls.estimate = cls.order.sudo().estimate_id
        cls.page = cls.estimate.get_portal_url()
        other = cls._receive()
        cls._propose(other)
        other.action_send_estimate()
        cls.other_estimate = other.sudo().estimate_id

    def test_a_link_that_nobody_sent_is_refused_in_words(self):
        self.authenticate(None, None)
        for token in ("%C3%B1", "x", ""):
            response = self.url_open(f"{self.estimate.access_url}?access_token={token}")
            self.assertEqual(response.status_code, 403, token)

    def decide(self, url=None, **values):
        """What the page's button sends."""
        if url is None:
            url = self.estimate.get_portal_url(suffix="/decide")
        params = {
            "decisions": {
                str(self.brakes.id): {"accepted": True, "reason": ""},
                str(self.battery.id): {"accepted": False, "reason": "Not now"},
            },
            "shown_hash": self.estimate._get_taller_hash(),
            "name": "Ana Lucía Cifuentes",
            "signature": SIGNATURE,
            **values,
        }
        response = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        return response.json()["result"]

    def test_the_link_of_the_mail_is_enough(self):
        response = self.url_open(self.page)
        self.assertEqual(response.status_code, 200)
        self.assertIn("Brake pads", response.text)
        result = self.decide()
        self.assertIn("redirect_url", result)
        self.assertEqual((self.brakes.state, self.battery.state), ("approved", "declined"))
        approval = self.order.approval_ids
        self.assertEqual(approval.ip_address, "127.0.0.1")
        self.assertTrue(approval.user_agent)
        self.assertFalse(approval.user_id)
        decided = self.url_open(result["redirect_url"])
        self.assertIn("o_taller_accepted", decided.text)
        self.assertNotIn("o_taller_choice", decided.text)
        evidence = self.url_open(self.estimate.get_portal_url(suffix="/evidence"))
        self.assertTrue(evidence.content.startswith(b"%PDF"))

    def test_opening_the_page_is_noticed(self):
        self.url_open(self.page, headers={"Odoo-Link-Preview": "True"})
        self.env.invalidate_all()
        self.assertFalse(self.order.estimate_seen_at)
        self.url_open(self.page)
        self.env.invalidate_all()
        self.assertTrue(self.order.estimate_seen_at)
        self.order.action_send_estimate()
        self.assertFalse(self.order.estimate_seen_at, "a new version hasn't been seen")

    def test_staff_who_look_are_not_taken_for_the_customer(self):
        self.users["reception"].password = "test_reception"
        self.authenticate("test_reception", "test_reception")
        self.assertEqual(self.url_open(self.page).status_code, 200)
        self.env.invalidate_all()
        self.assertFalse(self.order.estimate_seen_at)

    def test_who_may_not_see_the_estimate(self):
        bare = self.estimate.access_url
        foreign = self.other_estimate._portal_ensure_token()
        for user in (None, self.portal_user, self.users["mechanic"], self.users["parts"]):
            if user:
                user.sudo().password = user.login + "_secret"
                self.authenticate(user.login, user.login + "_secret")
            for token in ("", "?access_token=", f"?access_token={foreign}", "?access_token=guess"):
                response = self.url_open(bare + token)
                self.assertEqual(response.status_code, 403, (user and user.login, token))
                self.assertNotIn("Brake pads", response.text)
                self.assertIn("error", self.decide(f"{bare}/decide{token}"))
                evidence = self.url_open(f"{bare}/evidence{token}")
                self.assertEqual(evidence.status_code, 403)
        self.assertEqual(self.brakes.state, "proposed")

    def test_the_signed_in_customer_needs_no_token(self):
        self.owner_user.password = "test_owner_secret"
        self.authenticate("test_owner", "test_owner_secret")
        self.assertEqual(self.url_open(self.estimate.access_url).status_code, 200)
        self.assertIn("redirect_url", self.decide(f"{self.estimate.access_url}/decide"))
        self.assertEqual(self.order.approval_ids.user_id, self.owner_user)

    def test_customers_see_their_own_orders_only(self):
        list_url, order_url = "/my/taller/orders", self.order.access_url
        self.owner_user.password = "test_owner_secret"
        self.authenticate("test_owner", "test_owner_secret")
        self.assertIn(self.order.name, self.url_open(list_url).text)
        own = self.url_open(order_url)
        self.assertEqual(own.status_code, 200)
        self.assertIn("Front brakes", own.text)
        self.portal_user.password = "test_customer_secret"
        self.authenticate("test_customer", "test_customer_secret")
        self.assertNotIn(self.order.name, self.url_open(list_url).text)
        self.assertEqual(self.url_open(order_url).status_code, 403)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(order_url).status_code, 403)
        self.assertEqual(self.url_open(order_url + "?access_token=guess").status_code, 403)
        self.assertEqual(self.url_open(self.order.sudo().get_portal_url()).status_code, 200)

    def test_mechanics_do_not_come_to_prices_by_the_customers_page(self):
        self.users["mechanic"].password = "mechanic_secret"
        self.authenticate("test_mechanic", "mechanic_secret")
        self.assertEqual(self.url_open(self.order.access_url).status_code, 403)

    def test_drafts_and_declined_work_have_no_page(self):
        self.assertIn("redirect_url", self.decide())
        aside = self.battery.sale_order_id
        self.assertEqual(self.url_open(aside.get_portal_url()).status_code, 403)
        extra = self._propose(self.order, name="Wipers")
        self.assertEqual(self.url_open(extra.sale_order_id.sudo().get_portal_url()).status_code, 403)

    def test_the_button_pressed_twice(self):
        self.assertIn("redirect_url", self.decide())
        self.assertIn(self.order.approval_ids.signed_by, self.decide()["error"])
        self.assertEqual(len(self.order.approval_ids), 1)

    def test_a_price_changed_while_the_page_was_open(self):
        shown = self.estimate._get_taller_hash()
        self.brakes.line_ids[0].price_unit = 999
        self.assertTrue(self.decide(shown_hash=shown)["error"])
        self.assertIn("o_taller_hindrance", self.url_open(self.page).text)
        self.assertEqual(self.brakes.state, "proposed")

    def post(self, suffix, **params):
        response = self.url_open(
            self.estimate.get_portal_url(suffix=suffix),
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        return response.json()["result"]

    def test_opening_is_counted_by_visits(self):
        for _reload in range(3):
            self.url_open(self.page)
        self.env.invalidate_all()
        self.assertEqual(self.estimate.taller_seen_count, 1)
        self.assertIn("Opened on", self.order.estimate_seen_text)
        self.estimate.taller_last_seen_at = self.estimate.taller_seen_at = "2020-01-01 12:00:00"
        self.url_open(self.page)
        self.env.invalidate_all()
        self.assertEqual(self.estimate.taller_seen_count, 2)
        self.assertIn("2 times", self.order.estimate_seen_text)
        self.assertEqual(self.estimate.taller_seen_at.year, 2020)

    def test_a_question_is_asked_and_answered_on_the_page(self):
        asked = self.post("/ask", kind="question", job_id=self.brakes.id, text="Are they <b>original</b>?")
        self.assertEqual(asked, {"asked": "Are they <b>original</b>?"})
        self.assertEqual(self.order.question_ids.job_id, self.brakes)
        self.as_role("reception", self.order.question_ids).answer = "Yes, by the maker."
        page = self.url_open(self.page).text
        self.assertIn("Yes, by the maker.", page)
        self.assertNotIn("<b>original</b>", page)

    def test_questions_of_strangers(self):
        for params in (
            {"kind": "question", "job_id": self.other_estimate.taller_job_ids.id, "text": "Hello"},
            {"kind": "question", "job_id": "1; DROP TABLE", "text": ""},
            {"kind": ["call"], "job_id": [1], "text": {"a": 1}},
            {"kind": "question", "job_id": self.brakes.id, "text": "x" * 1001},
            {"kind": "call", "job_id": self.brakes.id, "phone": "5" * 41},
            {"kind": "question", "job_id": self.brakes.id, "text": "Hello", "access_token": "guess"},
            {"kind": "question", "job_id": self.brakes.id, "text": "Hello", "access_token": ["guess"]},
        ):
            self.assertTrue(self.post("/ask", **params)["error"], params)
        self.assertFalse(self.order.question_ids)
        self.assertTrue(self.post("/ask", kind="question", text="What\x00 about\ud800 the whole?")["asked"])

    def test_photos_are_seen_with_the_estimates_token(self):
        shown = self._take_photo(self.brakes, note="Worn pads", shown_to_customer=True)
        hidden = self._take_photo(self.brakes)
        elsewhere = self._take_photo(self.other_estimate.taller_order_id, shown_to_customer=True)
        self.order.action_send_estimate()
        page = self.url_open(self.page).text
        self.assertIn("Worn pads", page)
        token = f"?access_token={self.estimate.access_token}"
        photos = f"{self.order.access_url}/photos"
        response = self.url_open(f"{photos}/{shown.id}{token}")
        self.assertEqual((response.status_code, response.headers["Content-Type"]), (200, "image/jpeg"))
        self.assertIn(f"{photos}/{shown.id}{token}", page.replace("&amp;", "&"))
        self.assertEqual(self.url_open(f"{photos}/{shown.id}{token}&full=1").status_code, 200)
        foreign = f"?access_token={self.other_estimate._portal_ensure_token()}"
        for url in (
            f"{photos}/{hidden.id}{token}",
            f"{photos}/{elsewhere.id}{token}",
            f"{self.other_estimate.taller_order_id.access_url}/photos/{elsewhere.id}{token}",
            f"{photos}/{shown.id}",
            f"{photos}/{shown.id}{foreign}",
            f"{photos}/{shown.id}?access_token=guess",
            f"{photos}/0{token}",
        ):
            self.assertEqual(self.url_open(url).status_code, 404, url)
        self.assertNotEqual(
            self.url_open(f"/web/image/taller.photo/{shown.id}/image").content, response.content
        )

    def test_looking_decides_nothing(self):
        for suffix in ("", "/decide", "/ask", "/evidence"):
            self.url_open(self.estimate.get_portal_url(suffix=suffix))
        self.env.invalidate_all()
        self.assertEqual((self.order.state, self.brakes.state), ("waiting", "proposed"))
        self.assertFalse(self.order.approval_ids or self.order.question_ids)

    def test_texts_no_page_would_send(self):
        both = {str(self.brakes.id): {"accepted": True}, str(self.battery.id): {"accepted": True}}
        self.assertIn("1000", self.decide(name="x" * 1001)["error"])
        declined = {**both, str(self.battery.id): {"accepted": False, "reason": "x" * 100_000}}
        self.assertIn("1000", self.decide(decisions=declined)["error"])
        self.assertTrue(self.decide(decisions={**both, "9" * 30: {"accepted": True}}).get("redirect_url"))
        self.assertEqual(len(self.order.approval_ids.line_ids), 2)

    def test_jobs_of_another_estimate_are_not_decided(self):
        stranger = self.other_estimate.taller_job_ids
        both = {str(self.brakes.id): {"accepted": True}, str(self.battery.id): {"accepted": True}}
        result = self.decide(decisions={**both, str(stranger.id): {"accepted": True}})
        self.assertTrue(result["error"])
        self.assertEqual(stranger.state, "proposed")

    def test_on_the_shops_screen_it_is_the_counter(self):
        self.users["reception"].password = "test_reception"
        self.authenticate("test_reception", "test_reception")
        self.assertIn("redirect_url", self.decide())
        approval = self.order.approval_ids
        self.assertEqual((approval.channel, approval.user_id), ("counter", self.users["reception"]))

    def test_an_expired_estimate_says_so(self):
        self.estimate.validity_date = fields.Date.today() - timedelta(days=2)
        self.estimate.taller_sent_hash = self.estimate._get_taller_hash()
        page = self.url_open(self.page).text
        self.assertIn("o_taller_hindrance", page)
        self.assertNotIn("o_taller_choice", page)
        self.assertIn(fields.Date.to_string(self.estimate.validity_date), self.decide()["error"])

    def test_nonsense_gets_a_sentence(self):
        for decisions in ({}, [], "all", {"x": 1}, {str(self.brakes.id): "yes"}, None):
            self.assertIn("Battery", self.decide(decisions=decisions)["error"])
        self.assertTrue(self.decide(signature="nonsense")["error"])
        self.assertTrue(self.decide(name="")["error"])
        self.assertTrue(self.decide(name=["Ana"])["error"])
        self.assertTrue(self.decide(signature={"image": 1})["error"])
        self.assertEqual(self.order.state, "waiting")

    def test_cores_page_leads_to_ours_and_decides_nothing(self):
        core = f"/my/orders/{self.estimate.id}"
        token = f"?access_token={self.estimate.access_token}"
        response = self.url_open(core + token)
        self.assertIn("/my/taller/estimates/", response.url)
        result = self.url_open(
            f"{core}/accept{token}",
            data=json.dumps({"params": {"name": "Ana", "signature": SIGNATURE}}),
            headers={"Content-Type": "application/json"},
        ).json()["result"]
        self.assertIn("error", result)
        self.assertEqual(self.estimate.state, "sent")
