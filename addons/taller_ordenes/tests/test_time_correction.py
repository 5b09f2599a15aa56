from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..tools.clock_limit import get_end_of_work
from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestTimeCorrection(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = fields.Datetime.now()
        _order, cls.job = cls._approved_order()
        cls.time = cls._make_time(cls.now - timedelta(hours=5), cls.now - timedelta(hours=1))

    @classmethod
    def _make_time(cls, start, stop=False):
        return cls.env["taller.job.time"].create(
            {"job_id": cls.job.id, "employee_id": cls.mechanic.id, "start": start, "stop": stop}
        )

    def _ago(self, **delta):
        return self.now - timedelta(**delta)

    # A supervisor corrects

    def test_a_supervisor_corrects_a_time_and_leaves_a_trail(self):
        action = self.as_role("supervisor", self.time).action_open_correct()
        wizard = Form(self.as_role("supervisor", action["res_model"]).with_context(**action["context"]))
        wizard.stop = self._ago(hours=2)
        wizard.reason = "Forgot to pause for lunch"
        wizard.save().action_correct()
        self.assertEqual(self.time.hours, 3)
        change = self.as_role("supervisor", self.time).change_ids
        self.assertEqual(change.create_uid, self.users["supervisor"])
        self.assertEqual(change.reason, "Forgot to pause for lunch")
        self.assertEqual((change.old_start, change.old_stop), (self._ago(hours=5), self._ago(hours=1)))
        self.assertEqual((change.start, change.stop), (self._ago(hours=5), self._ago(hours=2)))

    def test_nobody_else_corrects_and_nobody_touches_the_trail(self):
        arguments = (self._ago(hours=5), self._ago(hours=2), "Why not")
        for role in ("mechanic", "parts", "reception", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.time).action_correct(*arguments)
        self.shop.supervisor_ids -= self.users["supervisor"]
        self.users["supervisor"].shop_ids -= self.shop
        with self.assertRaises(AccessError):
            self.as_role("supervisor", self.time).action_correct(*arguments)
        self.as_role("administrator", self.time).action_correct(*arguments)
        change = self.as_role("administrator", self.time).change_ids
        for attempt in (
            lambda: change.write({"reason": "Another"}),
            lambda: change.unlink(),
            lambda: change.copy(),
            lambda: self.as_role("mechanic", change).read(["reason"]),
            lambda: self.as_role("supervisor", change).read(["reason"]),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_impossible_corrections_get_a_sentence(self):
        self._make_time(self._ago(hours=8), self._ago(hours=6))
        time = self.as_role("supervisor", self.time)
        for start, stop, reason, sentence in (
            (5, 2, "  ", "reason"),
            (5, None, "No end", "when it ended"),
            (None, 2, "No start", "when the work began"),
            (2, 5, "Backwards", "before it began"),
            (5, -1, "Tomorrow", "to come"),
            (40, 1, "Night shift", "24 hours"),
            (7, 1, "Both at once", "at that time"),
        ):
            start, stop = (None if hours is None else self._ago(hours=hours) for hours in (start, stop))
            with self.assertRaisesRegex(UserError, sentence):
                time.action_correct(start, stop, reason)
        time.action_correct(fields.Datetime.to_string(self._ago(hours=6)), self._ago(hours=1), "As text")
        self.assertEqual(self.time.hours, 5)

    def test_a_running_clock_is_corrected_and_stopped(self):
        running = self._make_time(self._ago(minutes=50))
        self.job.sudo().state = "in_progress"
        self.as_role("supervisor", running).action_correct(self._ago(minutes=40), None, "Started late")
        self.assertFalse(running.stop)
        self.as_role("supervisor", running).action_correct(
            self._ago(minutes=40), self._ago(minutes=10), "Left"
        )
        self.assertEqual(running.stop, self._ago(minutes=10))
        self.assertEqual(self.job.pause_reason, "other")
        self.assertEqual(len(running.sudo().change_ids), 2)

    # Forgotten clocks

    def test_work_is_over_when_the_shop_closes(self):
        closing = {0: 17.5, 5: 12.0}
        monday = datetime(2026, 3, 9, 8)
        self.assertEqual(get_end_of_work(monday, closing), datetime(2026, 3, 9, 17, 30))
        saturday = datetime(2026, 3, 14, 8)
        self.assertEqual(get_end_of_work(saturday, closing), datetime(2026, 3, 14, 12))
        late = datetime(2026, 3, 9, 18)
        self.assertEqual(get_end_of_work(late, closing, 8), datetime(2026, 3, 10, 2))
        sunday = datetime(2026, 3, 15, 8)
        self.assertEqual(get_end_of_work(sunday, closing), datetime(2026, 3, 15, 20))

    def test_forgotten_clocks_stop_at_closing_time_and_the_supervisor_is_told(self):
        self.shop.tz = "America/Guatemala"
        self.shop.resource_calendar_id.attendance_ids.filtered(lambda a: a.dayofweek == "0").write(
            {"hour_from": 8, "hour_to": 17}
        )
        self.time.unlink()
        self.company.taller_clock_tolerance = 2
        self.env["taller.job.time"].search([("stop", "=", False)]).write({"stop": self.now})
        with freeze_time("2026-03-09 15:00:00"):
            time = self._make_time(fields.Datetime.now())
            self.job.sudo().state = "in_progress"
        with freeze_time("2026-03-10 00:59:00"):  # an hour and 59 minutes after closing
            self.env["taller.job.time"]._cron_stop_forgotten()
            self.assertFalse(time.stop)
        with freeze_time("2026-03-10 01:00:00"):
            self.env["taller.job.time"]._cron_stop_forgotten()
        self.assertEqual(time.stop, datetime(2026, 3, 9, 23))
        self.assertEqual(time.stop_reason, "forgotten")
        self.assertEqual(self.job.pause_reason, "forgotten")
        activity = self.job.order_id.activity_ids
        self.assertEqual(activity.user_id, self.users["supervisor"])
        self.assertIn(self.mechanic.name, activity.summary)

    def test_a_shop_without_hours_forgets_after_a_long_day(self):
        self.time.unlink()
        self.shop.resource_calendar_id = False
        time = self._make_time(self._ago(hours=15))
        self.env["taller.job.time"]._cron_stop_forgotten()
        self.assertEqual(time.hours, 12)
