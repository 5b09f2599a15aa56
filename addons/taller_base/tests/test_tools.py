"""The pure Python under the vehicles: no database needed."""

from datetime import date, timedelta

from odoo.tests import BaseCase

from ..tools import meter, plate, vin


class TestPlate(BaseCase):
    def test_every_spelling_of_a_plate_has_one_key_and_one_display(self):
        for text in ("P-123ABC", "P123ABC", "p 123 abc", " p.123-abc "):
            self.assertEqual(plate.plate_key(text), "P123ABC")
            self.assertEqual(plate.plate_display(text, "GT"), "P-123ABC")
            self.assertTrue(plate.is_plate(text, "GT"))
        self.assertEqual(plate.plate_display("c 456 bcd", "GT"), "C-456BCD")
        self.assertEqual(plate.plate_display("m123bcd", "GT"), "M-123BCD")
        self.assertEqual(plate.plate_display("trc123bcd", "GT"), "TRC-123BCD")

    def test_what_is_no_guatemalan_plate(self):
        for text in ("P-12ABC", "P-1234ABC", "X-123ABC", "123ABC", "P-ABC123", "---", "", None):
            self.assertFalse(plate.is_plate(text, "GT"), text)

    def test_plates_of_other_countries_stay_as_typed(self):
        self.assertEqual(plate.plate_display("  n  123-456 ", "SV"), "N 123-456")
        self.assertEqual(plate.plate_key("n 123-456"), "N123456")
        self.assertTrue(plate.is_plate("N 123-456", "SV"))
        self.assertFalse(plate.is_plate("ninguna", "SV"))
        self.assertFalse(plate.is_plate("1" * 16, "SV"))
        self.assertIsNone(plate.plate_example("SV"))

    def test_a_country_can_be_added(self):
        self.addCleanup(plate.FORMATS.pop, "XX")
        plate.register(
            "XX", plate.PlateFormat(plate.re.compile(r"([A-Z]{2})(\d{4})"), r"\1 \2", example="AB 1234")
        )
        self.assertEqual(plate.plate_display("ab1234", "XX"), "AB 1234")
        self.assertFalse(plate.is_plate("P-123ABC", "XX"))


class TestMeter(BaseCase):
    today = date(2026, 11, 20)

    def problem(self, value, *, days=None, before=None, after=None, unit="kilometers", restarts=False):
        previous = before is not None and meter.Reading(before, self.today - timedelta(days=days or 0))
        following = after is not None and meter.Reading(after, self.today + timedelta(days=30), restarts)
        return meter.find_problem(meter.Reading(value, self.today), previous or None, following or None, unit)

    def test_ordinary_life(self):
        self.assertIsNone(self.problem(15))
        self.assertIsNone(self.problem(199_105, before=192_000, days=120))
        self.assertIsNone(self.problem(199_105, before=199_105, days=0), "the same value again")
        self.assertIsNone(self.problem(1_000, before=12, days=40), "the first service of a new car")
        self.assertIsNone(self.problem(13_000, before=1_200, days=365))
        self.assertIsNone(self.problem(100_000, before=10_000, days=3 * 365), "back after three years")
        self.assertIsNone(self.problem(9_000, before=8_990, days=1, unit="hours"))

    def test_a_digit_too_many(self):
        for days in (0, 30, 365, 3650):
            self.assertEqual(self.problem(1_999_105, before=199_105, days=days), meter.LEAP, days)
            self.assertEqual(self.problem(1_990_105, before=199_105, days=days), meter.LEAP, days)

    def test_further_than_a_vehicle_gets_in_the_days_between(self):
        self.assertEqual(self.problem(205_000, before=199_000, days=2), meter.LEAP)
        self.assertIsNone(self.problem(203_000, before=199_000, days=2))
        self.assertEqual(self.problem(1_100, before=1_000, days=2, unit="hours"), meter.LEAP)
        self.assertIsNone(self.problem(1_060, before=1_000, days=2, unit="hours"))
        self.assertEqual(self.problem(9_999_999), meter.LEAP, "no meter in service shows this")

    def test_backwards(self):
        self.assertEqual(self.problem(19_910, before=199_105, days=30), meter.LOWER)
        self.assertEqual(self.problem(-1), meter.NEGATIVE)

    def test_a_past_reading_fits_between_its_neighbours(self):
        self.assertIsNone(self.problem(150, before=100, days=30, after=200))
        self.assertEqual(self.problem(201, before=100, days=30, after=200), meter.HIGHER)
        self.assertEqual(self.problem(99, before=100, days=30, after=200), meter.LOWER)
        self.assertIsNone(self.problem(150_500, before=150_000, days=30, after=20, restarts=True))


class TestVin(BaseCase):
    def test_form(self):
        self.assertIsNone(vin.find_error("1HGCM82633A004352"))
        self.assertIsNone(vin.find_error(" 1hgcm826-33a004352 "))
        self.assertEqual(vin.find_error("1HGCM82633A00435"), vin.LENGTH)
        self.assertEqual(vin.find_error("1HGCM82633A0O4352"), vin.LETTERS)

    def test_check_digit_is_mandatory_in_north_america_only(self):
        self.assertEqual(vin.find_error("1HGCM82633A004353"), vin.CHECK_DIGIT)
        self.assertIsNone(vin.find_error("WVWZZZ1JZ3W386752"))
        self.assertFalse(vin.has_valid_check_digit("WVWZZZ1JZ3W386752"))

    def test_make_and_year(self):
        facts = vin.decode("MR0FB8CD5H0123456", 2026)
        self.assertEqual((facts.make, facts.year, facts.other_years), ("Toyota", 2017, (1987,)))
        self.assertEqual(vin.decode("KMHCT41DAGU123456", 2026).make, "Hyundai")
        self.assertEqual(vin.decode("WDD2040021A123456", 2026).make, "Mercedes-Benz")
        self.assertEqual(vin.decode("ZZZZZ", 2026), vin.VinFacts())

    def test_the_seventh_place_tells_the_round_of_thirty_years_in_north_america(self):
        self.assertEqual(vin.decode("1M8GDM9AXKP042788", 2026).year, 1989)
        self.assertEqual(vin.decode("1M8GDMAAXKP042788", 2026).year, 2019)

    def test_no_model_year_lies_in_the_future(self):
        number = "JTMHV05J6V4012345"
        self.assertEqual(vin.decode(number, 2025).year, 1997)
        self.assertEqual(vin.decode(number, 2026).year, 1997, "next year's models are the rarer case")
        self.assertEqual(vin.decode(number, 2027).year, 2027)
