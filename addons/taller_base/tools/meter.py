"""Whether the reading of an odometer or hour meter can be right. Pure Python, no database.

A meter does not run backwards, and a vehicle does not drive around the world in a week: what breaks these
rules is a slip of the finger (1999105 for 199105) or a story worth writing down (the meter was exchanged).
"""

from dataclasses import dataclass
from datetime import date

NEGATIVE = "negative"
LOWER = "lower"
HIGHER = "higher"
LEAP = "leap"


@dataclass(frozen=True)
class Pace:
    """How far a vehicle gets, in one unit of its meter.

    :param hard: what none exceeds in a day.
    :param usual: what a hard-working one averages over a long time.
    :param ceiling: what no meter in service shows.
    """

    hard: float
    usual: float
    ceiling: float


PACES = {
    "kilometers": Pace(hard=1500, usual=400, ceiling=3_000_000),
    "miles": Pace(hard=950, usual=250, ceiling=1_900_000),
    "hours": Pace(hard=24, usual=20, ceiling=150_000),
}

# A value so many times the one before has a digit too many, unless years lie between.
SUSPICIOUS_FACTOR = 5


@dataclass(frozen=True)
class Reading:
    """One reading.

    :param restarts: the reading was let pass against the rules, e.g. after an exchange of the meter; what
        was read before it sets no lower bound to it.
    """

    value: float
    day: date
    restarts: bool = False


def find_problem(reading, previous=None, following=None, unit="kilometers"):
    """Tell what is wrong with a reading between the readings before and after it, by date.

    :return: None, or NEGATIVE (never acceptable), LOWER than the one before, HIGHER than the one after,
        or a LEAP that no vehicle makes in the days between.
    """
    if reading.value < 0:
        return NEGATIVE
    pace = PACES[unit]
    if reading.value > pace.ceiling:
        return LEAP
    if previous and reading.value < previous.value:
        return LOWER
    if following and not following.restarts and reading.value > following.value:
        return HIGHER
    if previous:
        gain = reading.value - previous.value
        days = (reading.day - previous.day).days + 1
        has_digit_too_many = reading.value >= SUSPICIOUS_FACTOR * previous.value > pace.hard
        if gain > pace.hard * days or (has_digit_too_many and gain > pace.usual * days):
            return LEAP
    return None
