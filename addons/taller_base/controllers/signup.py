from pytz import all_timezones_set

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.web.controllers.home import SIGN_UP_REQUEST_PARAMS

SIGN_UP_REQUEST_PARAMS.update({"phone", "privacy_accepted"})


class TallerSignup(AuthSignupHome):
    """Customers who sign themselves up give a telephone number and accept the privacy notice.

    Whoever comes by an invitation, or resets a password, is known already and is not asked again.
    """

    def _prepare_signup_values(self, qcontext):
        values = super()._prepare_signup_values(qcontext)
        if not qcontext.get("token"):
            values.update(self._get_customer_values(qcontext))
            # The page signs in with what was posted.
            request.params["login"] = values["login"]
        return values

    def _get_customer_values(self, qcontext):
        """What a new customer's account needs besides name and password.

        :raises UserError: one sentence about what is missing or wrong
        """
        Partner = request.env["res.partner"].sudo()
        company = request.env.company
        login = email_normalize(qcontext.get("login") or "")
        if not login:
            raise UserError(request.env._("Write a valid e-mail address, like name@example.com."))
        if not (qcontext.get("name") or "").strip():
            raise UserError(request.env._("Write your name."))
        if not qcontext.get("privacy_accepted"):
            raise UserError(
                request.env._("To open an account, read the privacy notice and tick that you accept it.")
            )
        phone = (qcontext.get("phone") or "").strip()
        if not phone:
            raise UserError(request.env._("Write the telephone number where the workshop can reach you."))
        country = company.country_id
        if not Partner._phone_format_number(phone, country):
            raise UserError(Partner._get_phone_error(phone, country, qcontext["name"]))
        users = request.env["res.users"].sudo().with_context(active_test=False)
        if users.search_count([("login", "=ilike", escape_psql(login))], limit=1):
            raise UserError(request.env._("Another user is already registered using this email address."))
        return {
            "login": login,
            "name": qcontext["name"].strip(),
            "phone": phone,
            "country_id": country.id,
            "tz": self._get_signup_timezone(company),
            "customer_rank": 1,
            "privacy_accepted_on": fields.Datetime.now(),
        }

    def _get_signup_timezone(self, company):
        """The browser's, else that of the company's first shop."""
        timezone = request.cookies.get("tz")
        if timezone in all_timezones_set:
            return timezone
        return request.env["taller.shop"].sudo().search([("company_id", "=", company.id)], limit=1).tz
