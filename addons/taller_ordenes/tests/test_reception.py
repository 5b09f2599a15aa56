from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.taller_base.tests.common import ROLES

from .common import SIGNATURE, OrderCommon

RECEPTION = ("reception", "supervisor", "administrator")


@tagged("post_install", "-at_install")
class TestReceptionScreen(OrderCommon):
    def find(self, text, role="reception"):
        found = self.as_role(role, "fleet.vehicle").find_at_reception(text)
        return self.env["fleet.vehicle"].browse([vehicle["id"] for vehicle in found])

    def test_a_plate_is_found_in_any_spelling(self):
        for text in ("P-814KTR", "p814ktr", " p-814 ktr ", "814K"):
            self.assertEqual(self.find(text), self.vehicle, text)
        for text in ("", "   ", None, "P-999ZZZ"):
            self.assertFalse(self.find(text), text)
        self.assertIn(self.vehicle, self.find("Lucía Cifuentes"))
        own = self.env["fleet.vehicle"].create(
            {"license_plate": "P-814XYZ", "model_id": self.vehicle.model_id.id, "ownership": "own"}
        )
        self.assertNotIn(own, self.find("814"))

    def test_the_card_tells_what_matters(self):
        self.vehicle._record_reading(50_000)
        done, _job = self._finished_order()
        done.action_deliver()
        declined = self._receive()
        self._propose(declined, name="Wipers")
        declined.action_send_estimate()
        self._decide(declined.estimate_id, accepted=self.env["taller.job"], reason="Too expensive")
        card = self.as_role("reception", self.vehicle).get_reception_card()
        self.assertEqual(card["plate"], "P-814KTR")
        self.assertEqual(card["owner"], "Ana Lucía Cifuentes")
        self.assertEqual(card["odometer"], 50_000)
        self.assertEqual([order["id"] for order in card["open_orders"]], declined.ids)
        self.assertEqual([order["id"] for order in card["visits"]], done.ids)
        self.assertEqual(card["visits"][0]["jobs"], ["Front brakes"])
        self.assertEqual([work["name"] for work in card["due"]], ["Wipers"])
        self.assertEqual(card["due"][0]["note"], "Too expensive")
        [found] = self.as_role("reception", "fleet.vehicle").find_at_reception("P-814KTR")
        self.assertTrue(found["is_inside"])

    def test_it_costs_the_same_for_a_vehicle_with_many_visits(self):
        def ask(vehicle):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.as_role("reception", vehicle).get_reception_card()
            return self.env.cr.sql_log_count - before

        other = self._make_vehicle("P-815KTR", self.customer)
        for vehicle, count in ((other, 1), (self.vehicle, 8)):
            orders = self.as_role("reception", "taller.order").create(
                [{"vehicle_id": vehicle.id} for _number in range(count)]
            )
            for order in orders:
                self._propose(order)
        ask(other)
        self.assertEqual(ask(self.vehicle), ask(other))

    def test_a_first_visit_is_registered_in_one_step(self):
        vehicles = self.as_role("reception", "fleet.vehicle")
        card = vehicles.register_at_reception(
            {"plate": "p 901 bcd", "kind": "pickup", "owner_name": "Elmer Sical", "owner_phone": "5555 1234"}
        )
        vehicle = self.env["fleet.vehicle"].browse(card["id"])
        self.assertEqual(vehicle.license_plate, "P-901BCD")
        self.assertEqual(vehicle.equipment_kind, "pickup")
        self.assertEqual(vehicle.owner_id.name, "Elmer Sical")
        self.assertEqual(card["visits"], [])
        known = vehicles.register_at_reception({"plate": "P-902BCD", "owner_id": self.customer.id})
        self.assertEqual(known["owner_id"], self.customer.id)
        unknown = vehicles.register_at_reception({"plate": "P-903BCD"})
        self.assertFalse(unknown["owner_id"])

    def test_what_cant_be_registered_gets_a_sentence_and_leaves_nothing(self):
        vehicles = self.as_role("reception", "fleet.vehicle")
        for values, message in (
            ({}, "plate"),
            ({"plate": "  "}, "plate"),
            ({"plate": "p-814 ktr", "owner_name": "Somebody"}, "taken already"),
            ({"plate": "NOPLATE", "owner_name": "Somebody"}, "no plate"),
            ({"plate": "P-904BCD", "owner_phone": "5555 1234"}, "name"),
        ):
            with self.assertRaisesRegex((UserError, ValidationError), message), self.cr.savepoint():
                vehicles.register_at_reception(values)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Somebody")]))

    def test_it_is_the_receptions_screen(self):
        for role in ROLES:
            for call in (
                lambda role=role: self.as_role(role, "fleet.vehicle").find_at_reception("814"),
                lambda role=role: self.as_role(role, self.vehicle).get_reception_card(),
                lambda role=role: self.as_role(role, "fleet.vehicle").find_customer_at_reception("Ana"),
            ):
                if role in RECEPTION:
                    call()
                else:
                    with self.assertRaises(AccessError, msg=role):
                        call()
        self.vehicle.owner_id = self.customer
        vehicle = self.vehicle.with_user(self.portal_user)
        for call in (
            vehicle.get_reception_card,
            lambda: vehicle.find_at_reception("814"),
            lambda: vehicle.find_customer_at_reception("Ana"),
            lambda: vehicle.register_at_reception({"plate": "P-905BCD"}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_vehicles_of_other_companies_and_orders_of_other_shops_stay_unknown(self):
        foreign = self._make_vehicle("P-906BCD", self.customer, company_id=self.foreign_company.id)
        self.assertFalse(self.find("P-906BCD"))
        with self.assertRaises(AccessError):
            self.as_role("reception", foreign).get_reception_card()
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        card = self.as_role("reception", self.vehicle).get_reception_card()
        self.assertNotIn(elsewhere.id, [order["id"] for order in card["open_orders"]])


@tagged("post_install", "-at_install")
class TestReceptionFields(OrderCommon):
    def test_a_promise_lies_ahead(self):
        now = fields.Datetime.now()
        order = self._receive(promised_at=now + timedelta(hours=2))
        for promised_at, message in (
            (now - timedelta(minutes=5), "in the past"),
            (now + timedelta(days=3650), "more than a year"),
        ):
            with self.assertRaisesRegex(UserError, message):
                order.promised_at = promised_at
            with self.assertRaisesRegex(UserError, message):
                self._receive(promised_at=promised_at)

    def test_a_broken_promise_doesnt_keep_the_order_from_being_saved(self):
        order = self._receive()
        order.sudo().promised_at = past = fields.Datetime.now() - timedelta(days=1)
        order.write({"promised_at": past, "concern": "It squeals, and smells."})

    def test_a_dpi_has_thirteen_digits(self):
        order = self._receive(brought_by_document="1980 45671 0101")
        self.assertEqual(order.brought_by_document, "1980 45671 0101")
        for number in ("1980 45671 010", "ABCDEFGHIJKLM", "１９８０４５６７１０１０１"):
            with self.assertRaisesRegex(UserError, "is no DPI"):
                order.brought_by_document = number
        order.write({"brought_by_document_type": "passport", "brought_by_document": "AN 123456"})
        with self.assertRaisesRegex(UserError, "too long"):
            order.brought_by_document = "9" * 41

    def test_a_reading_isnt_negative(self):
        with self.assertRaisesRegex(UserError, "negative|lower|backwards"):
            self._receive(odometer_in=-5)

    def test_a_company_may_pay_for_a_persons_car(self):
        company = self.env["res.partner"].create({"name": "Transportes Marroquín", "is_company": True})
        order = self._receive(partner_id=company.id)
        self.assertEqual(order.owner_id, self.customer)
        self.assertEqual(order.partner_id, company)
        self._propose(order)
        self.assertEqual(order.sudo().estimate_id.partner_id, company)

    def test_it_warns_of_a_vehicle_that_is_inside(self):
        first = self._receive()
        draft = self.as_role("reception", "taller.order").new({"vehicle_id": self.vehicle.id})
        self.assertEqual(draft.open_order_ids._origin, first)
        self.assertFalse(first.open_order_ids)

    def test_customers_dont_read_what_the_reception_notes(self):
        order = self._receive(partner_id=self.portal_user.partner_id.id)
        for name in ("brought_by_document", "belonging_ids", "mark_ids", "receipt_ids", "amount_deposit"):
            with self.assertRaises(AccessError, msg=name):
                order.with_user(self.portal_user).read([name])

    def test_marks_are_put_on_the_sketch_while_the_order_is_open(self):
        order = self._receive()
        marks = self.as_role("reception", "taller.order.mark")
        mark = marks.create({"order_id": order.id, "x": 90, "y": 90, "kind": "dent"})
        self.assertEqual(mark.place, "right side, rear")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            marks.create({"order_id": order.id, "x": 900, "y": 90})
        for role in ("mechanic", "parts", "manager", "accounting"):
            self.assertTrue(self.as_role(role, mark).read(["kind"]), role)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, mark).note = "Not mine"
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        with self.assertRaises(AccessError):
            marks.create({"order_id": elsewhere.id, "x": 10, "y": 10})
        with self.assertRaises(UserError):
            mark.order_id = self._receive()
        order.action_cancel("The customer went home")
        for change in (
            mark.unlink,
            lambda: mark.write({"note": "Late"}),
            lambda: marks.create({"order_id": order.id, "x": 1, "y": 1}),
        ):
            with self.assertRaisesRegex(UserError, "is closed"):
                change()

    def test_many_orders_cost_no_more_queries_than_one(self):
        def receive(count):
            values = {
                "vehicle_id": self.vehicle.id,
                "brought_by_document": "1980456710101",
                "promised_at": fields.Datetime.now() + timedelta(days=1),
            }
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.as_role("reception", "taller.order").create([dict(values) for _number in range(count)])
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        receive(1)
        self.assertEqual(receive(10), receive(1))


@tagged("post_install", "-at_install")
class TestReceipt(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.taller_reception_terms = "We aren't liable for what isn't listed here."
        cls.order = cls._receive(
            brought_by="Pedro Xol",
            brought_by_document="1980456710101",
            fuel_level="2",
            odometer_in=50_000,
            belonging_ids=[Command.link(cls.env.ref("taller_ordenes.taller_belonging_spare_wheel").id)],
            belongings_note="Blue rucksack",
        )
        cls.mark = cls.as_role("reception", "taller.order.mark").create(
            {"order_id": cls.order.id, "x": 20, "y": 90, "kind": "dent", "note": "Fist-sized"}
        )
        cls.photo = cls._take_photo(cls.order, moment="reception", note="Front left")

    def sign(self, name="Pedro Xol", order=None, role="reception"):
        order = self.as_role(role, order or self.order)
        return self.env["taller.receipt"].browse(order.sign_receipt(name, SIGNATURE))

    def render(self, report, records):
        html, _type = (
            self.env["ir.actions.report"]
            .with_user(self.users["reception"])
            ._render_qweb_html(f"taller_ordenes.{report}", records.ids)
        )
        return html.decode()

    def test_it_says_what_was_taken_down(self):
        text = self.render("taller_order_receipt_report", self.order)
        for part in (
            "P-814KTR",
            "Pedro Xol",
            "1980456710101",
            "It squeals when braking.",
            "1/2",
            "Spare wheel",
            "Blue rucksack",
            "Dent",
            "right side, front",
            "Fist-sized",
            "Front left",
            "isn't listed here",
            "data:image/svg+xml;base64",
        ):
            self.assertIn(part.replace("'", "&#39;"), text)

    def test_signed_it_stays_as_it_was(self):
        receipt = self.sign()
        self.assertEqual(self.order.receipt_state, "signed")
        self.assertTrue(receipt.is_current)
        self.order.belongings_note = "Blue rucksack, umbrella"
        self.env.invalidate_all()
        self.assertFalse(receipt.is_current)
        self.assertEqual(self.order.receipt_state, "outdated")
        self.assertEqual(receipt.content["belongings_note"], "Blue rucksack")
        self.assertIn("an earlier version", self.render("taller_receipt_report", receipt))
        self.assertNotIn("umbrella", self.render("taller_receipt_report", receipt))
        again = self.sign()
        self.assertNotEqual(again, receipt)
        self.assertIn("umbrella", self.render("taller_receipt_report", again))

    def test_nobody_changes_what_was_signed(self):
        receipt = self.sign()
        for records in (receipt, receipt.sudo(), self.as_role("administrator", receipt)):
            with self.assertRaises(UserError):
                records.write({"signed_by": "Somebody Else"})
            with self.assertRaises(UserError):
                records.unlink()
        for role in ROLES:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.receipt").create(
                    {
                        "order_id": self.order.id,
                        "signed_by": "Nobody",
                        "signed_at": fields.Datetime.now(),
                        "user_id": self.env.uid,
                        "signature": SIGNATURE,
                        "content": {},
                        "content_hash": "0",
                    }
                )
        with self.assertRaisesRegex(UserError, "has been shown"):
            self.photo.unlink()
        with self.assertRaisesRegex(UserError, "receipt is signed"):
            self.as_role("administrator", self.order).unlink()

    def test_signing_twice_is_signing_once(self):
        receipt = self.sign()
        self.assertEqual(self.sign(), receipt)
        self.assertEqual(len(self.order.receipt_ids), 1)

    def test_reception_lets_sign_and_nobody_else(self):
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.sign(role=role)
        with self.assertRaises(AccessError):
            self.order.with_user(self.portal_user).sign_receipt("Pedro Xol", SIGNATURE)
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        with self.assertRaises(AccessError):
            self.sign(order=elsewhere)

    def test_it_takes_a_name_a_signature_and_an_open_order(self):
        for name, signature in (
            ("", SIGNATURE),
            ("  ", SIGNATURE),
            ("x" * 200, SIGNATURE),
            ("Pedro", ""),
            ("Pedro", "PHN2Zy8+"),
        ):
            with self.assertRaises(UserError, msg=(name, signature)):
                self.order.sign_receipt(name, signature)
        self.order.action_cancel("The customer went home")
        with self.assertRaises(UserError):
            self.sign()

    def test_the_customer_gets_it(self):
        self.sign()
        notice = self.env["taller.notice"].search(
            [("res_id", "=", self.order.id), ("event", "=", "received")]
        )
        self.assertTrue(notice)
        [(name, content)] = self.order._get_notice_attachments("received")
        self.assertTrue(name.endswith(".pdf"))
        self.assertTrue(content)

    def test_who_sees_no_prices_doesnt_print_it(self):
        for role in ("mechanic", "parts"):
            with self.assertRaises(AccessError, msg=role):
                self.env["ir.actions.report"].with_user(self.users[role])._render_qweb_html(
                    "taller_ordenes.taller_order_receipt_report", self.order.ids
                )
