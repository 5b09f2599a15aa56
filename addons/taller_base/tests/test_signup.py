from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

FORM = {
    "name": "Petrona Ixcoy",
    "login": "Petrona.Ixcoy@example.com",
    "phone": "5512-3344",
    "privacy_accepted": "1",
    "password": "un-secreto-largo",
    "confirm_password": "un-secreto-largo",
}


@tagged("post_install", "-at_install")
class TestSignup(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.gt")
        cls.env["res.lang"]._activate_lang("es_GT")

    def _sign_up(self, **changes):
        self.authenticate(None, None)
        self.session["auth_login"] = None
        response = self.url_open(
            "/web/signup", {"csrf_token": http.Request.csrf_token(self), **FORM, **changes}
        )
        self.assertEqual(response.status_code, 200)
        return response

    def _find(self, login="petrona.ixcoy@example.com"):
        return self.env["res.users"].search([("login", "=", login)])

    def test_the_form_asks_for_telephone_and_consent(self):
        page = self.url_open("/web/signup").text
        for fragment in ('name="phone"', 'name="privacy_accepted"', 'href="/privacy-notice"'):
            self.assertIn(fragment, page)
        self.assertIn("/web/signup", self.url_open("/web/login").text)

    def test_a_customer_signs_up_and_is_at_home(self):
        response = self._sign_up()
        self.assertTrue(response.url.split("?")[0].endswith(("/my", "/web/login_successful")), response.url)
        user = self._find()
        self.assertTrue(user._is_portal())
        partner = user.partner_id
        self.assertEqual(partner.phone, "+502 5512 3344")
        self.assertEqual(partner.country_id.code, "GT")
        self.assertEqual(partner.email, "petrona.ixcoy@example.com")
        self.assertTrue(partner.privacy_accepted_on)
        self.assertEqual(partner.customer_rank, 1)
        self.assertIn(user.lang, dict(self.env["res.lang"].get_installed()))
        self.assertTrue(user.tz)

    def test_a_like_address_of_somebody_else_is_no_hindrance(self):
        new_test_user(self.env, login="juanxperez@example.com", groups="base.group_portal")
        self._sign_up(login="juan_perez@example.com")
        self.assertTrue(self._find("juan_perez@example.com"))

    def test_the_language_of_the_page_becomes_the_customers(self):
        self.authenticate(None, None)
        self.opener.cookies["frontend_lang"] = "es_GT"
        self._sign_up()
        self.assertEqual(self._find().lang, "es_GT")

    def _assert_refused(self, **changes):
        response = self._sign_up(**changes)
        self.assertIn("alert-danger", response.text)
        self.assertFalse(self._find())
        return response

    def test_without_consent_nobody_is_registered(self):
        self._assert_refused(privacy_accepted="")

    def test_a_wrong_telephone_is_refused_and_nothing_typed_is_lost(self):
        response = self._assert_refused(phone="12")
        self.assertIn('value="Petrona Ixcoy"', response.text)
        self._assert_refused(phone="")

    def test_what_is_no_address_is_refused(self):
        self.assertIn("alert-danger", self._sign_up(login="petrona").text)
        self.assertFalse(self._find("petrona"))

    def test_an_address_in_use_is_refused_in_any_spelling(self):
        new_test_user(self.env, "petrona.ixcoy@example.com", groups="base.group_portal")
        self.assertIn("alert-danger", self._sign_up(login="PETRONA.IXCOY@example.com").text)
        self.assertEqual(len(self.env["res.users"].search([("login", "=ilike", FORM["login"])])), 1)

    def test_posted_fields_beyond_the_form_are_ignored(self):
        group = self.env.ref("base.group_user")
        self._sign_up(
            group_ids=group.id, partner_id=self.env.user.partner_id.id, customer_rank="99", state="x"
        )
        user = self._find()
        self.assertFalse(user.has_group("base.group_user"))
        self.assertNotEqual(user.partner_id, self.env.user.partner_id)

    def test_the_invited_are_not_asked_again(self):
        partner = self.env["res.partner"].create({"name": "Invited", "email": "invited@example.com"})
        partner.signup_prepare()
        token = partner._generate_signup_token()
        self.assertNotIn('name="phone"', self.url_open(f"/web/signup?token={token}").text)
        self._sign_up(token=token, login="invited@example.com", phone="", privacy_accepted="")
        self.assertEqual(self._find("invited@example.com").partner_id, partner)

    def test_a_customer_sees_nobody_else(self):
        self._sign_up()
        user = self._find()
        stranger = self.env["res.partner"].create({"name": "Stranger", "phone": "+502 5511 2233"})
        with self.assertRaises(AccessError):
            stranger.with_user(user).read(["phone"])
        self.assertNotIn(stranger, self.env["res.partner"].with_user(user).search([]))
        vehicle = self.env["fleet.vehicle"].create(
            {
                "model_id": self.env["fleet.vehicle.model"].search([], limit=1).id,
                "license_plate": "P100XYZ",
                "ownership": "customer",
                "owner_id": stranger.id,
            }
        )
        with self.assertRaises(AccessError):
            vehicle.with_user(user).read(["license_plate"])

    def test_two_factor_and_passkeys_are_offered_to_customers(self):
        user = new_test_user(self.env, "safe_customer", groups="base.group_portal")
        self.authenticate(user.login, user.login)
        page = self.url_open("/my/security").text
        self.assertIn("auth_totp_portal_enable", page)
        self.assertIn("portal_passkey_add", page)

    def test_everybody_can_read_the_privacy_notice(self):
        self.authenticate(None, None)
        response = self.url_open("/privacy-notice")
        self.assertEqual(response.status_code, 200)
        self.assertIn(self.env.company.name, response.text)
