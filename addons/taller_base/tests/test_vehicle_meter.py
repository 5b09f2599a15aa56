from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .test_vehicle import VehicleCommon


@tagged("post_install", "-at_install")
class TestVehicleMeter(VehicleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.car)
        cls.car._record_reading(190_000, cls.today - timedelta(days=90))
        cls.car._record_reading(195_000, cls.today - timedelta(days=30))

    def record(self, role, value, days_ago=0, reason=None):
        return self.as_role(role, self.car)._record_reading(
            value, self.today - timedelta(days=days_ago), reason
        )

    def test_a_mechanic_records_a_reading(self):
        reading = self.record("mechanic", 199_105)
        self.assertEqual(reading.create_uid, self.users["mechanic"])
        self.assertFalse(reading.override_user_id)
        self.assertEqual((self.car.odometer, self.car.odometer_date), (199_105, self.today))

    def test_who_may_not_record(self):
        for role in ("parts", "manager", "accounting"):
            with self.assertRaises(AccessError):
                self.record(role, 199_105)

    def test_a_slip_of_the_finger_is_caught(self):
        self.record("reception", 199_105)
        with self.refused(UserError, "199,105 km .* 1,999,105 km .* digit too many"):
            self.record("reception", 1_999_105)

    def test_a_lower_reading_needs_a_reason(self):
        with self.refused(UserError, "less than the 195,000 km .* write the reason"):
            self.record("reception", 150)
        with self.refused(UserError, "write the reason"):
            self.record("reception", 150, reason="  ")

    def test_after_an_exchange_of_the_meter_it_counts_from_the_new_one(self):
        reading = self.record("reception", 150, days_ago=10, reason="Meter exchanged")
        self.assertEqual(reading.override_user_id, self.users["reception"])
        self.assertEqual(self.car.odometer, 150, "the latest by date, not the highest")
        self.assertFalse(self.record("mechanic", 600).override_user_id)
        self.record("reception", 196_000, days_ago=20)
        self.assertEqual(self.car.odometer, 600)

    def test_a_mechanic_may_not_give_the_reason(self):
        with self.refused(UserError, "reception can record it"):
            self.record("mechanic", 150, reason="Meter exchanged")

    def test_who_let_it_pass_cannot_be_forged(self):
        reading = self.as_role("mechanic", "fleet.vehicle.odometer").create(
            {"vehicle_id": self.car.id, "value": 196_000, "override_user_id": self.users["supervisor"].id}
        )
        self.assertFalse(reading.override_user_id)

    def test_a_past_reading_fits_between_two(self):
        with self.refused(UserError, "more than the 195,000 km"):
            self.record("reception", 196_000, days_ago=60)
        with self.refused(UserError, "less than the 190,000 km"):
            self.record("reception", 189_000, days_ago=60)
        self.record("reception", 192_000, days_ago=60)
        self.assertEqual(self.car.odometer, 195_000)

    def test_never_negative_never_in_the_future(self):
        with self.refused(UserError, "negative"):
            self.record("supervisor", -5, reason="because")
        with self.refused(UserError, "has not come yet"):
            self.record("supervisor", 199_105, days_ago=-2, reason="because")

    def test_the_guard_stands_behind_cores_own_ways_too(self):
        with self.refused(UserError, "digit too many"):
            self.as_role("reception", self.car).odometer = 1_950_001
        with self.assertRaises(UserError):
            self.as_role("reception", self.car).odometer = 19_500
        self.as_role("reception", self.car).odometer = 199_000
        self.assertEqual(self.car.odometer, 199_000)
        with self.refused(UserError, "digit too many"):
            self.env["fleet.vehicle.log.services"].create(
                {
                    "vehicle_id": self.car.id,
                    "service_type_id": self.env["fleet.service.type"].search([], limit=1).id,
                    "odometer": 1_999_000,
                }
            )

    def test_the_own_fleet_is_guarded_as_well(self):
        self.own_van.odometer = 1000
        with self.refused(UserError, "digit too many"):
            self.own_van.odometer = 1_000_000

    def test_only_the_supervisor_alters_a_reading_and_says_why(self):
        reading = self.record("reception", 199_105)
        for role in ("mechanic", "parts", "reception", "manager", "accounting"):
            with self.assertRaises(AccessError):
                self.as_role(role, reading).write({"value": 199_015, "reason": "misread"})
        with self.refused(UserError, "reason"):
            self.as_role("supervisor", reading).value = 199_015
        self.as_role("supervisor", reading).write({"value": 199_015, "reason": "misread"})
        self.assertEqual(self.car.odometer, 199_015)
        log = self.car.message_ids[0]
        self.assertIn("199,105", log.body)
        self.assertIn("199,015", log.body)
        self.assertIn("misread", log.body)
        self.assertEqual(log.author_id, self.users["supervisor"].partner_id)
        with self.refused(ValidationError, "date"):
            self.as_role("supervisor", reading).write({"date": False, "reason": "unknown"})

    def test_a_reading_is_archived_with_a_reason_never_deleted(self):
        reading = self.record("reception", 199_105)
        for role in set(self.users) - {"administrator"}:
            with self.assertRaises(AccessError):
                self.as_role(role, reading).unlink()
        with self.refused(UserError, "Archive it"):
            self.as_role("administrator", reading).unlink()
        with self.refused(UserError, "reason"):
            self.as_role("supervisor", reading).action_archive()
        self.as_role("supervisor", reading).write({"active": False, "reason": "another car's"})
        self.assertEqual(self.car.odometer, 195_000)

    def test_an_excavator_counts_hours(self):
        excavator = self.Vehicle.create(
            {"equipment_kind": "machinery", "vin_sn": "CAT0320DKZA02178", "odometer": 5_000}
        )
        with self.refused(UserError, "further than it can have gone"):
            excavator._record_reading(5_030)
        excavator._record_reading(5_020)
        self.assertEqual((excavator.odometer, excavator.odometer_unit), (5_020, "hours"))

    def test_readings_of_many_vehicles_cost_the_queries_of_one(self):
        vehicles = self.Vehicle.create([{"license_plate": f"P-{n}MTR"} for n in range(100, 200)])

        def record(some, value):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["fleet.vehicle.odometer"].create(
                [{"vehicle_id": vehicle.id, "value": value} for vehicle in some]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        record(vehicles[:5], 10)
        self.assertLessEqual(record(vehicles, 30), record(vehicles[:10], 40) + 2)

        def read(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("odometer")
            return self.env.cr.sql_log_count - before

        self.assertEqual(read(vehicles), read(vehicles[:2]))
