import json

from odoo.exceptions import AccessDenied, UserError
from odoo.tests import tagged

from .test_privacy_request import PrivacyCommon

SECRETS = ("Petrona", "Ixcoy", "petrona@example.com", "5512 3344", "55123344", "4a. Calle 5-10", "Vendí")


@tagged("post_install", "-at_install")
class TestErasure(PrivacyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vehicle = cls.env["fleet.vehicle"].create(
            {
                "model_id": cls.env["fleet.vehicle.model"].search([], limit=1).id,
                "license_plate": "P111AAA",
                "ownership": "customer",
                "owner_id": cls.customer.id,
            }
        )

    def _invoice(self, paid=True):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "shop_id": self.shop.id,
                "invoice_line_ids": [(0, 0, {"name": "Oil change", "price_unit": 250, "tax_ids": False})],
            }
        )
        invoice.action_post()
        if paid:
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({})._create_payments()
        return invoice

    def _erase(self, request=None):
        request = self.as_role("administrator", request or self._ask(note="Vendí el carro"))
        request.action_erase()
        self.env.flush_all()
        self.env.invalidate_all()
        return request

    def _texts_of(self, *records):
        """Everything that the database keeps in these records, as one text."""
        texts = []
        for record in records:
            self.env.cr.execute(
                f"SELECT row_to_json(t) FROM {record._table} t WHERE id = ANY(%s)", [record.ids]
            )
            texts += [json.dumps(row, ensure_ascii=False) for row in self.env.cr.fetchall()]
        return "\n".join(texts)

    def assertForgotten(self, *records):
        text = self._texts_of(*records)
        for secret in SECRETS:
            self.assertNotIn(secret, text)

    def test_invoices_stay_without_a_name(self):
        invoice = self._invoice()
        address = self.env["res.partner"].create(
            {
                "parent_id": self.customer.id,
                "type": "delivery",
                "name": "Petrona's sister",
                "phone": "5512 3344",
            }
        )
        request = self._erase()
        self.assertTrue(self.customer.exists())
        self.assertFalse(self.customer.active)
        self.assertIn(f"#{self.customer.id}", self.customer.name)
        self.assertEqual(invoice.partner_id, self.customer)
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.invoice_partner_display_name, self.customer.display_name)
        self.assertForgotten(self.customer, address, invoice, self.portal_user, request)
        self.assertEqual(request.state, "done")
        self.assertTrue(request.result)

    def test_nobody_signs_in_any_more(self):
        self._invoice()
        self._erase()
        self.assertFalse(self.portal_user.active)
        self.assertEqual(self.portal_user.login, f"anonymised-{self.portal_user.id}")
        for login in ("test_customer", self.portal_user.login):
            with self.assertRaises(AccessDenied):
                self.env["res.users"].authenticate(
                    {"type": "password", "login": login, "password": "test_customer"}, {"interactive": False}
                )

    def test_messages_forget_who_wrote_them(self):
        invoice = self._invoice()
        on_invoice = invoice.message_post(
            body="Gracias", author_id=self.customer.id, email_from='"Petrona Ixcoy" <petrona@example.com>'
        )
        own = self.customer.message_post(body="Llamar a Petrona")
        invoice.message_subscribe(self.customer.ids)
        self._erase()
        self.assertTrue(on_invoice.exists())
        self.assertFalse(own.exists())
        self.assertForgotten(on_invoice)
        self.assertNotIn(self.customer, invoice.message_partner_ids)

    def test_the_trail_of_changes_forgets_the_name(self):
        invoice = self._invoice()
        field = self.env["ir.model.fields"]._get("account.move", "partner_id")
        tracking = self.env["mail.tracking.value"].create(
            {
                "field_id": field.id,
                "old_value_integer": self.customer.id,
                "old_value_char": "Petrona Ixcoy",
                "new_value_char": "Somebody else",
                "mail_message_id": invoice.message_post(body="changed").id,
            }
        )
        self._erase()
        self.assertForgotten(tracking)
        self.assertEqual(tracking.new_value_char, "Somebody else")

    def test_vehicles_belong_to_nobody(self):
        self._invoice()
        self._erase()
        self.assertTrue(self.vehicle.active)
        self.assertFalse(self.vehicle.owner_id)
        self.assertTrue(self.vehicle.ownership_ids.date_end)

    def test_bank_accounts_forget_their_holder(self):
        account = self.env["res.partner.bank"].create(
            {"partner_id": self.customer.id, "acc_number": "GT55123344", "acc_holder_name": "Petrona Ixcoy"}
        )
        self._invoice()
        self._erase()
        self.assertForgotten(account)
        self.assertFalse(account.active)

    def test_where_nothing_must_stay_the_person_is_deleted(self):
        request = self._erase()
        self.assertFalse(self.vehicle.owner_id)
        self.assertForgotten(self.customer, self.portal_user, request)
        deletion = self.env["res.users.deletion"].search([("user_id", "=", self.portal_user.id)])
        self.assertEqual(deletion.state, "todo", request.result)
        self.assertFalse(self.vehicle.ownership_ids)
        self.portal_user.unlink()
        self.customer.unlink()
        self.assertEqual(request.state, "done")
        self.assertFalse(request.partner_id)

    def test_a_person_without_user_is_deleted_at_once(self):
        partner = self.env["res.partner"].create({"name": "Pedro Ixcoy", "email": "pedro@example.com"})
        child = self.env["res.partner"].create({"name": "Casa", "parent_id": partner.id, "type": "delivery"})
        Request = self.as_role("administrator", "taller.privacy.request")
        request = self._erase(Request.create({"kind": "erasure", "partner_id": partner.id}))
        self.assertFalse((partner | child).exists())
        self.assertEqual(request.state, "done")

    def test_documents_nobody_told_us_of_keep_the_contact_without_a_name(self):
        partner = self.env["res.partner"].create({"name": "Pedro Ixcoy", "email": "pedro@example.com"})
        group = self.env["account.journal"].create(
            {"name": "Of Pedro", "code": "PEDRO", "type": "bank", "bank_acc_number": "GT0001"}
        )
        payment = self.env["account.payment"].create(
            {"payment_type": "inbound", "partner_id": partner.id, "amount": 10, "journal_id": group.id}
        )
        Request = self.as_role("administrator", "taller.privacy.request")
        request = self._erase(Request.create({"kind": "erasure", "partner_id": partner.id}))
        self.assertEqual(payment.partner_id, partner)
        self.assertForgotten(partner)
        self.assertEqual(request.state, "done")

    def test_who_owes_is_not_erased(self):
        self._invoice(paid=False)
        with self.assertRaises(UserError):
            self._erase()
        self.assertEqual(self.customer.name, "Petrona Ixcoy")

    def test_staff_and_companies_are_not_erased(self):
        for partner in (
            self.users["mechanic"].partner_id,
            self.company.partner_id,
            self.env.ref("base.public_partner"),
            self.env["hr.employee"].create({"name": "Nobody's User"}).work_contact_id,
        ):
            with self.assertRaises(UserError, msg=partner.name):
                partner._erase()

    def test_colleagues_of_a_company_are_not_erased_with_it(self):
        firm = self.env["res.partner"].create({"name": "Transportes Ixcoy", "is_company": True})
        driver = self.env["res.partner"].create({"name": "Driver", "parent_id": firm.id, "type": "contact"})
        firm._erase()
        self.assertEqual(driver.exists().name, "Driver")

    def test_what_waits_to_be_sent_or_done_forgets_too(self):
        self._invoice()
        note = "Petrona prefers to be called at 5512-3344"
        activity = self.customer.activity_schedule("mail.mail_activity_data_call", note=note)
        mail = self.env["mail.mail"].create(
            {"email_to": self.customer.email_formatted, "body_html": "Dear Petrona"}
        )
        to_other = self.env["mail.mail"].create(
            {"email_to": f"x{self.customer.email_normalized}", "body_html": "Dear Ana"}
        )
        self._erase()
        self.assertFalse(activity.exists())
        self.assertFalse(mail.exists())
        self.assertTrue(to_other.exists())

    def test_erasing_twice_does_no_harm(self):
        self._invoice()
        self._erase()
        name = self.customer.name
        self.customer._anonymise()
        self.assertEqual(self.customer.name, name)

    def test_earlier_requests_forget_too(self):
        earlier = self._ask("correction", note="Me llamo Petrona Ixcoy")
        self._invoice()
        self._erase()
        self.assertForgotten(earlier)
