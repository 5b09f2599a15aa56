from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestQuality(OrderCommon):
    """Finished work is checked by somebody else, and goes back if it isn't good."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.taller_gate_quality = True
        cls.env["taller.inspection.template"].search([("kind", "=", "quality")]).active = False
        lines = [Command.create({"name": name, "sequence": n}) for n, name in enumerate(("Leaks", "Drive"))]
        cls.env["taller.inspection.template"].create(
            {"name": "Before delivery", "kind": "quality", "line_ids": lines}
        )

    def _work(self, job):
        self.as_role("mechanic", job).action_start()
        self.as_role("mechanic", job).action_finish()

    def _done_order(self, *names):
        order = self._receive()
        jobs = [self._propose(order, name=name) for name in names or ("Front brakes",)]
        order.action_send_estimate()
        self._decide(order.estimate_id)
        for job in jobs:
            self._work(job)
        return order, *jobs

    def _check(self, order, user, drive="green"):
        check = (
            self.env["taller.inspection"]
            .with_user(user)
            .browse(order.with_user(user).action_start_quality_check()["res_id"])
        )
        self._answer(check, leaks="green", drive=drive)
        return check, check.action_confirm()

    def test_ready_waits_for_the_check(self):
        order, job = self._done_order()
        with self.assertRaisesRegex(UserError, "quality check isn't passed yet for: Front brakes"):
            order.action_ready()
        [gate] = [gate for gate in order.gate_list if gate["name"] == "quality"]
        self.assertEqual(gate["action"]["method"], "action_start_quality_check")
        check, _next = self._check(order, self.second_mechanic)
        self.assertEqual(job.quality_check_id, check)
        order.action_ready()
        self.assertEqual(order.state, "ready")

    def test_nobody_checks_their_own_work(self):
        order, job = self._done_order()
        mechanic = self.users["mechanic"]
        with self.assertRaisesRegex(UserError, "somebody else"):
            order.with_user(mechanic).action_start_quality_check()
        begun = order.with_user(self.second_mechanic).action_start_quality_check()["res_id"]
        check = self.env["taller.inspection"].with_user(mechanic).browse(begun)
        with self.assertRaisesRegex(UserError, "somebody else"):
            self._answer(check, leaks="green", drive="green")
        with self.assertRaisesRegex(UserError, "somebody else"):
            check.action_confirm()
        job.mechanic_ids = self.mechanic2  # as if somebody else had done it
        with self.assertRaisesRegex(UserError, "somebody else"):
            check.action_confirm()
        self.company.taller_quality_own_work = True
        self._answer(check, leaks="green", drive="green")
        check.action_confirm()
        order.action_ready()

    def test_a_failed_check_sends_the_job_back(self):
        order, job = self._done_order()
        self._check(order, self.second_mechanic, drive={"rating": "red", "note": "It still squeals"})
        self.assertEqual((job.state, job.rework_count), ("in_progress", 1))
        self.assertFalse(job.finished_at)
        self.assertIn("It still squeals", job.rework_note)
        message = order.message_ids[0]
        self.assertIn("It still squeals", message.body)
        self.assertIn(self.users["mechanic"].partner_id, message.notified_partner_ids)
        with self.assertRaisesRegex(UserError, "Front brakes"):
            order.action_ready()
        self._work(job)
        with self.assertRaisesRegex(UserError, "quality check"):
            order.action_ready()
        self._check(order, self.second_mechanic)
        order.action_ready()

    def test_of_several_jobs_the_checker_says_which_go_back(self):
        order, brakes, wipers = self._done_order("Front brakes", "Wipers")
        check, action = self._check(order, self.second_mechanic, drive="red")
        self.assertEqual(order.quality_failed_id, check)
        with self.assertRaisesRegex(UserError, "has failed"):
            order.action_ready()
        wizards = (
            self.env[action["res_model"]].with_user(self.second_mechanic).with_context(**action["context"])
        )
        with self.assertRaisesRegex(UserError, "Choose"):
            wizards.create({}).action_return()
        wizards.create({"job_ids": wipers.ids}).action_return()
        self.assertEqual((brakes.state, wipers.state), ("done", "in_progress"))
        self.assertFalse(order.quality_failed_id)
        with self.assertRaisesRegex(UserError, "no failed quality check"):
            wizards.create({"job_ids": brakes.ids, "note": "Again"}).action_return()
        self._work(wipers)
        self._check(order, self.second_mechanic)
        self.assertTrue(brakes.quality_check_id and wipers.quality_check_id)

    def test_a_job_done_after_the_check_is_checked_too(self):
        order, _job = self._done_order()
        self._check(order, self.second_mechanic)
        extra = self._propose(order, name="Wipers")
        order.action_send_estimate()
        self._decide(order.estimate_id)
        self._work(extra)
        with self.assertRaisesRegex(UserError, "passed yet for: Wipers"):
            order.action_ready()

    def test_the_check_comes_after_the_work(self):
        order, _job = self._approved_order()
        with self.assertRaisesRegex(UserError, "afterwards"):
            order.action_start_quality_check()
        with self.assertRaisesRegex(UserError, "nothing to check"):
            self._receive().action_start_quality_check()

    def test_who_may_not_check(self):
        order, job = self._done_order()
        for role in ("parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_start_quality_check()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_return_jobs()
        with self.assertRaises(AccessError):
            order.with_user(self.portal_user).action_start_quality_check()
        for name, value in (("quality_check_id", False), ("rework_count", 0)):
            with self.assertRaises(AccessError):
                self._state_via_rpc(self.users["supervisor"], job, {name: value})
        with self.assertRaises(AccessError):
            self._state_via_rpc(self.users["supervisor"], order, {"quality_failed_id": False})
