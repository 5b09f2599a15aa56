from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..tools.job_content import compare
from ..tools.moment import describe_day
from .common import SIGNATURE, OrderCommon


@tagged("post_install", "-at_install")
class TestMyJobs(OrderCommon):
    """What a mechanic's phone says: the order of the cards, what has changed, and what is told to reception."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["mechanic"].lang = "en_US"

    def _mine(self, job):
        self.env.invalidate_all()
        return self.as_role("mechanic", job).with_context(lang="en_US", tz="America/Guatemala")

    # The cards

    def test_what_runs_is_on_top_and_what_waits_at_the_end(self):
        order = self._receive()
        names = ("Waits", "Later", "Begun", "Runs")
        waits, later, begun, runs = (self._propose(order, name=name) for name in names)
        order.action_send_estimate()
        self._decide(order.estimate_id)
        for job in (begun, runs):
            self.as_role("mechanic", job).action_start()
            if job == begun:
                self.as_role("mechanic", job).action_pause("lunch")
        waits.sudo().state = "proposed"
        jobs = self.as_role("mechanic", "taller.job").search(
            [("order_id", "=", order.id)], order="card_rank, promised_at, sequence, id"
        )
        self.assertEqual(jobs, runs | begun | later | waits)

    def test_a_card_says_what_it_waits_for(self):
        order = self._receive()
        job = self._propose(order)
        self.assertEqual(self._mine(job).waits_for, "Waits for the estimate")
        order.action_send_estimate()
        self.assertEqual(self._mine(job).waits_for, "Waits for the customer")
        self._decide(order.estimate_id)
        self.assertFalse(self._mine(job).waits_for)

    def test_promised_times_as_one_says_them(self):
        today = fields.Date.to_date("2026-03-10")
        for distance, said in (
            (-2, "date"),
            (-1, "yesterday"),
            (0, "today"),
            (1, "tomorrow"),
            (6, "week"),
            (7, "date"),
        ):
            self.assertEqual(describe_day(today + timedelta(days=distance), today), said, distance)
        _order, job = self._approved_order(promised_at=fields.Datetime.now() + timedelta(minutes=1))
        self.assertRegex(self._mine(job).promised_text, r"^(today|tomorrow) \d\d:\d\d$")
        self.assertFalse(self._mine(job).is_late)
        job.order_id.sudo().promised_at = fields.Datetime.now() - timedelta(minutes=1)
        self.assertTrue(self._mine(job).is_late)

    # What has changed

    def test_what_has_changed_is_told_as_old_and_new(self):
        seen = {
            "name": "Brakes",
            "concern": None,
            "promised": "2026-03-10 16:00:00",
            "lines": [[2, 1, "Labour"]],
        }
        now = {**seen, "promised": None, "lines": [[2, 1, "Labour"], [2, 1, "Labour"], [1, 2, "Disc"]]}
        self.assertEqual(compare(seen, seen), [])
        self.assertEqual(
            compare(seen, now),
            [
                ("promised", "2026-03-10 16:00:00", None),
                ("added", None, (2, 1, "Labour")),
                ("added", None, (1, 2, "Disc")),
            ],
        )
        self.assertEqual(compare(now, {**now, "lines": []})[0][0], "removed")

    def test_changes_are_marked_until_the_mechanic_has_seen_them(self):
        order = self._receive()
        order.sudo().promised_at = "2026-03-10 22:00:00"
        job = self._propose(order)
        self.assertTrue(self._mine(job).is_new)
        self._mine(job).action_acknowledge()
        self.assertFalse(self._mine(job).is_new)
        self.assertFalse(self._mine(job).changes)
        order.sudo().promised_at = "2026-03-11 23:00:00"
        job.name = "All brakes"
        job.line_ids.filtered(lambda line: line.product_id == self.pads).product_uom_qty = 2
        changes = self._mine(job).changes
        self.assertRegex(changes, r"Promised: .*16:00 → .*17:00")
        self.assertIn("Job: Front brakes → All brakes", changes)
        self.assertRegex(changes, "Added: 2 .*Brake pads")
        self.assertRegex(changes, "No longer: 1 .*Brake pads")
        self.assertNotIn("420", changes)
        self.assertIn("not seen since it changed", job.seen_summary)
        self._mine(job).action_acknowledge()
        self.assertFalse(self._mine(job).changes)
        self.assertRegex(job.seen_summary, r"Test mechanic: seen today \d\d:\d\d")

    def test_a_message_to_the_mechanic_is_a_change(self):
        order, job = self._approved_order()
        self._mine(job).action_acknowledge()
        partner = self.users["mechanic"].partner_id
        order.message_post(body="For the adviser only")
        self.assertFalse(self._mine(job).changes)
        order.message_post(body="The key is in the drawer.", partner_ids=partner.ids, message_type="comment")
        self.assertEqual(self._mine(job).changes, "Message: The key is in the drawer.")
        self._mine(job).action_acknowledge()
        self.assertFalse(self._mine(job).changes)

    def test_starting_a_job_is_seeing_it_but_not_its_changes(self):
        order, job = self._approved_order()
        self.as_role("mechanic", job).action_start()
        self.assertFalse(self._mine(job).is_new)
        order.promised_at = fields.Datetime.now() + timedelta(days=3)
        self.as_role("mechanic", job).action_pause("lunch")
        self.as_role("mechanic", job).action_start()
        self.assertTrue(self._mine(job).changes)

    def test_each_mechanic_confirms_for_themselves(self):
        _order, job = self._approved_order()
        job.mechanic_ids = [Command.set((self.mechanic | self.mechanic2).ids)]
        self._mine(job).action_acknowledge()
        self.assertIn("Test mechanic: seen", job.seen_summary)
        self.assertIn("Second Mechanic: not seen yet", job.seen_summary)
        self.assertTrue(job.with_user(self.second_mechanic).is_new)

    def test_only_assigned_mechanics_confirm(self):
        _order, job = self._approved_order()
        for user in (
            self.second_mechanic,
            *(self.users[role] for role in ("parts", "reception", "supervisor")),
        ):
            with self.assertRaises(AccessError, msg=user.name):
                job.with_user(user).action_acknowledge()
        for role in ("mechanic", "reception", "supervisor"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.job.view").search([])

    def test_my_jobs_open_with_a_constant_number_of_queries(self):
        names = (
            "is_new",
            "changes",
            "waits_for",
            "promised_text",
            "work_to_do",
            "clocked_hours",
            "license_plate",
        )
        order = self._receive()
        jobs = self.env["taller.job"].union(*(self._propose(order, name=f"Job {n}") for n in range(10)))
        self.as_role("mechanic", jobs).action_acknowledge()
        jobs.write({"concern": "It squeals more"})

        def count_queries(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = self.as_role("mechanic", "taller.job").web_search_read(
                [("is_mine", "=", True), ("order_id", "=", order.id)],
                {name: {} for name in names},
                limit=limit,
                order="card_rank, promised_at",
            )
            self.assertEqual(len(found["records"]), limit)
            return self.cr.sql_log_count - before

        count_queries(1)
        self.assertEqual(count_queries(10), count_queries(1))

    # Something else was found

    def test_what_a_mechanic_finds_becomes_a_proposed_job(self):
        order, job = self._approved_order()
        action = self.as_role("mechanic", job).action_open_concern()
        wizard = Form(self.as_role("mechanic", action["res_model"]).with_context(**action["context"]))
        wizard.text = "Left CV boot torn\nGrease on the wheel"
        wizard = wizard.save()
        wizard.image = SIGNATURE
        wizard.action_report()
        found = order.job_ids - job
        self.assertEqual((found.name, found.state), ("Left CV boot torn", "proposed"))
        self.assertEqual(found.concern, "Left CV boot torn\nGrease on the wheel")
        self.assertEqual(found.mechanic_ids, self.mechanic)
        self.assertEqual(found.reported_by_id, self.users["mechanic"])
        self.assertFalse(found.line_ids)
        self.assertEqual(len(found.photo_ids), 1)
        self.assertNotEqual(found.sale_order_id, job.sale_order_id)
        activity = order.activity_ids
        self.assertEqual(activity.user_id, order.user_id)
        self.assertIn("Left CV boot torn", activity.summary)
        self.assertFalse(self._mine(found).is_new)

    def test_the_mechanic_is_told_what_the_customer_decides(self):
        for accepted in (True, False):
            order, job = self._approved_order()
            found = self.as_role("mechanic", job).action_report_concern("Left CV boot torn")
            found = found.with_env(order.env)
            found.line_ids = [Command.create({"product_id": self.pads.id})]
            order.action_send_estimate()
            self._decide(order.estimate_id, accepted=None if accepted else found.browse())
            self.env.invalidate_all()
            told = (
                self.env["mail.message"]
                .search(
                    [
                        ("model", "=", "taller.order"),
                        ("res_id", "=", order.id),
                        ("message_type", "=", "user_notification"),
                    ]
                )
                .filtered(lambda message: self.users["mechanic"].partner_id in message.partner_ids)
            )
            self.assertIn("wants it done" if accepted else "doesn't want it now", told.body)

    def test_what_is_found_is_told_in_a_few_words_by_who_works_on_it(self):
        order, job = self._approved_order()
        for text in ("", "  \n", None):
            with self.assertRaisesRegex(UserError, "few words"):
                self.as_role("mechanic", job).action_report_concern(text)
        with self.assertRaisesRegex(UserError, "too long"):
            self.as_role("mechanic", job).action_report_concern("x" * 2001)
        self.assertEqual(len(self.as_role("mechanic", job).action_report_concern("x" * 100).name), 60)
        for user in (self.second_mechanic, self.users["parts"], self.portal_user):
            with self.assertRaises(AccessError, msg=user.name):
                job.with_user(user).action_report_concern("Not mine")
        with self.assertRaises(AccessError):
            self.as_role("mechanic", job).write({"reported_by_id": self.users["mechanic"].id})
        with self.assertRaisesRegex(UserError, "photo"):
            self.as_role("mechanic", job).action_report_concern("Torn", "bm8gcGhvdG8=")
        order.action_cancel("Went home")
        with self.assertRaises(UserError):
            self.as_role("mechanic", job).action_report_concern("Too late")
