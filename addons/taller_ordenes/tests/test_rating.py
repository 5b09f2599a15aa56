from odoo.tests import BaseCase

from odoo.addons.taller_ordenes.tools.rating import Limits, make_code, parse_value

PADS = Limits("lower", green_from=5, amber_from=3)
PLAY = Limits("higher", green_to=10, amber_to=15)
CHARGING = Limits("outside", green_from=13.6, green_to=14.7, amber_from=13.2, amber_to=15.0)


class TestRating(BaseCase):
    """What a gauge shows becomes a colour."""

    def assertRated(self, limits, expected):
        self.assertEqual({value: limits.get_rating(value) for value in expected}, expected)

    def test_thin_pads_are_worse(self):
        self.assertRated(PADS, {12: "green", 5: "green", 4.999: "amber", 3: "amber", 2.9: "red", 0: "red"})

    def test_much_play_is_worse(self):
        self.assertRated(PLAY, {0: "green", 10: "green", 10.1: "amber", 15: "amber", 15.1: "red"})

    def test_charging_too_much_is_as_bad_as_too_little(self):
        self.assertRated(
            CHARGING,
            {13.6: "green", 14.7: "green", 13.2: "amber", 15.0: "amber", 13.1: "red", 15.2: "red", 0: "red"},
        )

    def test_limits_below_zero(self):
        coolant = Limits("higher", green_to=-15, amber_to=-5)
        self.assertRated(coolant, {-37: "green", -15: "green", -14: "amber", -5: "amber", 0: "red"})

    def test_bounds_hold_for_what_floats_make_of_them(self):
        self.assertEqual(Limits("lower", green_from=0.3).get_rating(0.1 + 0.2), "green")
        self.assertEqual(Limits("higher", green_to=0.3, amber_to=1).get_rating(0.1 + 0.2), "green")

    def test_without_limits_no_colour(self):
        self.assertIsNone(Limits().get_rating(7))

    def test_limits_that_contradict_each_other(self):
        for limits in (PADS, PLAY, CHARGING, Limits()):
            self.assertTrue(limits.is_ordered(), limits)
        for limits in (
            Limits("lower", green_from=3, amber_from=5),
            Limits("higher", green_to=15, amber_to=10),
            CHARGING._replace(green_from=15),
            CHARGING._replace(amber_to=14),
        ):
            self.assertFalse(limits.is_ordered(), limits)

    def test_numbers_as_people_and_programs_write_them(self):
        for written, value in (("4,5", 4.5), (" 4.5 ", 4.5), ("-37", -37), (3, 3), (0, 0), ("1e3", 1000)):
            self.assertEqual(parse_value(written), value, written)

    def test_no_gauge_shows_this(self):
        for written in ("", "four", "nan", "inf", "-inf", float("nan"), float("inf"), 10**400, "9" * 400):
            self.assertIsNone(parse_value(written), str(written)[:20])
        for written in (True, None, [4], {"value": 4}, 1_000_001, "4 5"):
            self.assertIsNone(parse_value(written), written)

    def test_codes_are_plain(self):
        self.assertEqual(make_code("Pads, front left"), "pads_front_left")
        self.assertEqual(make_code("Presión de las llantas (psi)"), "presion_de_las_llantas_psi")
        self.assertEqual(make_code("…"), "")
        self.assertEqual(make_code(None), "")
