from odoo import api, models, tools
from odoo.exceptions import ValidationError

from ..tools import lookup, nit


class ResPartner(models.Model):
    """Customers from a spreadsheet."""

    _name = "res.partner"
    _inherit = ["res.partner", "taller.import.mixin"]

    _import_words = {
        "preferred_channel": {
            "correo": "email",
            "correo electrónico": "email",
            "mensaje de texto": "sms",
            "llamada": "phone",
            "teléfono": "phone",
            "ninguno": "none",
            "no": "none",
        }
    }

    @api.model
    def get_import_templates(self):
        # One of them: core's import screen, given two, fails in developer mode (they share a key).
        if not self._imports_customers():
            return super().get_import_templates()
        return [
            {
                "label": self.env._("Import Template for the Workshop's Customers"),
                "template": "/taller_base/static/xls/clientes.xlsx",
            }
        ]

    @api.model
    def _imports_customers(self):
        return self.env.context.get("res_partner_search_mode") == "customer"

    @api.model
    def _prepare_import(self, table):
        super()._prepare_import(table)
        # The workshop's own template says what is meant, wherever it is imported.
        if not self._imports_customers() and not table.has("preferred_channel"):
            return
        for values in table.values:
            values["customer_rank"] = 1
        countries = self._take_import_countries(table)
        self._take_import_states(table, countries)
        self._take_import_selection(table, "preferred_channel")
        self._check_import_names(table)
        self._take_import_phones(table, countries)
        self._take_import_emails(table)
        self._take_import_tax_ids(table, countries)
        self._check_import_repeats(table)

    @api.model
    def _take_import_countries(self, table):
        """The country of each row: as written, or the company's."""
        own = self.env.company.country_id
        countries = [own] * len(table)
        by_word = {}
        if any(table.cells("country_id")):
            for country in self.env["res.country"].search([("code", "!=", False)]):
                by_word[lookup.plain(country.name)] = by_word[lookup.plain(country.code)] = country
        for index, cell in enumerate(table.take("country_id")):
            country = by_word.get(lookup.plain(cell)) if cell else own
            if country is None:
                table.reject(index, self.env._("“%(cell)s” is no country.", cell=cell))
                continue
            countries[index] = country
            table.values[index]["country_id"] = country.id
        return countries

    @api.model
    def _take_import_states(self, table, countries):
        by_word = {}
        if any(table.cells("state_id")):
            ids = {country.id for country in countries}
            for state in self.env["res.country.state"].search([("country_id", "in", list(ids))]):
                for word in (state.name, state.code):
                    by_word[state.country_id, lookup.plain(word)] = state
        for index, cell in enumerate(table.take("state_id")):
            if not cell:
                continue
            state = by_word.get((countries[index], lookup.plain(cell)))
            if state:
                table.values[index]["state_id"] = state.id
            else:
                table.reject(
                    index,
                    self.env._(
                        "“%(cell)s” is no department or state of %(country)s.",
                        cell=cell,
                        country=countries[index].name,
                    ),
                )

    @api.model
    def _check_import_names(self, table):
        if not table.has("name"):
            return
        for index, name in enumerate(table.cells("name")):
            if not name:
                table.reject(index, self.env._("The customer's name is missing."))

    @api.model
    def _take_import_phones(self, table, countries):
        names = table.cells("name")
        for index, phone in enumerate(table.take("phone")):
            if not phone:
                continue
            country = countries[index]
            number = self._phone_format_number(phone, country, force_format="INTERNATIONAL")
            if number:
                table.values[index]["phone"] = number
            else:
                table.reject(index, self._get_phone_error(phone, country, names[index]))

    @api.model
    def _take_import_emails(self, table):
        for index, email in enumerate(table.take("email")):
            if email and not tools.email_normalize_all(email):
                table.reject(index, self.env._("“%(email)s” is no e-mail address.", email=email))
            elif email:
                table.values[index]["email"] = email

    @api.model
    def _take_import_tax_ids(self, table, countries):
        names = table.cells("name")
        for index, vat in enumerate(table.take("vat")):
            if not vat:
                continue
            try:
                number, _code = self._run_vat_checks(countries[index], vat, partner_name=names[index])
            except ValidationError as error:
                table.reject(index, str(error).strip())
            else:
                table.values[index]["vat"] = number

    @api.model
    def _check_import_repeats(self, table):
        """Name those who are registered already, or are twice in the file: by tax id, or else name and phone."""
        names = table.cells("name")
        tax_ids = [
            None if nit.is_final_consumer(values.get("vat")) else values.get("vat") for values in table.values
        ]
        persons = [
            not tax_id and values.get("phone") and (lookup.plain(name), values["phone"])
            for name, tax_id, values in zip(names, tax_ids, table.values, strict=True)
        ]
        if not table.has("id") and not table.has(".id"):
            self._check_import_known(table, names, tax_ids, persons)
        for index, first in table.repeated(tax_ids).items():
            table.reject(
                index,
                self.env._("The tax id %(vat)s is twice in the file.", vat=tax_ids[index]),
                same_as=first,
            )
        for index, first in table.repeated(persons).items():
            table.reject(
                index,
                self.env._("%(name)s is twice in the file with the same telephone.", name=names[index]),
                same_as=first,
            )

    @api.model
    def _check_import_known(self, table, names, tax_ids, persons):
        known_to = [
            *self._check_company_domain(self.env.company),
            ("parent_id", "=", False),
        ]
        partners = self.with_context(active_test=False)
        with_tax_id = partners.search_fetch(
            [("vat", "in", list(set(filter(None, tax_ids)))), *known_to], ["name", "vat"]
        )
        with_phone = partners.search_fetch(
            [("phone", "in", list({person[1] for person in persons if person})), *known_to], ["name", "phone"]
        )
        by_tax_id = {partner.vat: partner for partner in with_tax_id}
        by_person = {(lookup.plain(partner.name), partner.phone): partner for partner in with_phone}
        for index in table.right():
            if partner := by_tax_id.get(tax_ids[index]):
                table.reject(
                    index,
                    self.env._(
                        "%(name)s is registered already with the tax id %(vat)s.",
                        name=partner.name,
                        vat=tax_ids[index],
                    ),
                )
            elif by_person.get(persons[index]):
                table.reject(
                    index,
                    self.env._("%(name)s is registered already with the same telephone.", name=names[index]),
                )
