import io
import json
import zipfile

from odoo import fields, models

CONTACT_FIELDS = (
    "name",
    "email",
    "phone",
    "vat",
    "street",
    "street2",
    "city",
    "state_id",
    "zip",
    "country_id",
    "lang",
    "tz",
    "website",
    "function",
    "parent_id",
    "category_id",
    "preferred_channel",
    "notice_consent",
    "notice_consent_date",
    "privacy_accepted_on",
    "create_date",
)


class ResPartner(models.Model):
    """What is kept about a person, for that person to read and take away."""

    _inherit = "res.partner"

    privacy_accepted_on = fields.Datetime(
        string="Privacy Notice Accepted",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When the person signed up.",
    )

    def _get_personal_data(self):
        """Everything kept about this person, in sections for people and programs to read.

        Add-ons extend it by super() and `_get_personal_data_section()`. Whoever calls it has checked
        that the reader is that person, or may see all of it.

        :return: {key: {"title": str, "labels": {field: label}, "records": [{field: value}]}}
        """
        self.ensure_one()
        person = self.sudo()
        everyone = person._get_person_and_addresses()
        vehicles = self.env["fleet.vehicle"].sudo().search([("owner_id", "in", everyone.ids)])
        invoices = (
            self.env["account.move"]
            .sudo()
            .search(
                [("partner_id", "in", everyone.ids), ("move_type", "!=", "entry"), ("state", "=", "posted")]
            )
        )
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("message_type", "in", ("comment", "email", "email_outgoing", "sms")),
                    ("is_internal", "=", False),
                    "|",
                    ("author_id", "in", everyone.ids),
                    ("partner_ids", "in", everyone.ids),
                ]
            )
        )
        section = self._get_personal_data_section
        return {
            "contact": section(self.env._("Contact data"), person, CONTACT_FIELDS),
            "addresses": section(self.env._("Addresses"), everyone - person, CONTACT_FIELDS[:10]),
            "vehicles": section(
                self.env._("Vehicles"),
                vehicles,
                ("license_plate", "model_id", "model_year", "vin_sn", "color", "odometer"),
            ),
            "invoices": section(
                self.env._("Invoices and credit notes"),
                invoices,
                ("name", "move_type", "invoice_date", "amount_total", "currency_id", "payment_state"),
            ),
            "messages": section(
                self.env._("Messages"), messages, ("date", "author_id", "record_name", "subject", "preview")
            ),
        }

    def _get_personal_data_section(self, title, records, field_names):
        """One kind of records, with the labels of their fields in the reader's language."""
        labels = {
            name: description["string"]
            for name, description in records.fields_get(field_names, ["string"]).items()
        }
        return {
            "title": title,
            "labels": {name: labels[name] for name in field_names},
            "records": [
                {name: records._fields[name].convert_to_export(record[name], record) for name in field_names}
                for record in records
            ],
        }

    def _get_personal_data_archive(self):
        """A zip with the same data twice: a page to read, and JSON to take to another system."""
        self.ensure_one()
        sections = self._get_personal_data()
        page = self.env["ir.qweb"]._render(
            "taller_base.personal_data_document",
            {"person": self, "sections": sections.values(), "company": self.env.company},
        )
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(
                "personal-data.json", json.dumps(sections, ensure_ascii=False, indent=2, default=str)
            )
            file.writestr("personal-data.html", f"<!DOCTYPE html>\n{page}")
        return archive.getvalue()
