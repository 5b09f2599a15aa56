"""From what was measured on a vehicle to a traffic light.

Plain Python, without Odoo. The screen has the same rule in `inspection_rating.js`: change both.
"""

import math
import re
import unicodedata
from typing import NamedTuple

GREEN, AMBER, RED, NOT_APPLICABLE = "green", "amber", "red", "na"
DEFECTS = (AMBER, RED)
# Colour is never the only carrier of meaning.
SYMBOLS = {GREEN: "✓", AMBER: "!", RED: "✕", NOT_APPLICABLE: "–"}
# Beyond this no gauge of a workshop reads: a slip of the thumb.
MAX_VALUE = 1_000_000


class Limits(NamedTuple):
    """Where green and amber begin and end, in the unit of the measurement; each bound belongs to the better colour.

    `worse`: "lower" (brake pads: only the bounds `…_from` count), "higher" (play: only `…_to`),
    "outside" (charging voltage: all four), or "" for a value that is only written down.
    """

    worse: str = ""
    green_from: float = 0.0
    amber_from: float = 0.0
    green_to: float = 0.0
    amber_to: float = 0.0

    def get_rating(self, value):
        """Colour of the value; None where no colour depends on it."""
        if not self.worse:
            return None
        if self._is_within(value, self.green_from, self.green_to):
            return GREEN
        return AMBER if self._is_within(value, self.amber_from, self.amber_to) else RED

    def _is_within(self, value, start, end):
        # What was entered with two decimals and what the database keeps differ in the last bits.
        is_high_enough = value >= start or math.isclose(value, start, abs_tol=1e-9)
        is_low_enough = value <= end or math.isclose(value, end, abs_tol=1e-9)
        if self.worse == "lower":
            return is_high_enough
        if self.worse == "higher":
            return is_low_enough
        return is_high_enough and is_low_enough

    def is_ordered(self):
        """Whether green lies within amber, so that each colour can occur where it should."""
        lower = self.amber_from <= self.green_from
        higher = self.green_to <= self.amber_to
        if self.worse == "lower":
            return lower
        if self.worse == "higher":
            return higher
        return not self.worse or (lower and higher and self.green_from <= self.green_to)


def parse_value(value):
    """The number that a client sent for a measurement, or None if it is none that a gauge can show."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.strip().replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) <= MAX_VALUE else None


def make_code(name):
    """A stable key from an item's name: “Pads, front left” → pads_front_left."""
    ascii_name = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", ascii_name).strip("_")[:60]
