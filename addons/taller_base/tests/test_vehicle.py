from contextlib import contextmanager

from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import TallerCommon


class VehicleCommon(TallerCommon):
    """A customer with a car, in a company of Guatemala."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.lang = "en_US"
        guatemala = cls.env.ref("base.gt")
        (cls.company | cls.foreign_company).country_id = guatemala
        for user in (*cls.users.values(), cls.portal_user):
            user.lang = "en_US"
        cls.owner = cls.env["res.partner"].create(
            {"name": "Ana Lucía Pérez", "phone": "+502 5512 3344", "country_id": guatemala.id}
        )
        cls.buyer = cls.env["res.partner"].create({"name": "Transportes Ixchel, S.A.", "is_company": True})
        cls.Vehicle = cls.env["fleet.vehicle"].with_context(default_ownership="customer")
        cls.brand = cls.env["fleet.vehicle.model.brand"]._find_or_create(["Toyota"])["Toyota"]
        cls.hilux = cls.env["fleet.vehicle.model"].create({"name": "Hilux Test", "brand_id": cls.brand.id})
        cls.car = cls.Vehicle.create(
            {
                "license_plate": "p 501 xyz",
                "owner_id": cls.owner.id,
                "model_id": cls.hilux.id,
                "model_year": "2015",
            }
        )
        cls.foreign_car = cls.Vehicle.create(
            {"license_plate": "P-502XYZ", "company_id": cls.foreign_company.id}
        )
        cls.own_van = cls.env["fleet.vehicle"].create({"license_plate": "P-503XYZ", "model_id": cls.hilux.id})

    @contextmanager
    def refused(self, exception, pattern):
        """Expect the exception and its words; what was done inside is undone, as a request would be."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), pattern)


@tagged("post_install", "-at_install")
class TestVehicle(VehicleCommon):
    def test_a_plate_alone_makes_a_vehicle(self):
        vehicle_id, name = self.as_role("reception", self.Vehicle).name_create("p 777 bcd")
        vehicle = self.env["fleet.vehicle"].browse(vehicle_id)
        self.assertEqual(name, "P-777BCD")
        self.assertEqual(vehicle.ownership, "customer")
        self.assertEqual(vehicle.plate_key, "P777BCD")
        self.assertTrue(vehicle.model_id.is_generic)
        self.assertEqual(vehicle.company_id, self.company)
        vehicle.model_id = False
        self.assertTrue(vehicle.model_id.is_generic, "a model taken away is an unknown one")

    def test_it_is_called_by_plate_make_model_and_year(self):
        self.assertEqual(self.car.license_plate, "P-501XYZ")
        self.assertEqual(self.car.display_name, "P-501XYZ · Toyota Hilux Test 2015")
        self.assertEqual(self.own_van.display_name, "Toyota/Hilux Test/P-503XYZ", "core's name for its own")

    def test_machinery_needs_no_plate_but_a_serial_number(self):
        excavator = self.Vehicle.create({"equipment_kind": "machinery", "vin_sn": "cat0320 dkza02178"})
        self.assertEqual(excavator.vin_sn, "CAT0320DKZA02178")
        self.assertEqual(excavator.odometer_unit, "hours")
        with self.refused(ValidationError, "serial number"):
            self.Vehicle.create({"equipment_kind": "machinery"})

    def test_a_wrong_plate_is_refused_with_a_correct_example(self):
        with self.refused(ValidationError, r"P-12ABC is no plate of Guatemala.*P-123ABC"):
            self.Vehicle.create({"license_plate": "P-12ABC"})
        salvadoran = self.Vehicle.create(
            {"license_plate": "p 12-abc", "plate_country_id": self.env.ref("base.sv").id}
        )
        self.assertEqual(salvadoran.license_plate, "P 12-ABC")

    def test_a_plate_is_unique_in_the_company_and_the_refusal_names_its_vehicle(self):
        with self.refused(ValidationError, "P-501XYZ · Toyota Hilux Test 2015, of Ana Lucía"):
            self.Vehicle.create({"license_plate": "P501-XYZ"})
        other = self.Vehicle.create({"license_plate": "P-510XYZ"})
        with self.refused(ValidationError, "Hilux Test"):
            other.license_plate = "p501xyz"
        with self.refused(ValidationError, "twice"):
            self.Vehicle.create([{"license_plate": "P-511XYZ"}, {"license_plate": "P 511 XYZ"}])
        self.car.active = False
        with self.refused(ValidationError, "archived: restore it"):
            self.Vehicle.create({"license_plate": "P-501XYZ"})
        self.Vehicle.create({"license_plate": "P-501XYZ", "company_id": self.foreign_company.id})
        self.assertEqual(self.own_van.copy({"license_plate": "P-501XYZ"}).ownership, "own")

    def test_the_database_itself_refuses_the_second_of_two_at_the_same_time(self):
        other = self.Vehicle.create({"license_plate": "P-512XYZ"})
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env.cr.execute("UPDATE fleet_vehicle SET plate_key = 'P501XYZ' WHERE id = %s", [other.id])

    def test_found_by_plate_in_any_spelling_vin_owner_and_phone(self):
        self.car.vin_sn = "MR0FB8CD5H0123456"
        Vehicle = self.as_role("reception", self.Vehicle)
        for text in (
            "P501XYZ",
            "p-501 xyz",
            "501xy",
            "0123456",
            "mr0fb8",
            "ana lucia",
            "5512 3344",
            "+502 5512-3344",
            "toyota hilux",
            "hilux test 2015",
        ):
            found = [vehicle_id for vehicle_id, _name in Vehicle.name_search(text)]
            self.assertIn(self.car.id, found, text)
        for text in ("P501XYW", "0123457", "5512 3345", "corolla test"):
            found = [vehicle_id for vehicle_id, _name in Vehicle.name_search(text)]
            self.assertNotIn(self.car.id, found, text)
        self.assertEqual(Vehicle.name_search("p501xyz", operator="=")[0][0], self.car.id)

    def test_a_vin_fills_make_and_year(self):
        car = self.Vehicle.create({"license_plate": "P-520XYZ", "vin_sn": "mr0fb8cd5h0123456"})
        self.assertEqual(car.model_id.brand_id, self.brand)
        self.assertEqual(car.model_year, "2017")
        self.assertEqual(car.display_name, "P-520XYZ · Toyota 2017")
        self.assertIn("1987", car.vin_hint)
        plain = self.Vehicle.create({"license_plate": "P-521XYZ"})
        plain.vin_sn = "1HGCM82633A004352"
        self.assertEqual((plain.model_id.brand_id.name, plain.model_year), ("Honda", "2003"))
        self.car.vin_sn = "1HGCM82633A004352"
        self.assertEqual(self.car.model_id, self.hilux, "what is known is not overwritten")
        self.assertEqual(self.car.model_year, "2015")

    def test_a_make_is_made_once(self):
        cars = self.Vehicle.create(
            [{"license_plate": f"P-53{n}XYZ", "vin_sn": f"LB37522S0HL00000{n}"} for n in range(3)]
        )
        self.assertEqual(cars.model_id.brand_id.mapped("name"), ["Geely"])

    def test_a_wrong_vin_is_refused_unless_it_is_none(self):
        with self.refused(ValidationError, "16 characters; a VIN has 17"):
            self.car.vin_sn = "MR0FB8CD5H012345"
        with self.refused(ValidationError, "check digit"):
            self.car.vin_sn = "1HGCM82633A004353"
        with self.refused(ValidationError, "without I, O and Q"):
            self.car.vin_sn = "MR0FB8CD5H0O23456"
        self.car.write({"vin_sn": "KZJ95-0012345", "is_vin_exempt": True})
        self.assertEqual(self.car.vin_sn, "KZJ95-0012345")
        self.assertFalse(self.car.vin_hint)

    def test_100_vehicles_cost_the_queries_of_10(self):
        def create(numbers):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.as_role("reception", self.Vehicle).create(
                [
                    {
                        "license_plate": f"P-{n}TST",
                        "owner_id": self.owner.id,
                        "vin_sn": f"MR0FB8CD5H01{n:05}",
                        "odometer": 1000 + n,
                    }
                    for n in numbers
                ]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        create(range(900, 903))
        ten = create(range(100, 110))
        hundred = create(range(200, 300))
        # An insert takes its rows by the hundred, so that 100 vehicles may take a few statements more.
        self.assertLessEqual(hundred, ten + 5)

    def test_lists_open_with_a_constant_number_of_queries(self):
        self.Vehicle.create(
            [
                {"license_plate": f"P-{n}LST", "odometer": 1000 + n, "owner_id": owner.id}
                for n, owner in enumerate(
                    self.env["res.partner"].create([{"name": f"Owner {n}"} for n in range(80)]), 100
                )
            ]
        )
        Vehicle = self.as_role("reception", self.Vehicle)
        for view in ("list", "kanban"):
            arch = Vehicle.get_view(self.env.ref(f"taller_base.fleet_vehicle_customer_view_{view}").id, view)
            specification = {name: {} for name in arch["models"]["fleet.vehicle"]}
            specification["owner_id"] = {"fields": {"display_name": {}}}

            def count(limit, specification=specification):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                result = Vehicle.web_search_read([("ownership", "=", "customer")], specification, limit=limit)
                self.assertEqual(len(result["records"]), limit)
                return self.env.cr.sql_log_count - before

            count(2)
            self.assertEqual(count(10), count(80), view)


@tagged("post_install", "-at_install")
class TestVehicleAccess(VehicleCommon):
    def test_all_staff_read_customers_vehicles_of_their_companies(self):
        for role in self.users:
            found = self.as_role(role, "fleet.vehicle").search([("ownership", "=", "customer")])
            self.assertIn(self.car, found, role)
            self.assertNotIn(self.foreign_car, found, role)
            self.assertTrue(self.as_role(role, self.car).read(["name", "odometer", "description"]))
            with self.assertRaises(AccessError):
                self.as_role(role, self.foreign_car).read(["name"])

    def test_reception_and_supervisor_write_the_others_read(self):
        for number, role in enumerate(("reception", "supervisor", "administrator")):
            self.as_role(role, self.Vehicle).create({"license_plate": f"P-60{number}XYZ"})
            self.as_role(role, self.car).color = role
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError):
                self.as_role(role, self.Vehicle).create({"license_plate": "P-609XYZ"})
            with self.assertRaises(AccessError):
                self.as_role(role, self.car).color = "red"

    def test_the_own_fleet_is_not_for_the_workshops_staff(self):
        for role in set(self.users) - {"administrator"}:
            with self.assertRaises(AccessError):
                self.as_role(role, self.own_van).read(["name"])
        with self.assertRaises(AccessError):
            self.as_role("reception", self.car).ownership = "own"
        with self.assertRaises(AccessError):
            self.as_role("reception", "fleet.vehicle").create(
                {"license_plate": "P-610XYZ", "model_id": self.hilux.id, "ownership": "own"}
            )

    def test_nobody_hands_a_vehicle_to_a_company_of_others(self):
        with self.assertRaises(AccessError):
            self.as_role("reception", self.car).company_id = self.foreign_company

    def test_fleet_officers_see_the_own_fleet_only(self):
        officer = new_test_user(self.env, login="test_officer", groups="fleet.fleet_group_user")
        self.car._record_reading(1000)
        found = self.env["fleet.vehicle"].with_user(officer).search([])
        self.assertIn(self.own_van, found)
        self.assertNotIn(self.car, found)
        self.assertFalse(
            self.env["fleet.vehicle.odometer"].with_user(officer).search([("vehicle_id", "=", self.car.id)])
        )
        with self.assertRaises(AccessError):
            self.car.with_user(officer).read(["name"])
        with self.assertRaises(AccessError):
            self.own_van.with_user(officer).ownership = "customer"

    def test_core_fleet_lists_show_the_own_fleet(self):
        for xml_id in ("fleet.fleet_vehicle_action", "fleet.fleet_vehicle_odometer_action"):
            action = self.env.ref(xml_id)
            self.assertIn("own", action.domain)
        self.assertEqual(self.hilux.vehicle_count, 1, "the van, not the customer's car")
        self.assertEqual(self.hilux.action_model_vehicle()["domain"], [("ownership", "=", "own")])

    def test_core_fleet_lists_are_given_back_on_uninstall(self):
        from ..hooks import FLEET_ACTIONS, uninstall_hook

        for xml_id, (ours, _original) in FLEET_ACTIONS.items():
            self.assertEqual(self.env.ref(xml_id).domain, ours, f"{xml_id}: the hook knows our domain")
        uninstall_hook(self.env)
        for xml_id, (_ours, original) in FLEET_ACTIONS.items():
            self.assertEqual(self.env.ref(xml_id).domain, original)

    def test_staff_do_not_get_the_fleet_app(self):
        menu = self.env.ref("fleet.menu_root")
        for role in set(self.users) - {"administrator"}:
            self.assertNotIn(menu.id, self.as_role(role, "ir.ui.menu")._visible_menu_ids(), role)
        self.assertIn(
            self.env.ref("taller_base.fleet_vehicle_customer_menu").id,
            self.as_role("mechanic", "ir.ui.menu")._visible_menu_ids(),
        )

    def test_only_an_administrator_deletes_and_only_what_has_no_documents(self):
        mistake = self.Vehicle.create({"license_plate": "P-611XYZ", "owner_id": self.owner.id})
        for role in set(self.users) - {"administrator"}:
            with self.assertRaises(AccessError):
                self.as_role(role, mistake).unlink()
        self.users["reception"].group_ids += self.env.ref("fleet.fleet_group_user")
        with self.assertRaises(AccessError):
            self.as_role("reception", mistake).unlink()
        self.as_role("administrator", mistake).unlink()
        self.car._record_reading(1000)
        with self.refused(UserError, "Archive it instead"):
            self.as_role("administrator", self.car).unlink()
        self.as_role("reception", self.car).action_archive()
        self.assertFalse(self.car.active)

    def test_a_customer_reads_own_vehicles_over_rpc_and_no_others(self):
        self.portal_user.partner_id.parent_id = self.buyer
        theirs = self.Vehicle.create({"license_plate": "P-620XYZ", "owner_id": self.buyer.id})
        Vehicle = self.env["fleet.vehicle"].with_user(self.portal_user)
        self.assertEqual(Vehicle.search([]), theirs)
        self.assertEqual(
            Vehicle.browse(theirs.id).read(["display_name", "odometer"])[0]["display_name"], "P-620XYZ"
        )
        for other in (self.car, self.own_van, self.foreign_car):
            with self.assertRaises(AccessError):
                Vehicle.browse(other.id).read(["license_plate"])
        with self.assertRaises(AccessError):
            Vehicle.browse(theirs.id).read(["description"])
        with self.assertRaises(AccessError):
            Vehicle.browse(theirs.id).color = "red"
        with self.assertRaises(AccessError):
            Vehicle.browse(theirs.id).action_transfer()
        for model in ("fleet.vehicle.odometer", "taller.vehicle.ownership", "taller.vehicle.transfer"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.portal_user).search([])

    def test_a_customer_does_not_read_the_vehicles_thread(self):
        self.portal_user.partner_id.parent_id = self.buyer
        self.car.message_post(body="Ana owes us", subtype_xmlid="mail.mt_comment")
        self.car._transfer(self.buyer, fields.Date.context_today(self.car))
        sent = self.car.message_post(
            body="Yours is ready",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.portal_user.partner_id.ids,
        )
        Message = self.env["mail.message"].with_user(self.portal_user)
        found = Message.search([("model", "=", "fleet.vehicle"), ("res_id", "=", self.car.id)])
        self.assertEqual(found.ids, sent.ids)


@tagged("post_install", "-at_install")
class TestVehicleOwner(VehicleCommon):
    def transfer(self, role="reception", **values):
        wizard = self.as_role(role, "taller.vehicle.transfer").create(
            {"vehicle_id": self.car.id, "new_owner_id": self.buyer.id, **values}
        )
        wizard.action_transfer()
        self.car.invalidate_recordset(["ownership_ids"])

    def test_the_first_owner_is_written_into_the_history(self):
        self.assertEqual(self.car.ownership_ids.owner_id, self.owner)
        ownerless = self.Vehicle.create({"license_plate": "P-700XYZ"})
        self.assertFalse(ownerless.ownership_ids)
        self.as_role("reception", ownerless).owner_id = self.buyer
        self.assertEqual(ownerless.ownership_ids.owner_id, self.buyer)
        self.assertEqual(ownerless.ownership_ids.transferred_by_id, self.users["reception"])

    def test_reception_transfers_a_vehicle_without_its_service_history(self):
        self.transfer(date="2026-03-15")
        self.assertEqual(self.car.owner_id, self.buyer)
        new, old = self.car.ownership_ids
        self.assertEqual((old.owner_id, str(old.date_end)), (self.owner, "2026-03-15"))
        self.assertEqual((new.owner_id, str(new.date_start), new.date_end), (self.buyer, "2026-03-15", False))
        self.assertEqual(new.transferred_by_id, self.users["reception"])
        self.assertEqual(str(self.car._get_history_start(self.buyer)), "2026-03-15")
        self.assertIs(self.car._get_history_start(self.owner), False, "no longer the owner")

    def test_reception_transfers_a_vehicle_with_its_service_history(self):
        self.transfer(with_history=True)
        self.assertTrue(self.car.ownership_ids[0].with_history)
        self.assertIsNone(self.car._get_history_start(self.buyer))

    def test_an_owner_changes_by_transfer_only(self):
        for role in ("reception", "administrator"):
            with self.refused(UserError, "use Transfer"):
                self.as_role(role, self.car).owner_id = self.buyer
            with self.refused(UserError, "use Transfer"):
                self.as_role(role, self.car).owner_id = False

    def test_who_may_not_transfer(self):
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError):
                self.transfer(role)

    def test_wrong_transfers(self):
        with self.refused(UserError, "already"):
            self.transfer(new_owner_id=self.owner.id)
        with self.refused(UserError, "not in advance"):
            self.transfer(date="2999-01-01")
        self.transfer(date="2026-03-15")
        with self.refused(UserError, "since"):
            self.transfer(new_owner_id=self.owner.id, date="2026-03-14")

    def test_there_and_back_on_one_day(self):
        self.transfer(date="2026-03-15")
        self.transfer(new_owner_id=self.owner.id, date="2026-03-15")
        self.assertEqual(self.car.owner_id, self.owner)
        self.assertEqual(len(self.car.ownership_ids), 3)

    def test_history_is_read_only_to_everyone(self):
        row = self.car.ownership_ids
        for role in self.users:
            mine = self.as_role(role, row)
            self.assertEqual(mine.owner_id, self.owner)
            with self.assertRaises(AccessError):
                mine.date_start = "2020-01-01"
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.create({"vehicle_id": self.car.id, "owner_id": self.buyer.id})

    def test_history_of_another_company_is_hidden(self):
        self.foreign_car.owner_id = self.buyer
        found = self.as_role("manager", "taller.vehicle.ownership").search([("owner_id", "=", self.buyer.id)])
        self.assertFalse(found)

    def test_the_database_refuses_overlapping_owners(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self.env["taller.vehicle.ownership"].create(
                {"vehicle_id": self.car.id, "owner_id": self.buyer.id, "date_start": "2020-01-01"}
            )
