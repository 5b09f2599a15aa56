from datetime import UTC, timedelta

import pytz

from odoo import models

from ..tools.promise import get_hours_between

# Nobody plans further ahead: what is promised later is held against the work of these days.
HORIZON = timedelta(days=21)


class TallerShop(models.Model):
    """When the shop's people work."""

    _inherit = "taller.shop"

    def _get_working_intervals(self, mechanics, start, stop):
        """{mechanic: [(from, to)]} of the working time between two moments, leaves taken off; all in UTC.

        The key of an empty employee holds the shop's own hours. Who has no calendar works by the shop's, and a
        shop without one by its company's. One call for all mechanics: the queries depend on the calendars only.

        :param mechanics: `hr.employee` records
        :param start, stop: naive datetimes in UTC, as fields hold them
        """
        self.ensure_one()
        shop = self.sudo()
        own_calendar = shop.resource_calendar_id or shop.company_id.resource_calendar_id
        bounds = (pytz.utc.localize(start), pytz.utc.localize(stop))
        timezone = pytz.timezone(shop.tz)
        mechanics = mechanics.sudo()
        nobody = self.env["resource.resource"]
        found = {nobody: [(start, stop)]}
        by_calendar = mechanics.resource_id.grouped("calendar_id")
        for calendar in own_calendar | mechanics.resource_id.calendar_id:
            resources = by_calendar.get(calendar, nobody)
            intervals = calendar._work_intervals_batch(*bounds, resources=resources, tz=timezone)
            found.update({resource: _in_utc(intervals[resource.id]) for resource in resources})
            if calendar == own_calendar:
                found[nobody] = _in_utc(intervals[False])
        result = {mechanic: found.get(mechanic.resource_id, found[nobody]) for mechanic in mechanics}
        result[self.env["hr.employee"]] = found[nobody]
        return result

    def _get_hours_until(self, mechanics, now):
        """A function (employee id or None, time) → working hours from now until then; see `tools/promise.py`."""
        intervals = {
            mechanic.id or None: found
            for mechanic, found in self._get_working_intervals(mechanics, now, now + HORIZON).items()
        }
        return lambda mechanic, stop: get_hours_between(intervals[mechanic], now, stop)


def _in_utc(intervals):
    return [
        (begin.astimezone(UTC).replace(tzinfo=None), end.astimezone(UTC).replace(tzinfo=None))
        for begin, end, _attendance in intervals
    ]
