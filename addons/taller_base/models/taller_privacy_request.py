from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

ASKED_BY_PERSON = {"kind", "note", "partner_id"}
KEPT_BY_SERVER = {"state", "kind", "note", "partner_id", "company_id", "handled_by_id", "handled_on"}


class TallerPrivacyRequest(models.Model):
    """A person asks to see, correct or erase what we keep about them; an administrator answers.

    The record outlives the person's data as proof that the request was carried out, and so keeps none
    of it once an erasure is done.
    """

    _name = "taller.privacy.request"
    _description = "Privacy request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "create_date desc, id desc"
    _rec_name = "kind"

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        index=True,
        ondelete="set null",
        default=lambda self: self.env.user.partner_id,
    )
    kind = fields.Selection(
        [("access", "Access"), ("correction", "Correction"), ("erasure", "Erasure")],
        required=True,
    )
    note = fields.Text(help="What the person wrote.")
    state = fields.Selection(
        [("new", "New"), ("done", "Done"), ("refused", "Refused")],
        required=True,
        default="new",
        readonly=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    handled_by_id = fields.Many2one("res.users", readonly=True, groups="base.group_user")
    handled_on = fields.Datetime(readonly=True)
    result = fields.Text(help="What was done, or why the request was refused. The person can read it.")
    documents = fields.Text(
        string="Documents That Must Stay",
        compute="_compute_documents",
        groups="taller_base.taller_base_group_administrator",
    )

    _one_open_per_kind = models.UniqueIndex(
        "(partner_id, kind) WHERE state = 'new'",
        "There is an open request of this kind already. We will answer it soon.",
    )
    _state_idx = models.Index("(company_id, create_date DESC) WHERE state = 'new'")

    @api.depends("kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            request.display_name = f"{kinds.get(request.kind, '')} #{request.id or ''}"

    @api.depends("partner_id")
    def _compute_documents(self):
        for request in self:
            people = (
                request.partner_id._get_person_and_addresses() if request.partner_id else request.partner_id
            )
            kept = people._count_documents_that_must_stay() if people else {}
            request.documents = "\n".join(kind for kinds in kept.values() for kind in kinds) or False

    @api.model_create_multi
    def create(self, vals_list):
        """Enter requests. A customer says kind and note; the rest is for the server to say."""
        administrator = self._is_handler()
        own_id = self.env.user.partner_id.id
        for vals in vals_list:
            if not administrator and (
                vals.keys() - ASKED_BY_PERSON or vals.get("partner_id", own_id) != own_id
            ):
                raise AccessError(self.env._("You may only say what you ask for, and why."))
            if not administrator or not vals.get("partner_id"):
                vals.setdefault("partner_id", own_id)
            vals.update(
                state="new",
                company_id=self.env.company.id,
                handled_on=False,
                result=False,
            )
            self._check_none_open(vals["partner_id"], vals.get("kind"))
        # Without the caller's context, whose defaults would say what only the server may.
        context = {**clean_context(self.env.context), "mail_create_nosubscribe": True}
        without_defaults = self.with_context(context)  # pylint: disable=context-overridden
        requests = super(TallerPrivacyRequest, without_defaults).create(vals_list)
        requests.sudo()._tell_administrators()
        return requests

    def write(self, vals):
        """Only the buttons change a request; an administrator writes the result."""
        if not self.env.su and vals.keys() & KEPT_BY_SERVER:
            raise UserError(self.env._("A request is only changed by its buttons: carry out or refuse it."))
        return super().write(vals)

    def action_done(self):
        """An administrator has given the person the data, or corrected them."""
        for request in self._get_requests_to_handle():
            if request.kind == "erasure":
                raise UserError(self.env._("An erasure is done by the button that erases."))
            request._close("done")

    def action_refuse(self):
        """An administrator refuses the request, and has written the reason as its result."""
        for request in self._get_requests_to_handle():
            if not request.result:
                raise UserError(
                    self.env._("Write as the result why the request is refused; the person reads it.")
                )
            request._close("refused")

    def action_erase(self):
        """Erase the person: deleted where nothing must stay, anonymous where documents must.

        :raises UserError: if the person works here or something must be finished before
        """
        for request in self._get_requests_to_handle():
            if request.kind != "erasure":
                raise UserError(self.env._("The person did not ask to be erased."))
            if not request.partner_id:
                raise UserError(
                    self.env._("The person of this request is already deleted: there is nothing to erase.")
                )
            person = request.partner_id
            done = person._erase()
            of_person = person.exists() and self.sudo().search([("partner_id", "=", person.id)])
            (of_person or request.sudo())._forget_person()
            request._close("done", "\n".join(done))

    def action_privacy_lookup(self):
        """Odoo's own search for every record in which the person appears."""
        self._check_handler()
        self.ensure_one()
        if not self.partner_id.email:
            raise UserError(self.env._("The search goes by name and e-mail, and this person has no e-mail."))
        return self.partner_id.action_privacy_lookup()

    @api.model
    def _is_handler(self):
        return self.env.user.has_group("taller_base.taller_base_group_administrator")

    @api.model
    def _check_handler(self):
        if not self._is_handler():
            raise AccessError(self.env._("Only an administrator handles requests about personal data."))

    def _get_requests_to_handle(self):
        """Self, if the user may handle it and nobody has done so yet."""
        self._check_handler()
        self.check_access("write")
        if handled := self.filtered(lambda request: request.state != "new"):
            raise UserError(self.env._("%(request)s was handled already.", request=handled[:1].display_name))
        return self

    @api.model
    def _check_none_open(self, partner_id, kind):
        """A clear sentence before the unique index says the same."""
        domain = [("partner_id", "=", partner_id), ("kind", "=", kind), ("state", "=", "new")]
        if self.sudo().search_count(domain, limit=1):
            raise UserError(
                self.env._("There is an open request of this kind already. We will answer it soon.")
            )

    def _tell_administrators(self):
        """One activity per administrator; the first who handles the request closes them all."""
        activity_type = self.env.ref("taller_base.mail_activity_type_privacy")
        model_id = self.env["ir.model"]._get_id(self._name)
        administrators = self.env["res.users"]._get_taller_administrators()
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "res_model_id": model_id,
                    "res_id": request.id,
                    "user_id": administrator.id,
                    "summary": request.display_name,
                    "date_deadline": fields.Date.add(
                        fields.Date.context_today(request), days=activity_type.delay_count
                    ),
                }
                for request in self
                for administrator in administrators
                if request.company_id in administrator.sudo().company_ids
            ]
        )

    def _close(self, state, result=None):
        self.ensure_one()
        request = self.sudo()
        request.activity_unlink(["taller_base.mail_activity_type_privacy"])
        values = {"state": state, "handled_by_id": self.env.uid, "handled_on": fields.Datetime.now()}
        if result is not None:
            values["result"] = result
        request.write(values)

    def _forget_person(self):
        """What the person wrote, here and in earlier requests, and who wrote it."""
        self.write({"note": False, "result": False})
        self.message_ids.unlink()
