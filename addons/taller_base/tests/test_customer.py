from odoo.exceptions import AccessError, RedirectWarning, ValidationError
from odoo.fields import Date
from odoo.tests import Form, freeze_time
from odoo.tools import SQL

from .common import TallerCommon


class CustomerCommon(TallerCommon):
    """Guatemala's company, and customers as reception registers them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guatemala = cls.env.ref("base.gt")
        cls.company.country_id = cls.guatemala
        cls.company.account_fiscal_country_id = cls.guatemala
        cls.Customer = cls.env["res.partner"].with_user(cls.users["reception"])
        brand = cls.env["fleet.vehicle.model.brand"]._find_or_create(["Toyota"])["Toyota"]
        cls.vehicle_model = cls.env["fleet.vehicle.model"].create({"name": "Hilux", "brand_id": brand.id})

    @classmethod
    def register(cls, name, **values):
        return cls.Customer.create(
            {"name": name, "customer_rank": 1, "country_id": cls.guatemala.id, **values}
        )

    @classmethod
    def bring(cls, customer, *plates):
        """The customer's vehicles with these plates."""
        return cls.env["fleet.vehicle"].create(
            [
                {
                    "license_plate": plate,
                    "ownership": "customer",
                    "owner_id": customer.id,
                    "model_id": cls.vehicle_model.id,
                }
                for plate in plates
            ]
        )

    def found(self, term):
        return self.Customer.browse(row[0] for row in self.Customer.name_search(term, limit=None))


class TestTaxId(CustomerCommon):
    def test_spellings_of_one_nit_are_stored_alike(self):
        for typed in ("576937-K", "576937k", "5769 37-K", "0576937-K"):
            with self.subTest(typed=typed):
                self.assertEqual(self.register("Ana", vat=typed).vat, "576937K")

    def test_final_consumer_is_stored_as_cf(self):
        for typed in ("CF", "cf", "C/F", "c.f."):
            with self.subTest(typed=typed):
                self.assertEqual(self.register("Ana", vat=typed).vat, "CF")

    def test_wrong_nit_is_refused_and_the_check_character_named(self):
        with self.assertRaisesRegex(ValidationError, r"576937-1.*Ana.*576937.* K\b"):
            self.register("Ana", vat="576937-1")
        customer = self.register("Ana")
        with self.assertRaises(ValidationError):
            customer.vat = "7108-1"
        with self.assertRaisesRegex(ValidationError, "ABCD"):
            customer.vat = "12ABCD"

    def test_customer_without_country_is_of_the_companys(self):
        customer = self.register("Ana", vat="576937-k", country_id=False)
        self.assertEqual(customer.country_id, self.guatemala)
        self.assertEqual(customer.vat, "576937K")
        with self.assertRaises(ValidationError):
            self.register("Ana", vat="576937-1", country_id=False)

    def test_foreign_tax_ids_are_checked_by_their_country(self):
        mexico = self.env.ref("base.mx")
        self.assertEqual(
            self.register("Luis", vat="GODE561231GR8", country_id=mexico.id).vat, "GODE561231GR8"
        )
        with self.assertRaises(ValidationError):
            self.register("Luis", vat="576937-K", country_id=mexico.id)

    def test_form_warns_of_the_same_nit_and_still_saves(self):
        first = self.register("Transportes Ixchel", vat="3952550-3")
        with Form(self.Customer, "taller_base.res_partner_customer_view_form") as form:
            form.name = "Transportes Ixchel, S.A."
            form.country_id = self.guatemala
            form.vat = "39525503"
            self.assertEqual(form.same_vat_partner_id, first)
        self.assertTrue(form.record)

    def test_final_consumers_are_no_duplicates(self):
        self.register("Ana", vat="CF")
        self.assertFalse(self.register("Luis", vat="c/f").same_vat_partner_id)


class TestTelephone(CustomerCommon):
    def test_number_gets_the_prefix_of_its_country(self):
        for typed in ("5512-3344", "55123344", "(502) 5512 3344", "+502 55123344", "00502-5512-3344"):
            with self.subTest(typed=typed):
                self.assertEqual(self.register("Ana", phone=typed).phone, "+502 5512 3344")

    def test_number_is_normalised_on_write(self):
        customers = self.register("Ana") | self.register("Luis", country_id=self.env.ref("base.mx").id)
        customers.write({"phone": "+502 55123344"})
        self.assertEqual(customers.mapped("phone"), ["+502 5512 3344"] * 2)
        customers[0].phone = "2233 4455"
        self.assertEqual(customers[0].phone, "+502 2233 4455")

    def test_impossible_number_is_refused(self):
        for typed in ("5512-33", "123", "55123344556677", "llamar a Juan"):
            with self.subTest(typed=typed), self.assertRaisesRegex(ValidationError, "Ana"):
                self.register("Ana", phone=typed)
        customer = self.register("Ana", phone="5512-3344")
        with self.assertRaises(ValidationError):
            customer.phone = "99"

    def test_contacts_of_a_customer_are_called_alike(self):
        company = self.register("Transportes Ixchel", is_company=True)
        contact = self.Customer.create({"name": "Byron", "parent_id": company.id, "phone": "5512-3344"})
        self.assertEqual(contact.phone, "+502 5512 3344")
        contact.phone = "55129999"
        self.assertEqual(contact.phone, "+502 5512 9999")

    def test_contacts_who_are_no_customers_keep_what_was_typed(self):
        self.assertEqual(self.register("Proveedor", customer_rank=0, phone="ext. 12").phone, "ext. 12")


class TestLookupOfCustomers(CustomerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jose = cls.register(
            "José Ramón Núñez Xuyá", phone="5987-6543", vat="576937-K", email="jrn@example.com"
        )
        cls.vehicle = cls.bring(cls.jose, "P-987XYZ")
        cls.other = cls.register("Zoila Quiñónez", phone="4111-2222", vat="7108-0")

    def test_found_by_name_without_accents_in_any_order(self):
        for term in ("jose ramon nunez", "NÚÑEZ josé", "xuya"):
            with self.subTest(term=term):
                self.assertIn(self.jose, self.found(term))
                self.assertNotIn(self.other, self.found(term))

    def test_found_by_every_spelling_of_the_telephone(self):
        for term in ("5987-6543", "59876543", "+502 5987 6543", "00502 5987-6543", "(502)59876543", "6543"):
            with self.subTest(term=term):
                self.assertIn(self.jose, self.found(term))
                self.assertNotIn(self.other, self.found(term))

    def test_found_by_tax_id_with_and_without_dash(self):
        for term in ("576937-K", "576937k", "576937"):
            with self.subTest(term=term):
                self.assertIn(self.jose, self.found(term))
                self.assertNotIn(self.other, self.found(term))

    def test_found_by_the_plate_of_a_vehicle(self):
        for term in ("P-987XYZ", "p987 xyz", "987xyz", "P 987-XYZ"):
            with self.subTest(term=term):
                self.assertEqual(self.found(term), self.jose)
        self.vehicle.active = False
        self.assertFalse(self.found("P-987XYZ"))

    def test_what_changes_is_found_anew(self):
        self.jose.write({"name": "Pepe", "phone": "3000-4000"})
        self.assertFalse(self.found("nunez") & self.jose)
        self.assertIn(self.jose, self.found("30004000"))

    def test_search_costs_the_same_for_ten_and_a_hundred(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Customer.name_search("P-55", limit=8)
            return self.env.cr.sql_log_count - before

        def register_many(start, count):
            customers = self.Customer.create(
                [{"name": f"Cliente {n}", "customer_rank": 1} for n in range(start, start + count)]
            )
            for number, customer in enumerate(customers, start):
                self.bring(customer, f"P-55{number}ABC")

        register_many(0, 2)
        cost()  # warms the caches of access rights
        few = cost()
        register_many(2, 8)
        self.assertEqual(cost(), few)
        self.assertLessEqual(few, 4)

    def test_key_is_read_through_its_trigram_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.env["res.partner"]._search([("display_name", "ilike", "nunez")], active_test=False)
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(row for (row,) in rows)
        self.assertIn("lookup_key", plan)
        self.assertIn("Bitmap Index Scan", plan)


class TestConsent(CustomerCommon):
    @freeze_time("2026-11-20 18:00:00")
    def test_consent_says_when_and_who_recorded_it(self):
        customer = self.register("Ana", notice_consent=True, notice_consent_method="in_person")
        self.assertEqual(customer.notice_consent_date, Date.to_date("2026-11-20"))
        self.assertEqual(customer.notice_consent_user_id, self.users["reception"])

    def test_nobody_backdates_a_consent_or_gives_it_in_anothers_name(self):
        customer = self.register("Ana", notice_consent=True)
        customer.write({"notice_consent_date": "2001-01-01", "notice_consent_user_id": self.env.uid})
        self.assertEqual(customer.notice_consent_user_id, self.users["reception"])
        self.assertNotEqual(customer.notice_consent_date, Date.to_date("2001-01-01"))

    def test_a_context_forges_no_consent(self):
        partners = self.as_role("reception", "res.partner")
        forged = {
            "default_notice_consent": True,
            "default_notice_consent_date": "2001-01-01",
            "default_notice_consent_user_id": self.env.uid,
            "default_privacy_accepted_on": "2001-01-01 00:00:00",
        }
        customer = partners.with_context(**forged).create({"name": "Ana"})
        self.assertEqual(customer.notice_consent_user_id, self.users["reception"])
        self.assertNotEqual(customer.notice_consent_date, Date.to_date("2001-01-01"))
        self.assertFalse(customer.privacy_accepted_on)

    def test_nobody_accepts_the_privacy_notice_for_a_customer(self):
        customer = self.register("Ana", privacy_accepted_on="2001-01-01 00:00:00")
        customer.privacy_accepted_on = "2001-01-01 00:00:00"
        self.env.invalidate_all()
        self.assertFalse(customer.privacy_accepted_on)

    def test_withdrawal_clears_the_record_and_is_in_the_chatter(self):
        customer = self.register("Ana", notice_consent=True, notice_consent_method="signed")
        self.flush_tracking()
        customer.notice_consent = False
        self.flush_tracking()
        self.assertFalse(customer.notice_consent_date or customer.notice_consent_method)
        tracked = customer.message_ids.sudo().tracking_value_ids.field_id.mapped("name")
        self.assertIn("notice_consent", tracked)

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()


class TestDeletion(CustomerCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.register("Ana")
        self.bring(self.customer, "P-111AAA").active = False

    def test_customer_without_documents_is_deleted(self):
        customer = self.register("Luis")
        customer.unlink()
        self.assertFalse(customer.exists())

    def test_customer_with_documents_is_offered_to_be_archived(self):
        both = self.customer | self.register("Luis")
        with self.assertRaisesRegex(RedirectWarning, r"Ana \(.*: 1") as refusal:
            both.unlink()
        _message, action_id, _button, context = refusal.exception.args
        self.assertEqual(context["active_ids"], both.ids)
        action = self.env["ir.actions.server"].with_user(self.users["reception"]).browse(action_id)
        action.with_context(**context).run()
        self.assertFalse(any(both.mapped("active")))

    def test_customer_with_an_invoice_is_offered_to_be_archived(self):
        customer = self.register("Luis")
        self.env["account.move"].create({"move_type": "out_invoice", "partner_id": customer.id})
        with self.assertRaisesRegex(RedirectWarning, r"Luis \(.*: 1"):
            customer.unlink()

    def test_mechanic_may_neither_delete_nor_archive(self):
        customer = self.customer.with_user(self.users["mechanic"])
        with self.assertRaises(AccessError):
            customer.unlink()
        with self.assertRaises(AccessError):
            customer.action_archive_instead()


class TestRoles(CustomerCommon):
    def test_who_may_register_and_change_customers(self):
        for role in ("reception", "supervisor", "accounting", "administrator"):
            with self.subTest(role=role):
                customer = self.as_role(role, "res.partner").create({"name": "Ana", "customer_rank": 1})
                customer.phone = "5512-3344"

    def test_who_may_only_read_them(self):
        customer = self.register("Ana", phone="5512-3344")
        for role in ("mechanic", "parts", "manager"):
            with self.subTest(role=role):
                self.assertEqual(self.as_role(role, customer).phone, "+502 5512 3344")
                with self.assertRaises(AccessError):
                    self.as_role(role, customer).name = "Other"
                with self.assertRaises(AccessError):
                    self.as_role(role, "res.partner").create({"name": "Luis"})

    def test_customers_of_another_company_stay_there(self):
        foreign = self.env["res.partner"].create(
            {"name": "Forastero Uno", "company_id": self.foreign_company.id}
        )
        self.assertFalse(self.found("Forastero Uno"))
        with self.assertRaises(AccessError):
            foreign.with_user(self.users["reception"]).check_access("read")

    def test_portal_customer_finds_no_other_customer(self):
        self.register("Ana Secreta", phone="5512-3344")
        self.assertFalse(self.env["res.partner"].with_user(self.portal_user).name_search("Ana Secreta"))


class TestScreens(CustomerCommon):
    def in_the_list(self):
        return self.Customer.with_context(res_partner_search_mode="customer", default_customer_rank=1)

    def test_what_is_made_in_the_list_is_a_customer_of_the_country(self):
        Customer = self.in_the_list()
        with Form(Customer, "taller_base.res_partner_customer_view_form_quick") as form:
            form.phone = "5512-3344"
            form.name = "Ana"
        self.assertEqual(form.record.customer_rank, 1)
        self.assertEqual(form.record.country_id, self.guatemala)
        self.assertEqual(form.record.phone, "+502 5512 3344")

    def test_quick_creation_from_name_and_telephone(self):
        Customer = self.in_the_list()
        customer = Customer.browse(Customer.name_create("Ana López 5512-3344")[0])
        self.assertEqual((customer.name, customer.phone), ("Ana López", "+502 5512 3344"))
        customer = Customer.browse(Customer.name_create("Taller Calle 9 1234567")[0])
        self.assertEqual(customer.name, "Taller Calle 9 1234567")

    def test_vehicles_of_the_customer(self):
        customer = self.register("Ana")
        self.bring(customer, "P-111AAA", "P-222BBB")
        self.assertEqual(customer.vehicle_count, 2)
        self.assertEqual(customer.vehicle_ids.mapped("license_plate"), ["P-111AAA", "P-222BBB"])

    def test_list_costs_the_same_for_ten_and_a_hundred(self):
        Customer = self.in_the_list()
        view = self.env.ref("taller_base.res_partner_customer_view_list")
        specification = {field.get("name"): {} for field in view._get_combined_arch().iter("field")}
        specification.pop("company_id", None)

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Customer.web_search_read([("customer_rank", ">", 0)], specification, limit=500)
            return self.env.cr.sql_log_count - before

        Customer.create([{"name": f"Cliente {n}"} for n in range(10)])
        cost()
        few = cost()
        Customer.create([{"name": f"Cliente {n}"} for n in range(60)])
        self.assertEqual(cost(), few)
