from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestWorkQueue(OrderCommon):
    def tile(self, key, role="reception"):
        """What the role's tile of that name says of the test shop, and of all shops."""
        queue = self.as_role(role, "taller.order").get_queue()
        [tile] = [tile for tile in queue["tiles"] if tile["key"] == key]
        return tile["shops"].get(self.shop.id), tile["shops"]

    def test_each_desk_s_tile_counts_what_lies_there(self):
        with freeze_time("2026-03-02 15:00:00"):
            self._receive(promised_at="2026-03-02 16:00:00")
            self._receive()
        with freeze_time("2026-03-02 18:10:00"):
            self._receive(promised_at="2026-03-03 14:00:00")
            mine, _all = self.tile("inspection")
        self.assertEqual((mine["count"], mine["late"], mine["age"]), (3, 1, "3 h"))
        self.assertIsNone(self.tile("estimate")[0])

    def test_a_ready_car_isn_t_late(self):
        order, _job = self._finished_order()
        order.sudo().promised_at = "2026-01-01 14:00:00"
        self.assertEqual(self.tile("pickup")[0]["late"], 0)

    def test_everybody_sees_the_own_shops(self):
        self._receive()
        self._receive(role="administrator", shop_id=self.other_shop.id)
        for role in ROLES:
            _mine, shops = self.tile("inspection", role)
            self.assertEqual(self.other_shop.id in shops, role in ("accounting", "administrator"), role)
        with self.assertRaises(AccessError):
            self.env["taller.order"].with_user(self.portal_user).get_queue()

    def test_all_tiles_come_in_one_query(self):
        for _number in range(3):
            self._receive()
        self._approved_order()
        self.env.flush_all()
        queue = self.as_role("reception", "taller.order")
        queue.get_queue()
        with self.assertQueryCount(1):
            queue.get_queue()


@tagged("post_install", "-at_install")
class TestMissingParts(OrderCommon):
    def test_a_job_waits_for_its_parts_until_somebody_says_they_are_here(self):
        order, job = self._approved_order()
        self.as_role("mechanic", job).action_await_parts()
        self.assertEqual(job.parts_missing, "Brake pads")
        self.assertEqual(order.waiting_for, "parts")
        since = job.parts_missing_since
        self.as_role("parts", job).action_await_parts("Brake pads, ordered from El Motor")
        self.assertEqual(job.parts_missing, "Brake pads, ordered from El Motor")
        self.assertEqual(job.parts_missing_since, since)
        self.as_role("parts", job).action_parts_arrived()
        self.assertFalse(job.parts_missing_since)
        self.assertEqual(order.waiting_for, "mechanic")

    def test_who_pauses_for_parts_needs_no_second_tap(self):
        order, job = self._approved_order()
        job = self.as_role("mechanic", job)
        job.action_start()
        job.action_pause("parts")
        self.assertEqual(order.waiting_for, "parts")
        job.action_start()
        self.assertFalse(job.parts_missing_since)
        self.assertEqual(order.waiting_for, "work")

    def test_who_may_say_so(self):
        _order, job = self._approved_order()
        for role in ("mechanic", "parts", "reception", "supervisor", "administrator"):
            self.as_role(role, job).action_await_parts()
            self.as_role(role, job).action_parts_arrived()
        for user in (self.users["manager"], self.users["accounting"], self.second_mechanic, self.portal_user):
            for step in ("action_await_parts", "action_parts_arrived"):
                with self.assertRaises(AccessError, msg=(user.login, step)):
                    getattr(job.with_user(user), step)()
        with self.assertRaises(AccessError):
            self.as_role("reception", job).parts_missing_since = "2026-01-01 10:00:00"

    def test_only_work_that_is_to_be_done_waits_for_parts(self):
        order = self._receive()
        with self.assertRaises(UserError):
            self._propose(order).action_await_parts()
        _order, job = self._finished_order()
        with self.assertRaises(UserError):
            self.as_role("parts", job).action_await_parts()


@tagged("post_install", "-at_install")
class TestWarning(OrderCommon):
    def warnings(self, order):
        return order.activity_ids.filtered(
            lambda activity: (
                activity.activity_type_id == self.env.ref("taller_ordenes.mail_activity_type_promise")
            )
        )

    def warn(self):
        self.env.flush_all()
        self.env["taller.order"]._cron_warn_promises()
        self.env.invalidate_all()

    def test_adviser_and_supervisor_are_warned_once(self):
        with freeze_time("2026-03-02 15:00:00"):
            order = self._receive(promised_at="2026-03-02 16:30:00")
            self._propose(order, hours=8)
            calm = self._receive(promised_at="2026-03-20 16:30:00")
            self.warn()
            self.warn()
        self.assertEqual(self.warnings(order).user_id, self.users["reception"] | self.users["supervisor"])
        self.assertEqual(len(self.warnings(order)), 2)
        self.assertIn("8.0 h of work are left", self.warnings(order)[0].summary)
        self.assertFalse(self.warnings(calm))

    def test_a_new_promise_is_a_new_warning(self):
        with freeze_time("2026-03-02 15:00:00"):
            order = self._receive(promised_at="2026-03-02 16:30:00")
            self._propose(order, hours=8)
            self.warn()
            order.promised_at = "2026-03-02 17:30:00"
            self.warn()
        self.assertEqual(len(self.warnings(order)), 4)

    def test_a_ready_car_needs_no_warning_any_more(self):
        with freeze_time("2026-03-02 15:00:00"):
            order, job = self._approved_order(promised_at="2026-03-02 15:30:00")
            self.warn()
            self.assertTrue(self.warnings(order))
            self.as_role("mechanic", job).action_start()
            self.as_role("mechanic", job).action_finish()
            order.action_ready()
            self.warn()
        self.assertFalse(self.warnings(order))

    def test_nobody_but_the_schedule_touches_the_mark(self):
        with self.assertRaises(AccessError):
            self.as_role("administrator", self._receive()).promise_warned_for = "2026-03-02 15:30:00"
