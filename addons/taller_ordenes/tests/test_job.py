import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestJob(OrderCommon):
    def test_the_assigned_mechanic_clocks_on_pauses_and_finishes(self):
        _order, job = self._approved_order()
        job = self.as_role("mechanic", job)
        job.action_start()
        self.assertEqual(job.state, "in_progress")
        self.assertTrue(job.is_my_clock_running)
        job.action_pause("lunch")
        self.assertFalse(job.is_my_clock_running)
        self.assertEqual(job.state, "in_progress")
        job.action_start()
        job.action_finish()
        self.assertEqual(job.state, "done")
        self.assertEqual(len(job.time_ids), 2)
        self.assertTrue(all(job.time_ids.mapped("stop")))

    def test_hours_come_from_the_clock(self):
        _order, job = self._approved_order()
        self.env["taller.job.time"].create(
            {
                "job_id": job.id,
                "employee_id": self.mechanic.id,
                "start": "2026-01-05 08:00:00",
                "stop": "2026-01-05 09:30:00",
            }
        )
        self.assertEqual(job.clocked_hours, 1.5)
        self.assertEqual(job.time_ids.hours, 1.5)
        self.assertEqual(job.planned_hours, 2)

    def test_only_assigned_mechanics_and_supervisors_work_on_a_job(self):
        _order, job = self._approved_order()
        with self.assertRaises(AccessError):
            job.with_user(self.second_mechanic).action_start()
        for role in ("parts", "reception", "manager", "accounting"):
            for step in ("action_start", "action_pause", "action_finish"):
                with self.assertRaises(AccessError, msg=(role, step)):
                    getattr(self.as_role(role, job), step)()
        self.as_role("supervisor", job).action_start()
        self.assertEqual(job.time_ids.employee_id, self.mechanic)
        self.as_role("supervisor", job).action_finish()
        self.assertEqual(job.state, "done")

    def test_the_supervisor_of_another_shop_does_not(self):
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        job = self._propose(elsewhere)
        elsewhere.action_send_estimate()
        self._decide(elsewhere.estimate_id)
        with self.assertRaises(AccessError):
            self.as_role("supervisor", job).action_start()

    def test_work_waits_for_the_customer(self):
        order = self._receive()
        job = self._propose(order)
        with self.assertRaises(UserError):
            self.as_role("mechanic", job).action_start()
        order.action_send_estimate()
        with self.assertRaises(UserError):
            self.as_role("mechanic", job).action_start()

    def test_a_mechanic_is_on_one_job_at_a_time(self):
        _order, brakes = self._approved_order()
        _order, clutch = self._approved_order()
        self.as_role("mechanic", brakes).action_start()
        with self.assertRaisesRegex(UserError, "Front brakes"):
            self.as_role("mechanic", clutch).action_start()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env["taller.job.time"].create(
                {"job_id": clutch.id, "employee_id": self.mechanic.id, "start": fields.Datetime.now()}
            )

    def test_two_mechanics_share_a_job(self):
        _order, job = self._approved_order()
        job.mechanic_ids = [Command.set((self.mechanic | self.mechanic2).ids)]
        self.as_role("mechanic", job).action_start()
        job.with_user(self.second_mechanic).action_start()
        self.assertEqual(job.time_ids.employee_id, self.mechanic | self.mechanic2)
        with self.assertRaisesRegex(UserError, "Second Mechanic"):
            self.as_role("mechanic", job).action_finish()
        job.with_user(self.second_mechanic).action_pause("lunch")
        self.as_role("mechanic", job).action_finish()
        self.assertEqual(job.state, "done")

    def test_a_job_without_mechanic_is_not_started(self):
        _order, job = self._approved_order()
        job.mechanic_ids = [Command.clear()]
        with self.assertRaises(UserError):
            self.as_role("supervisor", job).action_start()

    def test_my_jobs(self):
        _order, job = self._approved_order()
        mine = [("is_mine", "=", True)]
        self.assertIn(job, self.as_role("mechanic", "taller.job").search(mine))
        self.assertNotIn(job, self.env["taller.job"].with_user(self.second_mechanic).search(mine))

    def test_what_was_decided_on_stays(self):
        _order, job = self._approved_order()
        for values in ({"name": "Rear brakes"}, {"line_ids": [Command.delete(job.line_ids[0].id)]}):
            with self.assertRaises(UserError):
                job.write(values)
        with self.assertRaises(UserError):
            job.unlink()
        job.mechanic_ids = [Command.set(self.mechanic2.ids)]

    def test_what_was_done_stays_as_it_was_delivered(self):
        order, job = self._finished_order()
        self.as_role("mechanic", job).correction = "Pads replaced"
        order.action_deliver()
        for role, values in (
            ("mechanic", {"correction": "Discs too"}),
            ("mechanic", {"replaced_parts": "returned"}),
            ("reception", {"cause": "Something else"}),
            ("supervisor", {"planned_hours": 20}),
            ("supervisor", {"mechanic_ids": [Command.set(self.mechanic2.ids)]}),
        ):
            with self.assertRaisesRegex(UserError, "closed", msg=(role, values)):
                self.as_role(role, job).write(values)
        self.assertEqual(job.correction, "Pads replaced")
        self.as_role("reception", job).follow_up_closed = True

    def test_products_invoiced_as_delivered_are_delivered_with_the_job(self):
        self.pads.invoice_policy = "delivery"
        order, job = self._finished_order()
        self.assertEqual(job.line_ids.filtered(lambda line: line.product_id == self.pads).qty_delivered, 1)
        self.assertEqual(order.sale_order_ids.invoice_status, "to invoice")

    def test_the_list_opens_with_a_constant_number_of_queries(self):
        def count_queries(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.as_role("reception", "taller.job").web_search_read(
                [],
                {name: {} for name in ("name", "planned_hours", "clocked_hours", "amount_total")},
                limit=limit,
            )
            return self.cr.sql_log_count - before

        order = self._receive()
        for number in range(20):
            self._propose(order, name=f"Job {number}")
        count_queries(1)
        self.assertEqual(count_queries(20), count_queries(5))
