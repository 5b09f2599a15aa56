from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ROLES, TallerCommon


class PrivacyCommon(TallerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.portal_user.partner_id
        cls.customer.write(
            {
                "name": "Petrona Ixcoy",
                "email": "petrona@example.com",
                "phone": "+502 5512 3344",
                "street": "4a. Calle 5-10",
                "vat": False,
                "customer_rank": 1,
            }
        )
        cls.stranger_user = new_test_user(cls.env, login="test_stranger", groups="base.group_portal")

    def _ask(self, kind="erasure", user=None, **values):
        Request = self.env["taller.privacy.request"].with_user(user or self.portal_user)
        return Request.create({"kind": kind, **values})


@tagged("post_install", "-at_install")
class TestPrivacyRequest(PrivacyCommon):
    def _activities(self, request):
        return request.sudo().activity_ids

    def test_a_customer_asks_and_every_administrator_is_told(self):
        request = self._ask(note="Vendí el carro")
        self.assertEqual(request.partner_id, self.customer)
        self.assertEqual(request.state, "new")
        told = self._activities(request).user_id
        self.assertIn(self.users["administrator"], told)
        self.assertEqual(len(told), len(self._activities(request)))
        self.assertFalse(told & (self.users["manager"] | self.users["accounting"]))

    def test_one_open_request_per_kind(self):
        request = self._ask()
        self._ask("access")
        with self.assertRaises(UserError):
            self._ask()
        self.as_role("administrator", request).result = "Hay facturas sin pagar."
        self.as_role("administrator", request).action_refuse()
        self.assertEqual(request.state, "refused")
        self.assertFalse(self._activities(request))
        self._ask()

    def test_a_customer_asks_for_nobody_else(self):
        with self.assertRaises(AccessError):
            self._ask(partner_id=self.stranger_user.partner_id.id)

    def test_a_customer_does_not_learn_what_others_have_asked(self):
        self._ask("erasure")
        requests = self.env["taller.privacy.request"].with_user(self.stranger_user)
        with self.assertRaises(AccessError):
            requests.create({"kind": "erasure", "partner_id": self.customer.id})

    def test_a_customer_sees_nobody_elses_request(self):
        request = self._ask(note="private")
        as_stranger = request.with_user(self.stranger_user)
        with self.assertRaises(AccessError):
            as_stranger.read(["note"])
        self.assertFalse(as_stranger.search([]))

    def test_a_customer_decides_nothing(self):
        for values in ({"state": "done"}, {"result": "yes"}, {"handled_by_id": self.portal_user.id}):
            with self.assertRaises(AccessError, msg=values):
                self._ask(**values)
        Request = self.env["taller.privacy.request"].with_user(self.portal_user)
        cheat = {
            "default_state": "done",
            "default_result": "yes",
            "default_handled_by_id": self.portal_user.id,
        }
        request = Request.with_context(**cheat).create({"kind": "access"})
        self.assertFalse(request.sudo().handled_by_id)
        self.assertEqual(request.state, "new")
        self.assertFalse(request.result)
        for values in (
            {"state": "done"},
            {"note": "changed"},
            {"partner_id": self.stranger_user.partner_id.id},
        ):
            with self.assertRaises(UserError, msg=values):
                request.write(values)
        for method in ("action_done", "action_refuse", "action_erase", "action_privacy_lookup"):
            with self.assertRaises(AccessError, msg=method):
                getattr(request, method)()
        with self.assertRaises(AccessError):
            request.unlink()

    def test_staff_have_no_part_in_it(self):
        request = self._ask()
        for role in set(ROLES) - {"administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, request).read(["kind"])
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, request).action_erase()

    def test_even_an_administrator_uses_the_buttons(self):
        request = self.as_role("administrator", self._ask("access"))
        with self.assertRaises(UserError):
            request.state = "done"
        with self.assertRaises(UserError):
            request.with_context(force=True).partner_id = self.stranger_user.partner_id
        with self.assertRaises(UserError):
            request.action_refuse()
        with self.assertRaises(UserError):
            request.action_erase()
        request.action_done()
        self.assertEqual(request.state, "done")
        self.assertEqual(request.handled_by_id, self.users["administrator"])
        with self.assertRaises(UserError):
            request.action_done()

    def test_an_erasure_is_not_just_marked_done(self):
        with self.assertRaises(UserError):
            self.as_role("administrator", self._ask()).action_done()

    def test_an_administrator_enters_what_is_asked_at_the_counter(self):
        partner = self.env["res.partner"].create({"name": "At the counter"})
        request = self.as_role("administrator", "taller.privacy.request").create(
            {"kind": "erasure", "partner_id": partner.id, "note": "Asked in person"}
        )
        self.assertEqual(request.partner_id, partner)

    def test_administrators_of_another_company_do_not_see_it(self):
        foreign = new_test_user(
            self.env,
            login="foreign_administrator",
            groups="taller_base.taller_base_group_administrator",
            company_id=self.foreign_company.id,
            company_ids=[(6, 0, self.foreign_company.ids)],
        )
        request = self._ask()
        self.assertNotIn(request, request.with_user(foreign).search([]))
        self.assertNotIn(foreign, self._activities(request).user_id)
        with self.assertRaises(AccessError):
            request.with_user(foreign).action_erase()

    def test_where_the_person_appears(self):
        action = self.as_role("administrator", self._ask()).action_privacy_lookup()
        self.assertEqual(action["res_model"], "privacy.lookup.wizard")
        self.assertEqual(action["context"]["default_email"], "petrona@example.com")


@tagged("post_install", "-at_install")
class TestPrivacyPage(PrivacyCommon, HttpCase):
    def test_a_customer_asks_on_the_page(self):
        self.authenticate("test_customer", "test_customer")
        page = self.url_open("/my/personal-data")
        self.assertIn("/my/personal-data/download", page.text)
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"csrf_token": csrf, "kind": "erasure", "note": "Vendí el carro", "partner_id": "1"}
        page = self.url_open("/my/personal-data/request", form)
        self.assertIn("Vendí el carro", page.text)
        request = self.env["taller.privacy.request"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(request.kind, "erasure")
        page = self.url_open("/my/personal-data/request", form)
        self.assertIn("alert-danger", page.text)
        self.assertEqual(page.status_code, 200)

    def test_without_token_nothing_is_asked(self):
        self.authenticate("test_customer", "test_customer")
        self.assertEqual(self.url_open("/my/personal-data/request", {"kind": "erasure"}).status_code, 400)
        self.assertFalse(self.env["taller.privacy.request"].search([("partner_id", "=", self.customer.id)]))

    def test_strangers_requests_are_not_on_the_page(self):
        self._ask(note="only for Petrona")
        self.authenticate("test_stranger", "test_stranger")
        self.assertNotIn("only for Petrona", self.url_open("/my/personal-data").text)

    def test_staff_download_theirs_but_ask_their_employer(self):
        self.authenticate("test_mechanic", "test_mechanic")
        page = self.url_open("/my/personal-data")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("/my/personal-data/request", page.text)

    def test_visitors_must_sign_in(self):
        self.authenticate(None, None)
        for path in ("/my/personal-data", "/my/personal-data/download"):
            self.assertIn("/web/login", self.url_open(path).url)
