"""Will a promised time be kept? Work that is left against the hours there are to do it."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

ON_TIME, AT_RISK, LATE = "on_time", "at_risk", "late"


class Promise(NamedTuple):
    """An open order's promised time; `returns` is when its last outside work is expected back."""

    key: int
    promised: datetime
    returns: datetime | None = None


class Work(NamedTuple):
    """What is left of a job: hours that its mechanics share evenly; without any, somebody will take it."""

    key: int
    hours: float
    mechanics: tuple = ()


class Outlook(NamedTuple):
    """`needed` hours of the mechanic with the most to do first, and the `left` hours until the promise."""

    state: str
    needed: float
    left: float


def get_outlooks(promises, work, get_hours_until, now, margin):
    """{order: `Outlook`}: whether each promise is kept, if everybody does first what is promised first.

    Mechanics work side by side, each on one thing at a time. So what an order needs is the most that any
    of its mechanics has to do until it is done: their share of it, and of all that is promised earlier.

    :param promises: the `Promise`s to keep
    :param work: the `Work` that is open on these orders
    :param get_hours_until: (mechanic, time) → the mechanic's working hours from now until then; for nobody
        in particular (None), the shop's
    :param margin: hours that must be left over, e.g. for the check before the delivery
    """
    work_of_order = defaultdict(list)
    for item in work:
        work_of_order[item.key].append(item)
    queues = defaultdict(float)
    outlooks = {}
    for promise in sorted(promises, key=lambda promise: (promise.promised, promise.key)):
        needed = {None: 0.0}
        for item in work_of_order[promise.key]:
            for mechanic in item.mechanics:
                queues[mechanic] += item.hours / len(item.mechanics)
                needed[mechanic] = queues[mechanic]
            if not item.mechanics:
                needed[None] += item.hours
        outlooks[promise.key] = _get_outlook(promise, needed, get_hours_until, now, margin)
    return outlooks


def _get_outlook(promise, needed, get_hours_until, now, margin):
    left = {mechanic: get_hours_until(mechanic, promise.promised) for mechanic in needed}
    tightest = min(needed, key=lambda mechanic: left[mechanic] - needed[mechanic])
    if promise.promised <= now:
        state = LATE
    elif needed[tightest] + margin > left[tightest] or (
        promise.returns and promise.returns > promise.promised
    ):
        state = AT_RISK
    else:
        state = ON_TIME
    return Outlook(state, needed[tightest], left[tightest])


def get_hours_between(intervals, start, stop):
    """Hours of the sorted (from, to) intervals that lie between start and stop."""
    seconds = sum(max((min(end, stop) - max(begin, start)).total_seconds(), 0.0) for begin, end in intervals)
    return seconds / 3600
