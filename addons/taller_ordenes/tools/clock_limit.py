"""How long a mechanic's clock may run before it has been forgotten."""

from datetime import timedelta

LONGEST_DAY = 12.0  # hours, where no working hours say otherwise


def get_end_of_work(start, closing_hours, hours_per_day=None):
    """When work that began at `start` is over: when the shop closes, or after a day's hours outside its hours.

    :param datetime start: on the shop's own clock
    :param dict closing_hours: {weekday, 0 is Monday: hour at which the shop closes}
    :param float hours_per_day: of the shop's working hours
    """
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    closing = closing_hours.get(start.weekday())
    if closing is not None and midnight + timedelta(hours=closing) > start:
        return midnight + timedelta(hours=closing)
    return start + timedelta(hours=hours_per_day or LONGEST_DAY)
