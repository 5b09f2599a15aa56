from psycopg2 import IntegrityError

from odoo import fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize_all

# What says who a person is or how to reach them. Fields of add-ons that are not installed are skipped.
IDENTIFYING_FIELDS = (
    "email",
    "phone",
    "street",
    "street2",
    "city",
    "zip",
    "vat",
    "company_registry",
    "peppol_endpoint",
    "website",
    "function",
    "comment",
    "ref",
    "barcode",
    "company_name",
    "image_1920",
    "category_id",
    "preferred_channel",
    "notice_consent",
    "privacy_accepted_on",
    "partner_latitude",
    "partner_longitude",
    "signup_type",
)

# Ends with the owner's erasure: no law asks us to keep it.
ABOUT_OWNING = ("fleet.vehicle", "taller.vehicle.ownership")


class ResPartner(models.Model):
    """The erasure of a person: deleted where nothing must stay, without a name where it must."""

    _inherit = "res.partner"

    def _check_erasable(self):
        """Refuse to erase staff, the companies themselves, and whoever still owes an invoice.

        Add-ons extend it by super() with what must be finished first.

        :raises UserError: says what to do before
        """
        partners = self.sudo().with_context(active_test=False)
        staff = partners.filtered(lambda p: p.employee_ids or any(not user.share for user in p.user_ids))
        if staff:
            raise UserError(
                self.env._(
                    "%(names)s work here. End their employment and archive their users first.",
                    names=", ".join(staff.mapped("name")),
                )
            )
        companies = self.env["res.company"].sudo().search_count([("partner_id", "in", self.ids)], limit=1)
        public = any(user._is_public() for user in partners.user_ids)
        if companies or public:
            raise UserError(self.env._("This contact belongs to the system itself and cannot be erased."))
        unpaid = (
            self.env["account.move"]
            .sudo()
            .search_count(
                [
                    ("partner_id", "child_of", self.ids),
                    ("move_type", "!=", "entry"),
                    ("state", "=", "posted"),
                    ("payment_state", "in", ("not_paid", "partial")),
                ]
            )
        )
        if unpaid:
            raise UserError(
                self.env._(
                    "%(count)s invoices are not paid yet. Settle them first, or refuse the request and say why.",
                    count=unpaid,
                )
            )

    def _erase(self):
        """Erase the person as far as the law lets us; what is kept has no name any more.

        :return: sentences that say what was done, without personal data
        """
        self.ensure_one()
        self._check_erasable()
        people = self._get_person_and_addresses()
        done = people._anonymise()
        kept = people._count_documents_that_must_stay()
        if kept:
            documents = ", ".join(kind for kinds in kept.values() for kind in kinds)
            done.append(self.env._("Kept without a name: %(documents)s.", documents=documents))
        elif people._delete_anonymised():
            done.append(self.env._("The contact was deleted: nothing had to be kept."))
        return done

    def _get_person_and_addresses(self):
        """As superuser, the person and their addresses; the other people of a company are not the company's."""
        children = self.sudo().with_context(active_test=False).child_ids
        if self.is_company:
            children = children.filtered(lambda child: child.type != "contact")
        return self.sudo() | children

    def _count_documents_that_must_stay(self):
        """{person: ["invoices: 3", …]}: all that blocks a deletion but whose vehicle it is and was."""
        kinds = self._get_documents_blocking_deletion()
        return self._count_documents([kind for kind in kinds if kind[0] not in ABOUT_OWNING])

    def _anonymise(self):
        """Take the people out of all that stays. Add-ons extend it by super(); running it twice does no harm.

        :return: sentences that say what was done, without personal data
        """
        people = self.sudo().with_context(active_test=False, tracking_disable=True)
        people._anonymise_bank_accounts()
        vehicles = people._anonymise_vehicles()
        # Messages are found by the addresses that are about to go.
        messages = people._anonymise_messages()
        people.user_ids._close_for_erasure()
        self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "res.partner"), ("res_id", "in", people.ids), ("res_field", "=", False)]
        ).unlink()
        # Core refuses to archive the contact of any user it finds, and would find the archived ones too.
        for person in people.with_context(active_test=True):
            person.write(person._get_anonymised_values())
        return [
            self.env._("%(count)s contacts and addresses made anonymous.", count=len(people)),
            self.env._("%(count)s messages made anonymous or deleted.", count=messages),
            self.env._("%(count)s vehicles separated from their owner.", count=vehicles),
        ]

    def _get_anonymised_values(self):
        """What is written over the person's data."""
        self.ensure_one()
        values = {name: False for name in IDENTIFYING_FIELDS if name in self._fields}
        values["name"] = self.env._("Anonymised customer #%(id)s", id=self.id)
        values["active"] = False
        return values

    def _anonymise_messages(self):
        """Delete the person's own thread and pending mail; take address and name from all other messages.

        :return: how many messages were touched
        """
        Message = self.env["mail.message"].sudo()
        own_thread = Message.search([("model", "=", "res.partner"), ("res_id", "in", self.ids)])
        authored = Message.search([("author_id", "in", self.ids)]) - own_thread
        emails = [email for email in self.mapped("email_normalized") if email]
        # Nothing of "Name <address>" may stay; who wrote it is still told by author_id.
        authored.write(
            dict.fromkeys(("email_from", "reply_to", "incoming_email_to", "incoming_email_cc"), False)
        )
        addressed = Message
        if emails:
            addressed = Message.search(Domain.OR([("outgoing_email_to", "ilike", email)] for email in emails))
            addressed.outgoing_email_to = False
        touched = own_thread | authored | addressed
        count = len(touched)
        own_thread.unlink()
        self._forget_addresses(emails)
        self._rename_in_tracking()
        return count

    def _forget_addresses(self, emails):
        """Queued messages to the person, numbers on notifications, subscriptions, activities, blacklists."""
        in_partners = ("partner_id", "in", self.ids)
        Mail = self.env["mail.mail"].sudo()
        Mail.search([("recipient_ids", "in", self.ids)]).unlink()
        for email in emails:
            Mail.search([("email_to", "ilike", email)]).filtered(
                lambda mail, email=email: email in email_normalize_all(mail.email_to)
            ).unlink()
        self.env["sms.sms"].sudo().search([in_partners]).unlink()
        self.env["mail.notification"].sudo().search(
            [("res_partner_id", "in", self.ids), ("sms_number", "!=", False)]
        ).sms_number = False
        self.env["mail.followers"].sudo().search([in_partners]).unlink()
        self.env["mail.activity"].sudo().with_context(active_test=False).search(
            [("res_model", "=", "res.partner"), ("res_id", "in", self.ids)]
        ).unlink()
        numbers = [number for number in self.mapped("phone_sanitized") if number]
        for model, field, addresses in (
            ("mail.blacklist", "email", emails),
            ("phone.blacklist", "number", numbers),
        ):
            self.env[model].sudo().with_context(active_test=False).search([(field, "in", addresses)]).unlink()

    def _rename_in_tracking(self):
        """The trail of changes on documents wrote the name down."""
        partner_fields = (
            self.env["ir.model.fields"]
            .sudo()
            .search([("relation", "=", "res.partner"), ("ttype", "=", "many2one")])
        )
        Tracking = self.env["mail.tracking.value"].sudo()
        for person in self:
            name = person._get_anonymised_values()["name"]
            for side in ("old_value", "new_value"):
                Tracking.search(
                    [("field_id", "in", partner_fields.ids), (f"{side}_integer", "=", person.id)]
                ).write({f"{side}_char": name})

    def _anonymise_bank_accounts(self):
        """Payments point at the accounts, which stay without number and holder."""
        for account in self.with_context(active_test=False).bank_ids:
            account.allow_out_payment = False
            account.write(
                {"acc_number": f"anonymised-{account.id}", "acc_holder_name": False, "active": False}
            )

    def _anonymise_vehicles(self):
        """The vehicles stay with their history, but belong to nobody from today.

        :return: how many vehicles
        """
        Vehicle = self.env["fleet.vehicle"].sudo().with_context(active_test=False, tracking_disable=True)
        self.env["taller.vehicle.ownership"].sudo().search(
            [("owner_id", "in", self.ids), ("date_end", "=", False)]
        ).date_end = fields.Date.context_today(self)
        vehicles = Vehicle.search([("owner_id", "in", self.ids)])
        vehicles.write({"owner_id": False})
        for role in ("driver_id", "future_driver_id"):
            Vehicle.search([(role, "in", self.ids)]).write({role: False})
        return len(vehicles)

    def _delete_anonymised(self):
        """Delete people whom nothing needs any more; those with a user follow in core's deletion queue.

        :return: whether they are, or will be, deleted
        """
        self.env["taller.vehicle.ownership"].sudo().search([("owner_id", "in", self.ids)]).unlink()
        users = self.with_context(active_test=False).user_ids
        if users:
            self.env["res.users.deletion"].sudo().create([{"user_id": user.id} for user in users])
            return True
        try:
            with self.env.cr.savepoint():
                self.unlink()
        except (IntegrityError, RedirectWarning, UserError):
            # Some document that nobody told us of points here: without a name it may stay.
            return False
        return True
