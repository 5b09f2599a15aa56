from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

NOTICE_DAYS = 30


class TallerCertificate(models.Model):
    """A diploma, licence or safety certificate of one of the staff, which may expire.

    The supervisor of the employee's shop is told once, some days before it expires
    (system parameter `taller_base.certificate_notice_days`).
    """

    _name = "taller.certificate"
    _description = "Employee's certificate"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "expires, id"

    name = fields.Char(required=True, tracking=True)
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="cascade")
    shop_id = fields.Many2one("taller.shop", related="employee_id.shop_id", store=True, index=True)
    company_id = fields.Many2one("res.company", related="employee_id.company_id", store=True, index=True)
    issuer = fields.Char()
    number = fields.Char()
    issued = fields.Date()
    expires = fields.Date(
        index="btree_not_null", tracking=True, help="Leave it empty if the certificate never expires."
    )
    state = fields.Selection(
        [("valid", "Valid"), ("expiring", "Expires soon"), ("expired", "Expired")],
        compute="_compute_state",
        search="_search_state",
    )
    document = fields.Binary(attachment=True)
    document_name = fields.Char()
    notice_given = fields.Boolean(
        copy=False,
        readonly=True,
        groups="base.group_system",
        help="The supervisor was told of this expiry date.",
    )

    _expires_after_issue = models.Constraint(
        "CHECK(expires >= issued)", "A certificate cannot expire before the day it was issued."
    )

    @api.depends("expires")
    @api.depends_context("tz")
    def _compute_state(self):
        today, horizon = self._get_notice_period()
        for certificate in self:
            expires = certificate.expires
            if expires and expires < today:
                certificate.state = "expired"
            elif expires and expires <= horizon:
                certificate.state = "expiring"
            else:
                certificate.state = "valid"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today, horizon = self._get_notice_period()
        domain_of_state = {
            "expired": Domain("expires", "<", today),
            "expiring": Domain("expires", ">=", today) & Domain("expires", "<=", horizon),
            "valid": Domain("expires", "=", False) | Domain("expires", ">", horizon),
        }
        return Domain.OR(domain_of_state[state] for state in value if state in domain_of_state)

    @api.model_create_multi
    def create(self, vals_list):
        certificates = super().create(vals_list)
        certificates._follow_employee("create")
        return certificates

    def write(self, vals):
        expires_before = {certificate: certificate.expires for certificate in self}
        result = super().write(vals)
        if vals.keys() & {"employee_id", "shop_id", "company_id"}:
            # The rules looked at the shop of the employee before; the new one counts as well.
            self._follow_employee("write")
        renewed = self.filtered(lambda certificate: certificate.expires != expires_before[certificate])
        if renewed:
            renewed.activity_unlink(["taller_base.mail_activity_type_certificate"])
            renewed.sudo().notice_given = False
        return result

    def _follow_employee(self, operation):
        """Shop and company are the employee's, whatever the caller says: access is checked by them."""
        self.modified(["employee_id"])
        self.check_access(operation)

    @api.model
    def _get_notice_period(self):
        """Today, and the last day whose expiries are told today."""
        days = self.env["ir.config_parameter"].sudo().get_param("taller_base.certificate_notice_days")
        today = fields.Date.context_today(self)
        return today, today + timedelta(days=int(days) if (days or "").isdigit() else NOTICE_DAYS)

    @api.model
    def _cron_notice_expiry(self):
        """Tell each supervisor once of the certificates of the shop that expire soon or have expired."""
        _today, horizon = self._get_notice_period()
        certificates = self.search(
            [
                ("expires", "<=", horizon),
                ("notice_given", "=", False),
                ("employee_id.active", "=", True),
            ]
        )
        activity_type = self.env.ref("taller_base.mail_activity_type_certificate")
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_model_id": model_id,
                    "res_id": certificate.id,
                    "user_id": certificate._get_responsible().id,
                    "automated": True,
                    "date_deadline": certificate.expires,
                    "summary": self.env._(
                        "%(certificate)s of %(employee)s expires",
                        certificate=certificate.name,
                        employee=certificate.employee_id.name,
                    ),
                }
                for certificate in certificates
            ]
        )
        certificates.notice_given = True

    def _get_responsible(self):
        """The user who is told: the shop's supervisor, else its manager, else an administrator."""
        self.ensure_one()
        in_charge = self.shop_id.supervisor_ids or self.shop_id.manager_ids
        return in_charge.filtered("active")[:1] or self.env["res.users"]._get_taller_administrators()[:1]
