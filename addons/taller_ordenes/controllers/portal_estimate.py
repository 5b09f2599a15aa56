from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.sale.controllers.portal import CustomerPortal

from .portal_order import may_see

LONGEST_TEXT = 1000  # of a name, a reason or a question
LONGEST_PHONE = 40


class TallerEstimatePortal(CustomerPortal):
    def _get_taller_estimate(self, estimate_id, access_token):
        """The estimate, as superuser, if the visitor may see it and it has been sent; else nothing."""
        estimate = request.env["sale.order"].browse(estimate_id).exists()
        estimate_sudo = estimate.sudo()
        if (
            not estimate_sudo.taller_order_id
            or estimate_sudo.taller_declined_of_id
            or not (estimate_sudo.taller_sent_at or estimate_sudo._get_taller_approvals())
            or not may_see(estimate, access_token)
        ):
            return request.env["sale.order"]
        return estimate_sudo.with_company(estimate_sudo.company_id)

    @http.route("/my/taller/estimates/<int:estimate_id>", type="http", auth="public", website=True)
    def taller_estimate(self, estimate_id, access_token=None, message=None, **kwargs):
        """The estimate, for a decision on each of its jobs, or with the decision that was taken."""
        estimate = self._get_taller_estimate(estimate_id, access_token)
        if not estimate:
            return request.render("taller_ordenes.portal_no_access", status=403)
        approvals = request.env["taller.approval"].sudo()
        approval = approvals.search([("sale_order_id", "=", estimate.id)], limit=1)
        hindrance = "" if approval else self._get_hindrance(estimate)
        if request.env.user.share and request.httprequest.headers.get("Odoo-Link-Preview") != "True":
            estimate._mark_taller_seen()
        content = approval.content if approval else estimate._get_taller_content()
        values = {
            "estimate": estimate,
            "order": estimate.taller_order_id,
            "content": content,
            "shown_hash": approval.content_hash or estimate._get_taller_hash(),
            "approval": approval,
            "decisions": {line.job_id.id: line for line in approval.line_ids},
            "hindrance": hindrance,
            "message": message,
            "questions": self._get_questions(estimate),
            "photo_url": f"{estimate.taller_order_id.access_url}/photos/%s?access_token="
            + estimate._portal_ensure_token(),
            "sign_label": request.env._("Sign and send"),
            "extras_kind": estimate.company_id.taller_extras_kind,
            "extras_value": f"{estimate.company_id.taller_extras_value:g}",
            "page_name": "taller_estimate",
        }
        if estimate._has_to_be_paid():
            values |= self._get_prepayment_values(estimate)
        values = self._get_page_view_values(
            estimate.taller_order_id, None, values, "my_taller_orders_history", bool(access_token), **kwargs
        )
        return request.render("taller_ordenes.portal_estimate", values)

    def _get_prepayment_values(self, estimate):
        """What core's payment form needs, to pay through core's route and come back to this page."""
        due = estimate._get_prepayment_required_amount() - estimate.amount_paid
        values = self._get_payment_values(estimate, is_down_payment=True, payment_amount=due)
        return {
            **values,
            "amount": due,
            "transaction_route": f"/my/orders/{estimate.id}/transaction",
            "landing_route": estimate.get_portal_url(),
            "prepayment_due": due,
        }

    def _get_questions(self, estimate):
        """{job id: questions}, of the whole estimate under False."""
        questions = request.env["taller.question"].sudo().search([("sale_order_id", "=", estimate.id)])
        return {job.id: asked for job, asked in questions.grouped("job_id").items()}

    def _get_hindrance(self, estimate):
        """Why no decision can be taken at this moment, in a sentence; empty if one can."""
        try:
            request.env["taller.approval"]._check_can_be_decided(estimate)
        except UserError as error:
            return str(error)
        if estimate.taller_sent_hash != estimate._get_taller_hash():
            return request.env._(
                "The workshop is changing this estimate at this moment. "
                "You will get a message as soon as the new version is ready."
            )
        return ""

    @http.route("/my/taller/estimates/<int:estimate_id>/decide", type="jsonrpc", auth="public", website=True)
    def taller_estimate_decide(
        self, estimate_id, decisions, shown_hash, name=None, signature=None, extras=None, access_token=None
    ):
        """Take the customer's decision.

        :param dict decisions: {job id: {"accepted": bool, "reason": str}}
        :param str shown_hash: fingerprint of the content that the page showed
        :param extras: the limit of extras that the customer agrees to, a number as text; nothing: none
        :return: `error`, a sentence, or where to go
        """
        estimate = self._get_estimate_of_call(estimate_id, access_token)
        user = request.env.user
        device = {
            "ip_address": request.httprequest.remote_addr,
            "user_agent": request.httprequest.user_agent.string,
            "user_id": False if user._is_public() else user.id,
        }
        try:
            with request.env.cr.savepoint():
                request.env["taller.approval"]._decide(
                    self._check_estimate(estimate),
                    self._parse_decisions(decisions),
                    shown_hash,
                    self._parse_text(name),
                    signature if isinstance(signature, str) else "",
                    device,
                    channel="page" if user.share else "counter",
                    extras=extras,
                )
        except UserError as error:
            return {"error": str(error)}
        return {
            "force_refresh": True,
            "redirect_url": estimate.get_portal_url(query_string="&message=decided"),
        }

    @http.route("/my/taller/estimates/<int:estimate_id>/ask", type="jsonrpc", auth="public", website=True)
    def taller_estimate_ask(self, estimate_id, kind, job_id=None, text=None, phone=None, access_token=None):
        """Take the customer's question about a job, or the wish to be called.

        :return: `error`, a sentence, or `asked`, what has arrived
        """
        estimate = self._get_estimate_of_call(estimate_id, access_token)
        try:
            with request.env.cr.savepoint():
                question = request.env["taller.question"]._ask(
                    self._check_estimate(estimate),
                    job_id if isinstance(job_id, int) else False,
                    "call" if kind == "call" else "question",
                    self._parse_text(text),
                    self._parse_text(phone, LONGEST_PHONE),
                )
        except UserError as error:
            return {"error": str(error)}
        return {"asked": question.text or question.phone}

    def _get_estimate_of_call(self, estimate_id, access_token):
        access_token = access_token or request.httprequest.args.get("access_token")
        return self._get_taller_estimate(estimate_id, access_token if isinstance(access_token, str) else None)

    def _check_estimate(self, estimate):
        if not estimate:
            raise UserError(request.env._("This link isn't valid. Please ask the workshop for a new one."))
        return estimate

    def _parse_decisions(self, decisions):
        """{job id: (accepted, reason)} of what a browser sent, whatever it is."""
        parsed = {}
        for key, decision in (decisions if isinstance(decisions, dict) else {}).items():
            if str(key).isdecimal() and len(key) < 10 and isinstance(decision, dict):
                reason = self._parse_text(decision.get("reason"))
                parsed[int(key)] = (decision.get("accepted") is True, reason)
        return parsed

    def _parse_text(self, text, longest=LONGEST_TEXT):
        """The text a browser sent, whatever it is: as the database can keep it.

        :raise UserError: it is longer than the page lets anybody write
        """
        text = text if isinstance(text, str) else ""
        text = text.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
        if len(text) > longest:
            raise UserError(request.env._("Please shorten your text to %(count)s letters.", count=longest))
        return text

    @http.route(
        "/my/taller/estimates/<int:estimate_id>/evidence",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def taller_estimate_evidence(self, estimate_id, access_token=None, **kwargs):
        """The customer's copy of what was signed."""
        estimate = self._get_taller_estimate(estimate_id, access_token)
        approval = (
            request.env["taller.approval"].sudo().search([("sale_order_id", "=", estimate.id)], limit=1)
        )
        if not estimate or not approval:
            return request.render("taller_ordenes.portal_no_access", status=403)
        stream = request.env["ir.binary"]._get_stream_from(approval, "pdf", filename=approval.pdf_name)
        return stream.get_response(as_attachment=True)
