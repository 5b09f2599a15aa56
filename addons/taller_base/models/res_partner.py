import phonenumbers

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import lookup, nit


class ResPartner(models.Model):
    """Customers of the workshop: a tax id and a telephone that are right, and found however they are typed."""

    _inherit = "res.partner"

    preferred_channel = fields.Selection(
        [
            ("email", "E-mail"),
            ("sms", "SMS"),
            ("whatsapp", "WhatsApp"),
            ("phone", "Phone call"),
            ("none", "No notices"),
        ],
        tracking=True,
        help="How the customer wants to hear about the vehicle.",
    )
    notice_consent = fields.Boolean(
        string="Consents to Notices",
        copy=False,
        tracking=True,
        help="The customer has agreed to receive notices from the workshop.",
    )
    notice_consent_method = fields.Selection(
        [
            ("in_person", "In person"),
            ("signed", "Signed paper"),
            ("phone", "By phone"),
            ("message", "By message or e-mail"),
            ("portal", "In the portal"),
        ],
        string="Consent Given",
        copy=False,
        tracking=True,
    )
    notice_consent_date = fields.Date(string="Consent Date", readonly=True, copy=False, tracking=True)
    notice_consent_user_id = fields.Many2one(
        "res.users", string="Consent Recorded by", readonly=True, copy=False, tracking=True
    )
    lookup_key = fields.Char(
        compute="_compute_lookup_key",
        store=True,
        index="trigram",
        copy=False,
        help="Names, e-mail, tax id and telephone without accents, dashes and spaces, to be found by.",
    )

    # What the list of customers shows first: customers in the order of their names.
    _customer_list_idx = models.Index("(complete_name, id DESC) WHERE customer_rank > 0")

    @api.depends(lambda self: [*self._rec_names_search, "phone", "country_id"])
    def _compute_lookup_key(self):
        for partner in self:
            texts = [partner[name] for name in self._rec_names_search]
            partner.lookup_key = (
                lookup.make_key(texts, [partner.vat, *partner._get_phone_spellings()]) or False
            )

    def _get_phone_spellings(self):
        """The telephone number as typed from abroad and from the country itself."""
        self.ensure_one()
        country = self._get_phone_country()
        return [self.phone] + [
            self._phone_format_number(self.phone, country, force_format=form) for form in ("E164", "NATIONAL")
        ]

    @api.model
    def _search_display_name(self, operator, value):
        """Words in any order, without accents; telephone and tax id in any spelling."""
        if operator != "ilike" or not isinstance(value, str) or not value.strip() or "%" in value:
            return super()._search_display_name(operator, value)
        domain = Domain.AND([("lookup_key", "ilike", word)] for word in lookup.search_words(value))
        if code := lookup.search_code(value):
            domain |= Domain("lookup_key", "ilike", code)
        return domain

    @api.depends("vat", "company_id", "company_registry", "country_id")
    def _compute_same_vat_partner_id(self):
        result = super()._compute_same_vat_partner_id()
        for partner in self:
            if nit.is_final_consumer(partner.vat):
                partner.same_vat_partner_id = False
        return result

    def _check_vat(self, validation="error"):
        """A customer whose country was not said is taken to be of the company's."""
        homeless = self.filtered(
            lambda partner: partner.vat
            and partner.customer_rank
            and not partner.commercial_partner_id.country_id
        ).commercial_partner_id
        if homeless:
            homeless.country_id = self.env.company.account_fiscal_country_id
        return super()._check_vat(validation=validation)

    @api.model
    def _run_vat_checks(self, country, vat, partner_name="", validation="error"):
        number = nit.normalise(vat)
        foreign = number[:2].isalpha() and number != nit.FINAL_CONSUMER
        if country.code != "GT" or len(vat or "") < 2 or foreign:
            return super()._run_vat_checks(country, vat, partner_name=partner_name, validation=validation)
        if not validation or number == nit.FINAL_CONSUMER or self._check_vat_number("GT", number):
            return number, "GT"
        if validation == "setnull":
            return "", "GT"
        raise ValidationError(self._get_nit_error(vat, number, partner_name))

    @api.model
    def _get_nit_error(self, vat, number, partner_name):
        expected = nit.expected_check_character(number)
        if expected is None:
            return self.env._(
                "%(vat)s (%(name)s) is not a NIT: a NIT is up to eleven digits and a check character, like "
                "576937-K. Write CF if the customer gives none.",
                vat=vat,
                name=partner_name or "",
            )
        return self.env._(
            "The NIT %(vat)s (%(name)s) is mistyped: after %(digits)s comes %(expected)s. Compare it with the "
            "customer's document, or write CF if the customer gives none.",
            vat=vat,
            name=partner_name or "",
            digits=number[:-1],
            expected=expected,
        )

    def _get_phone_country(self):
        """The country whose prefix a number without one gets: the partner's, or the company's."""
        return self.country_id or self.env.company.country_id

    @api.model
    def _normalise_phone(self, phone, country):
        """`5512-3344` → `+502 5512 3344`; what cannot be a telephone number stays as it was typed."""
        return self._phone_format_number(phone, country, force_format="INTERNATIONAL") or phone

    @api.constrains("phone")
    def _check_phone(self):
        for partner in self:
            country = partner._get_phone_country()
            if (
                partner.customer_rank
                and partner.phone
                and not partner._phone_format_number(partner.phone, country)
            ):
                raise ValidationError(self._get_phone_error(partner.phone, country, partner.name))

    @api.model
    def _get_phone_error(self, phone, country, partner_name):
        example = phonenumbers.example_number(country.code or "GT")
        return self.env._(
            "%(phone)s (%(name)s) cannot be a telephone number of %(country)s. Write all its digits, like "
            "%(example)s, or begin with + and the prefix of its country.",
            phone=phone,
            name=partner_name or "",
            country=country.name or "",
            example=phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL),
        )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if (
            "country_id" in fields
            and not values.get("country_id")
            and self.env.context.get("res_partner_search_mode") == "customer"
        ):
            values["country_id"] = self.env.company.country_id.id
        return values

    @api.model
    def name_create(self, name):
        """Besides core's `Name <e-mail>`, reception types a name and a telephone: `Juan Pérez 5512-3344`."""
        bare_name, phone = lookup.split_name_and_phone(name)
        if phone and self._phone_format_number(phone, self.env.company.country_id):
            partner = self.create({"name": bare_name, "phone": phone})
            return partner.id, partner.display_name
        return super().name_create(name)

    @api.model_create_multi
    def create(self, vals_list):
        Country = self.env["res.country"]
        for vals in vals_list:
            # Said here, so that the caller's context cannot say it.
            vals.setdefault("notice_consent", bool(self.env.context.get("default_notice_consent")))
            self._stamp_consent(vals)
            vals.setdefault("privacy_accepted_on", False)
            if vals.get("phone") and self._makes_customer(vals):
                country = Country.browse(vals.get("country_id")) or self.env.company.country_id
                vals["phone"] = self._normalise_phone(vals["phone"], country)
        return super().create(vals_list)

    def write(self, vals):
        vals = dict(vals)
        self._stamp_consent(vals)
        if not vals.get("phone"):
            return super().write(vals)
        customers = self.filtered(
            lambda partner: vals.get("customer_rank", partner.customer_rank)
            or partner.parent_id.customer_rank
        )
        if others := self - customers:
            super(ResPartner, others).write(dict(vals))
        new_country = self.env["res.country"].browse(vals.get("country_id"))
        for country, partners in customers.grouped(lambda p: new_country or p._get_phone_country()).items():
            super(ResPartner, partners).write(
                {**vals, "phone": self._normalise_phone(vals["phone"], country)}
            )
        return True

    @api.model
    def _makes_customer(self, vals):
        """Whether these values make a customer, or a contact of one: others keep their phone as core does."""
        if "customer_rank" in vals:
            rank = vals["customer_rank"]
        else:
            context = self.env.context
            rank = (
                context.get("default_customer_rank") or context.get("res_partner_search_mode") == "customer"
            )
        return bool(rank or self.browse(vals.get("parent_id")).customer_rank)

    @api.model
    def _stamp_consent(self, vals):
        """When and by whom a consent was recorded is for the server to say, not for the caller."""
        vals.pop("notice_consent_date", None)
        vals.pop("notice_consent_user_id", None)
        if not self.env.su:
            vals.pop("privacy_accepted_on", None)
        if vals.get("notice_consent"):
            vals["notice_consent_date"] = fields.Date.context_today(self)
            vals["notice_consent_user_id"] = self.env.uid
        elif "notice_consent" in vals:
            vals.update(notice_consent_date=False, notice_consent_user_id=False, notice_consent_method=False)
