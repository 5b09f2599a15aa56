"""When to offer declined work again. Plain Python, without Odoo."""

import math
from datetime import timedelta

# What a vehicle usually does in a day, and to what its meter's reading is rounded when people talk about it.
USUAL_PER_DAY = {"kilometers": 40, "miles": 25, "hours": 5}
STEPS = {"kilometers": 100, "miles": 100, "hours": 10}


def propose(today, days, reading=None, unit="kilometers"):
    """(date, reading of the meter) at which to offer again what was declined `today`.

    :param days: after how many days; 0 or less: no proposal
    :param reading: of the vehicle's meter, in `unit`, where it is known
    :return: None for what can't be proposed
    """
    if days <= 0:
        return None, None
    if not reading:
        return today + timedelta(days=days), None
    step = STEPS[unit]
    distant = math.ceil((reading + days * USUAL_PER_DAY[unit]) / step) * step
    return today + timedelta(days=days), float(distant)


def is_due(today, reading, date=None, odometer=None):
    """Whether the day has come, or the meter has reached what was agreed; what wasn't agreed is never due."""
    return bool((date and date <= today) or (odometer and reading and odometer <= reading))
