from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal


class TallerPrivacy(CustomerPortal):
    """What we keep about the signed-in person, to read, take away, and have corrected or erased."""

    @route("/privacy-notice", type="http", auth="public", website=True)
    def privacy_notice(self, **_kwargs):
        """What the workshop does with personal data, in words that people understand."""
        return request.render("taller_base.privacy_notice", {"company": request.env.company.sudo()})

    @route("/my/personal-data", type="http", auth="user", website=True)
    def personal_data(self, error=None, **_kwargs):
        """The person's requests, and how to make one."""
        return request.render("taller_base.portal_personal_data", self._get_personal_data_values(error))

    @route("/my/personal-data/download", type="http", auth="user", website=True)
    def personal_data_download(self, **_kwargs):
        """A zip with everything kept about the signed-in person; nobody else's can be named."""
        person = request.env.user.partner_id
        name = f"personal-data-{fields.Date.context_today(person)}.zip"
        return request.make_response(
            person._get_personal_data_archive(),
            [
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )

    @route("/my/personal-data/request", type="http", auth="user", website=True, methods=["POST"])
    def personal_data_request(self, kind=None, note=None, **_kwargs):
        """Enter a request for the signed-in customer."""
        Request = request.env["taller.privacy.request"]
        if kind not in dict(Request._fields["kind"].selection):
            return request.redirect("/my/personal-data")
        try:
            Request.create({"kind": kind, "note": (note or "").strip()[:2000]})
        except (AccessError, UserError) as error:
            return request.render(
                "taller_base.portal_personal_data", self._get_personal_data_values(str(error))
            )
        return request.redirect("/my/personal-data")

    def _get_personal_data_values(self, error=None):
        Request = request.env["taller.privacy.request"]
        may_ask = Request.has_access("create")
        return {
            **self._prepare_portal_layout_values(),
            "page_name": "personal_data",
            "may_ask": may_ask,
            "requests": Request.search([("partner_id", "=", request.env.user.partner_id.id)])
            if may_ask
            else Request,
            "error": error,
        }
