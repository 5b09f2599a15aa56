from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestClock(OrderCommon):
    """A mechanic's clock: its pauses, and its agreement with the attendance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.taller_clock_attendance = "automatic"
        cls.now = fields.Datetime.now()

    def _ago(self, **delta):
        return self.now - timedelta(**delta)

    def _attendance(self, mechanic=None, **values):
        mechanic = mechanic or self.mechanic
        return self.env["hr.attendance"].create({"employee_id": mechanic.id, **values})

    def _time(self, job, start, stop=False, mechanic=None, **values):
        return self.env["taller.job.time"].create(
            {
                "job_id": job.id,
                "employee_id": (mechanic or self.mechanic).id,
                "start": start,
                "stop": stop,
                **values,
            }
        )

    def _presences(self):
        return self.env["hr.attendance"].search([("employee_id", "=", self.mechanic.id)])

    # Pauses

    def test_a_pause_says_why(self):
        _order, job = self._approved_order()
        job = self.as_role("mechanic", job)
        job.action_start()
        with self.assertRaisesRegex(UserError, "one of the reasons"):
            job.action_pause()
        with self.assertRaisesRegex(UserError, "one of the reasons"):
            job.action_pause("left")
        with self.assertRaisesRegex(UserError, "few words"):
            job.action_pause("other", "  ")
        job.action_pause("parts", "Discs arrive at three")
        self.assertEqual(job.time_ids.stop_reason, "parts")
        self.assertEqual((job.pause_reason, job.pause_note), ("parts", "Discs arrive at three"))
        job.action_start()
        self.assertFalse(job.pause_reason)
        job.action_finish()
        self.assertCountEqual(job.time_ids.mapped("stop_reason"), ["finished", "parts"])

    def test_one_tap_per_reason(self):
        _order, job = self._approved_order()
        job = self.as_role("mechanic", job)
        for reason in ("parts", "customer", "tool", "other_job", "lunch", "day_end"):
            job.action_start()
            action = job.action_open_pause()
            wizard = Form(
                self.as_role("mechanic", action["res_model"]).with_context(**action["context"])
            ).save()
            getattr(wizard, f"action_{reason}")()
            self.assertEqual(job.pause_reason, reason)

    def test_a_job_is_paused_when_its_last_mechanic_pauses(self):
        _order, job = self._approved_order()
        job.mechanic_ids = [Command.set((self.mechanic | self.mechanic2).ids)]
        self.as_role("mechanic", job).action_start()
        job.with_user(self.second_mechanic).action_start()
        self.as_role("mechanic", job).action_pause("lunch")
        self.assertFalse(job.pause_reason)
        job.with_user(self.second_mechanic).action_pause("tool")
        self.assertEqual(job.pause_reason, "tool")

    def test_nobody_writes_a_pause_or_a_clock_by_hand(self):
        _order, job = self._approved_order()
        self.as_role("mechanic", job).with_context(
            default_stop=self.now, default_start=self.now
        ).action_start()
        self.assertFalse(job.time_ids.stop)
        for role in ("mechanic", "reception", "supervisor", "administrator"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, job).write({"pause_reason": "parts"})
            for values in ({"start": self._ago(hours=3)}, {"stop": self.now}, {"stop_reason": "lunch"}):
                with self.assertRaises(AccessError, msg=role):
                    self.as_role(role, job.time_ids).write(values)

    def test_a_correction_may_be_required(self):
        self.company.taller_correction_required = True
        _order, job = self._approved_order()
        job = self.as_role("mechanic", job)
        job.action_start()
        with self.assertRaisesRegex(UserError, "what was done"):
            job.action_finish()
        self.assertTrue(job.is_my_clock_running)
        job.correction = "Pads replaced"
        job.action_finish()
        self.assertEqual(job.state, "done")

    # Overlaps

    def test_the_database_refuses_overlapping_times(self):
        _order, job = self._approved_order()
        self._time(job, self._ago(hours=3), self._ago(hours=1))
        self._time(job, self._ago(hours=1), self._ago(minutes=30))  # one after the other
        self._time(job, self._ago(hours=3), self._ago(hours=1), mechanic=self.mechanic2)
        for start, stop in ((2, 1.5), (4, 2), (2, 0), (5, 0)):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.ExclusionViolation),
                self.env.cr.savepoint(),
            ):
                self._time(job, self._ago(hours=start), self._ago(hours=stop))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self._time(job, self._ago(hours=4))

    # Attendance

    def test_starting_a_job_checks_in(self):
        _order, job = self._approved_order()
        self.as_role("mechanic", job).action_start()
        self.assertEqual(len(self._presences()), 1)
        self.assertFalse(self._presences().check_out)
        self.assertFalse(job.time_ids.is_outside_attendance)
        self.as_role("mechanic", job).action_pause("lunch")
        self.as_role("mechanic", job).action_start()
        self.assertEqual(len(self._presences()), 1)

    def test_a_supervisor_who_starts_for_a_mechanic_checks_the_mechanic_in(self):
        _order, job = self._approved_order()
        self.as_role("supervisor", job).action_start()
        self.assertEqual(len(self._presences()), 1)

    def test_or_asks_to_check_in_first(self):
        self.company.taller_clock_attendance = "refuse"
        _order, job = self._approved_order()
        with self.assertRaisesRegex(UserError, "check in first"):
            self.as_role("mechanic", job).action_start()
        self.assertEqual(job.state, "approved")
        self._attendance(check_in=self._ago(hours=1))
        self.as_role("mechanic", job).action_start()
        self.assertTrue(job.is_clock_running)

    def test_or_does_not_care(self):
        self.company.taller_clock_attendance = "ignore"
        _order, job = self._approved_order()
        self.as_role("mechanic", job).action_start()
        self.assertFalse(self._presences())
        self.assertFalse(job.time_ids.is_outside_attendance)
        self._attendance(check_in=self._ago(hours=1)).check_out = self.now
        self.assertTrue(job.is_clock_running)

    def test_leaving_stops_the_clock_at_the_check_out(self):
        _order, job = self._approved_order()
        for leave in (
            lambda attendance: attendance.employee_id._attendance_action_change(),
            lambda attendance: attendance.write({"check_out": self._ago(minutes=10)}),
            lambda attendance: attendance.write({"check_out": self.now + timedelta(hours=2)}),
            lambda attendance: attendance.unlink(),
        ):
            attendance = self._attendance(check_in=self._ago(hours=3))
            time = self._time(job, self._ago(hours=2))
            job.sudo().state = "in_progress"
            leave(attendance)
            self.assertEqual(time.stop_reason, "left")
            self.assertLessEqual(time.stop, fields.Datetime.now())
            self.assertEqual(job.pause_reason, "left")
            if attendance.exists():
                self.assertEqual(time.stop, min(attendance.check_out, time.stop))
                self.assertFalse(time.is_outside_attendance)
            time.unlink()
            attendance.exists().unlink()

    def test_the_automatic_check_out_stops_a_forgotten_clock(self):
        self.company.write({"auto_check_out": True, "auto_check_out_tolerance": 1})
        _order, job = self._approved_order()
        start = fields.Datetime.to_datetime(self._ago(days=3).date()) + timedelta(hours=8)
        attendance = self._attendance(check_in=start)
        time = self._time(job, start + timedelta(hours=1))
        self.env["hr.attendance"]._cron_auto_check_out()
        self.assertTrue(attendance.check_out)
        self.assertEqual(time.stop, max(attendance.check_out, time.start))

    def test_a_check_out_entered_late_does_not_take_the_next_days_clock(self):
        _order, job = self._approved_order()
        forgotten = self._attendance(check_in=self._ago(hours=30))
        time = self._time(job, self._ago(hours=2))
        forgotten.check_out = self._ago(hours=20)
        self.assertFalse(time.stop)
        self.assertFalse(time.is_outside_attendance)
        self.assertEqual(self._presences()[0].check_in, time.start)

    def test_where_mechanics_check_in_themselves_such_a_clock_stops_and_is_flagged(self):
        self.company.taller_clock_attendance = "refuse"
        _order, job = self._approved_order()
        forgotten = self._attendance(check_in=self._ago(hours=30))
        time = self._time(job, self._ago(hours=2))
        forgotten.check_out = self._ago(hours=20)
        self.assertTrue(time.stop)
        self.assertTrue(time.is_outside_attendance)

    def test_an_earlier_check_out_cuts_the_time(self):
        _order, job = self._approved_order()
        attendance = self._attendance(check_in=self._ago(hours=5))
        time = self._time(job, self._ago(hours=4))
        attendance.check_out = self._ago(hours=1)
        attendance.check_out = self._ago(hours=2)
        self.assertEqual(time.stop, self._ago(hours=2))

    def test_times_outside_attendance_are_found(self):
        _order, job = self._approved_order()
        self._attendance(check_in=self._ago(hours=5), check_out=self._ago(hours=3))
        inside = self._time(job, self._ago(hours=5), self._ago(hours=4))
        outside = self._time(job, self._ago(hours=4), self._ago(hours=2))
        found = self.env["taller.job.time"].search(
            [("job_id", "=", job.id), ("is_outside_attendance", "=", True)]
        )
        self.assertEqual(found, outside)
        self.assertEqual((inside | outside).mapped("is_outside_attendance"), [False, True])

    def test_the_check_in_costs_one_query_for_many(self):
        def count_queries(jobs):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["taller.job.time"]._start({job: job.sudo().mechanic_ids for job in jobs})
            return self.cr.sql_log_count - before

        _order, first = self._approved_order()
        mechanics = self.env["hr.employee"].create([{"name": f"Mechanic {number}"} for number in range(11)])
        for mechanic in mechanics:
            self._attendance(mechanic, check_in=self._ago(hours=1))
        jobs = first.sudo().union(
            *(first.sudo().copy({"mechanic_ids": [Command.set(mechanic.ids)]}) for mechanic in mechanics)
        )
        count_queries(jobs[1:2])
        one, many = count_queries(jobs[2:3]), count_queries(jobs[3:])
        self.assertEqual(one, many)
