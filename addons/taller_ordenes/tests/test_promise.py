from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from ..tools.promise import Promise, Work, get_hours_between, get_outlooks
from .common import OrderCommon

NINE = datetime(2026, 3, 2, 9)  # a Monday


def at(hour, minute=0):
    return NINE.replace(hour=hour, minute=minute)


@tagged("post_install", "-at_install")
class TestOutlook(BaseCase):
    def states(self, promises, work, margin=0.0):
        outlooks = get_outlooks(
            promises, work, lambda _mechanic, stop: (stop - NINE).total_seconds() / 3600, NINE, margin
        )
        return {key: outlook.state for key, outlook in outlooks.items()}

    def test_less_work_than_time_is_on_time(self):
        self.assertEqual(self.states([Promise(1, at(12))], [Work(1, 3, (7,))]), {1: "on_time"})

    def test_more_work_than_time_is_at_risk_before_it_is_late(self):
        self.assertEqual(self.states([Promise(1, at(11))], [Work(1, 3, (7,))]), {1: "at_risk"})
        self.assertEqual(self.states([Promise(1, at(8))], [Work(1, 3, (7,))]), {1: "late"})

    def test_mechanics_work_side_by_side(self):
        promise = [Promise(1, at(11))]
        self.assertEqual(self.states(promise, [Work(1, 2, (7,)), Work(1, 2, (8,))]), {1: "on_time"})
        self.assertEqual(self.states(promise, [Work(1, 2, (7,)), Work(1, 2, (7,))]), {1: "at_risk"})
        self.assertEqual(self.states(promise, [Work(1, 4, (7, 8))]), {1: "on_time"})

    def test_what_was_promised_earlier_comes_first(self):
        work = [Work(1, 2, (7,)), Work(2, 2, (7,))]
        self.assertEqual(
            self.states([Promise(2, at(12)), Promise(1, at(11, 30))], work), {1: "on_time", 2: "at_risk"}
        )

    def test_work_nobody_is_assigned_to_takes_one_person_from_now(self):
        self.assertEqual(self.states([Promise(1, at(10))], [Work(1, 1), Work(1, 1)]), {1: "at_risk"})

    def test_a_margin_is_left_over_even_when_all_is_done(self):
        self.assertEqual(self.states([Promise(1, at(10))], [], margin=1), {1: "on_time"})
        self.assertEqual(self.states([Promise(1, at(10))], [], margin=1.5), {1: "at_risk"})

    def test_outside_work_that_comes_back_too_late_is_a_risk(self):
        self.assertEqual(self.states([Promise(1, at(12), at(13))], []), {1: "at_risk"})
        self.assertEqual(self.states([Promise(1, at(12), at(11))], []), {1: "on_time"})

    def test_hours_between_leave_out_the_lunch(self):
        intervals = [(at(8), at(12)), (at(13), at(17))]
        self.assertEqual(get_hours_between(intervals, at(9), at(14)), 4)
        self.assertEqual(get_hours_between(intervals, at(12), at(13)), 0)
        self.assertEqual(get_hours_between(intervals, at(17), at(9)), 0)


@tagged("post_install", "-at_install")
class TestPromise(OrderCommon):
    """Monday, nine o'clock in Guatemala; the shop works from 8 to 12 and from 13 to 17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Shop hours",
                "tz": "America/Guatemala",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Work",
                            "dayofweek": str(day),
                            "hour_from": hour,
                            "hour_to": hour + 4,
                            "day_period": period,
                        }
                    )
                    for day in range(5)
                    for hour, period in ((8, "morning"), (13, "afternoon"))
                ],
            }
        )
        cls.shop.write({"tz": "America/Guatemala", "resource_calendar_id": cls.calendar.id})
        cls.mechanic.resource_calendar_id = cls.calendar
        cls.mechanic2.resource_calendar_id = cls.calendar
        cls.company.taller_promise_margin = 0.5
        cls.startClassPatcher(freeze_time("2026-03-02 15:00:00"))

    def promise(self, hours_from_now, **values):
        order = self._receive(**values)
        order.sudo().promised_at = datetime(2026, 3, 2, 15) + timedelta(hours=hours_from_now)
        return order

    def outlook(self, order):
        self.env.invalidate_all()
        return order.promise_state, order.promise_words

    def test_the_shop_s_hours_count_and_its_lunch_does_not(self):
        order = self.promise(6)  # 15:00, after five working hours
        self._propose(order, hours=4)
        self.assertEqual(self.outlook(order), ("on_time", "today 15:00"))
        self.assertEqual((order.promise_hours_needed, order.promise_hours_left), (4, 5))
        self._propose(order, name="Oil", hours=1)
        self.assertEqual(self.outlook(order)[0], "at_risk")

    def test_hours_worked_already_are_taken_off(self):
        order = self.promise(4)  # 13:00, after three working hours
        job = self._propose(order, hours=4)
        order.action_send_estimate()
        self._decide(order.estimate_id)
        self.assertEqual(self.outlook(order)[0], "at_risk")
        self.env["taller.job.time"].create(
            {
                "job_id": job.id,
                "employee_id": self.mechanic.id,
                "start": "2026-03-02 13:30:00",
                "stop": "2026-03-02 15:00:00",
            }
        )
        self.assertEqual(self.outlook(order)[0], "on_time")

    def test_a_running_clock_counts(self):
        order = self.promise(4)
        job = self._propose(order, hours=4)
        order.action_send_estimate()
        self._decide(order.estimate_id)
        self.env["taller.job.time"].create(
            {"job_id": job.id, "employee_id": self.mechanic.id, "start": "2026-03-02 13:30:00"}
        )
        self.assertEqual(self.outlook(order)[0], "on_time")

    def test_the_mechanic_s_other_cars_count(self):
        first, second = self.promise(7), self.promise(8)
        self._propose(first, hours=4)
        self._propose(second, hours=4)
        self.assertEqual(self.outlook(first)[0], "on_time")
        self.assertEqual(self.outlook(second)[0], "at_risk")
        second.job_ids.mechanic_ids = self.mechanic2
        self.assertEqual(self.outlook(second)[0], "on_time")

    def test_a_mechanic_on_leave_does_nothing(self):
        order = self.promise(6)
        self._propose(order, hours=1)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Ill",
                "resource_id": self.mechanic.resource_id.id,
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-02 06:00:00",
                "date_to": "2026-03-03 05:00:00",
            }
        )
        self.assertEqual(self.outlook(order)[0], "at_risk")

    def test_broken_promises_are_told_in_hours_and_days(self):
        self.assertEqual(self.outlook(self.promise(-0.5)), ("late", "30 min late"))
        self.assertEqual(self.outlook(self.promise(-2)), ("late", "2 h late"))
        self.assertEqual(self.outlook(self.promise(-30)), ("late", "1 day late"))
        self.assertEqual(self.outlook(self.promise(-24 * 3)), ("late", "3 days late"))

    def test_promises_are_said_as_in_the_shop(self):
        self.assertEqual(self.outlook(self.promise(24))[1], "tomorrow 09:00")
        self.assertRegex(self.outlook(self.promise(24 * 4))[1], r"^\w+\.? 6 \w+ 09:00$")
        # It is Tuesday already in Greenwich, but not in Guatemala.
        self.assertEqual(self.outlook(self.promise(12))[1], "today 21:00")
        self.assertEqual(self.outlook(self._receive()), ("none", ""))

    def test_a_ready_car_says_since_when(self):
        order, _job = self._finished_order(promised_at="2026-03-02 16:00:00")
        self.assertEqual(self.outlook(order), ("ready", "since today 09:00"))
        order.action_deliver()
        self.assertEqual(self.outlook(order), (False, ""))

    def test_the_filters_find_what_the_cards_say(self):
        orders = self._receive() | self.promise(6) | self.promise(-1)
        tight = self.promise(7)
        self._propose(tight, hours=9)
        orders |= tight
        orders |= self._finished_order()[0]
        self.env.invalidate_all()
        Order = self.as_role("reception", "taller.order")
        for state in ("on_time", "at_risk", "late", "none", "ready"):
            found = Order.search([("id", "in", orders.ids), ("promise_state", "in", [state])])
            self.assertEqual(found.mapped("promise_state"), [state], state)
        not_late = Order.search([("id", "in", orders.ids), ("promise_state", "not in", ["late"])])
        self.assertEqual(len(not_late), 4)
