from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.price_split import find_parts, split
from ..tools.service_fit import Condition, Traits, get_fit

EXAMPLES = settings(derandomize=True, database=None, deadline=None)
HILUX = Traits(kind="pickup", make=1, model=10, year=2017, fuel="diesel")

maybe = st.one_of(st.none(), st.integers(1, 3))
traits = st.builds(
    Traits, kind=st.sampled_from("ab"), make=maybe, model=maybe, year=maybe, fuel=st.sampled_from(["x", None])
)
conditions = st.builds(
    Condition,
    kind=st.sampled_from(["a", "b", None]),
    make=maybe,
    model=maybe,
    year_from=maybe,
    year_to=maybe,
    fuel=st.sampled_from(["x", None]),
)


@tagged("post_install", "-at_install")
class TestServiceFit(BaseCase):
    def test_without_conditions_it_is_for_every_vehicle(self):
        self.assertEqual(get_fit([], HILUX), 0)
        self.assertEqual(get_fit([], Traits()), 0)

    def test_one_met_condition_is_enough(self):
        mazda, toyota = Condition(make=2), Condition(make=1)
        self.assertIsNone(get_fit([mazda], HILUX))
        self.assertEqual(get_fit([mazda, toyota], HILUX), get_fit([toyota], HILUX))

    def test_all_that_a_condition_says_has_to_be_met(self):
        self.assertIsNone(get_fit([Condition(make=1, fuel="gasoline")], HILUX))
        self.assertIsNone(get_fit([Condition(model=10, year_to=2016)], HILUX))

    def test_years_include_both_ends_and_may_be_open(self):
        for years in ((2017, 2017), (2017, None), (None, 2017), (2000, 2030)):
            self.assertIsNotNone(get_fit([Condition(year_from=years[0], year_to=years[1])], HILUX), years)
        for years in ((2018, None), (None, 2016), (2018, 2020)):
            self.assertIsNone(get_fit([Condition(year_from=years[0], year_to=years[1])], HILUX), years)

    def test_what_is_not_known_meets_nothing(self):
        unknown = Traits(kind="pickup")
        for condition in (
            Condition(make=1),
            Condition(model=10),
            Condition(year_from=1),
            Condition(fuel="diesel"),
        ):
            self.assertIsNone(get_fit([condition], unknown), condition)
        self.assertIsNotNone(get_fit([Condition(kind="pickup")], unknown))

    def test_the_more_particular_the_better(self):
        kind = get_fit([Condition(kind="pickup")], HILUX)
        make = get_fit([Condition(make=1)], HILUX)
        make_of_years = get_fit([Condition(make=1, year_from=2015)], HILUX)
        all_but_the_model = Condition(kind="pickup", make=1, year_from=2015, fuel="diesel")
        model = get_fit([Condition(model=10)], HILUX)
        self.assertTrue(0 < kind < make < make_of_years < get_fit([all_but_the_model], HILUX) < model)

    @EXAMPLES
    @given(st.lists(conditions, min_size=1), traits, conditions)
    def test_another_condition_never_takes_vehicles_away(self, rows, vehicle, row):
        before, after = get_fit(rows, vehicle), get_fit([*rows, row], vehicle)
        self.assertTrue(before is None or after >= before)


@tagged("post_install", "-at_install")
class TestPriceSplit(BaseCase):
    @EXAMPLES
    @given(st.integers(0, 10**9), st.lists(st.floats(0, 10**6), min_size=1, max_size=12))
    def test_parts_add_up_and_are_not_negative(self, total, weights):
        parts = split(total, weights)
        self.assertEqual(sum(parts), total)
        self.assertTrue(all(part >= 0 for part in parts))

    def test_parts_are_proportional(self):
        self.assertEqual(split(1000, [3, 1]), [750, 250])
        self.assertEqual(split(100, [1, 1, 1]), [34, 33, 33])
        self.assertEqual(split(100, [0, 0]), [50, 50])

    @EXAMPLES
    @given(
        st.integers(100, 10**7), st.lists(st.integers(1, 10**6), min_size=2, max_size=8), st.integers(1, 40)
    )
    def test_taxes_added_and_rounded_line_by_line_are_no_obstacle(self, total, weights, rate):
        def measure(parts):
            nets = [round(part * 100 / (100 + rate)) for part in parts]
            return sum(net + round(net * rate / 100) for net in nets)

        parts = find_parts(total, weights, measure)
        self.assertIsNotNone(parts)
        self.assertEqual(measure(parts), total)

    def test_a_total_that_no_single_net_price_gives(self):
        self.assertIsNone(find_parts(5, [1], lambda parts: parts[0] + (parts[0] >= 5)))
