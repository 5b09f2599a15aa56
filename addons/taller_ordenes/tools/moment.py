"""Dates as people in a workshop say them."""


def describe_day(day, today):
    """Which day that is for somebody who is told today: "yesterday", "today", "tomorrow", "week" (within six
    days from now, where the weekday's name says it) or "date".
    """
    distance = (day - today).days
    if abs(distance) <= 1:
        return ("yesterday", "today", "tomorrow")[distance + 1]
    return "week" if 1 < distance < 7 else "date"
