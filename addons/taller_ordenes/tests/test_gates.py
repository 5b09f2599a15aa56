from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestGates(OrderCommon):
    """What must be so before an order is ready, and before it is delivered."""

    def _require(self, *gates):
        self.company.write({f"taller_gate_{gate}": True for gate in gates})

    def _checklist(self, order):
        self.env.invalidate_all()
        return {gate["name"]: gate for gate in order.gate_list or []}

    def _work(self, job, **report):
        self.as_role("supervisor", job).action_start()
        self.as_role("supervisor", job).action_finish()
        job.write(report)

    def _invoice(self, order):
        action = self.as_role("accounting", order).action_create_invoice()
        invoice = self.as_role("accounting", "account.move").browse(action["res_id"])
        invoice.action_post()
        return invoice

    def _pay(self, invoice):
        self.as_role("accounting", "account.payment.register").with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()

    def test_a_small_workshop_meets_few_gates(self):
        order, job = self._approved_order()
        self.assertEqual(list(self._checklist(order)), ["jobs", "decided"])
        self._work(job)
        order.action_ready()
        self.assertEqual(self._checklist(order), {})
        order.action_deliver()
        self.assertEqual(order.state, "delivered")

    def test_the_checklist_tells_before_the_button_is_pressed(self):
        self._require("mechanics", "correction", "clocks")
        order, job = self._approved_order()
        extra = self._propose(order, name="Wipers")
        checklist = self._checklist(order)
        self.assertEqual(list(checklist), ["jobs", "decided", "mechanics", "correction", "clocks"])
        self.assertEqual(
            {name for name, gate in checklist.items() if not gate["met"]}, {"jobs", "decided", "correction"}
        )
        self.assertIn("Wipers", checklist["decided"]["message"])
        self.assertEqual(checklist["decided"]["action"]["res_id"], extra.id)
        extra.unlink()
        self._work(job, correction="Pads replaced")
        self.assertTrue(all(gate["met"] for gate in self._checklist(order).values()))

    def test_the_button_refuses_with_one_sentence(self):
        self._require("mechanics", "correction")
        order, job = self._approved_order()
        self._work(job)
        job.mechanic_ids = False
        with self.assertRaises(UserError) as refusal:
            order.action_ready()
        self.assertEqual(
            str(refusal.exception),
            f"{order.name} isn't ready: these jobs have no mechanic: Front brakes; "
            "what was done isn't written down for: Front brakes.",
        )
        job.write({"mechanic_ids": self.mechanic, "correction": "  "})
        with self.assertRaisesRegex(UserError, "written down"):
            order.action_ready()
        job.correction = "Pads replaced"
        order.action_ready()

    def test_a_running_clock_is_named(self):
        self._require("clocks")
        order, job = self._approved_order()
        self.as_role("mechanic", job).action_start()
        job.sudo().state = "done"  # however that came about
        with self.assertRaisesRegex(UserError, f"on the clock: {self.mechanic.name}"):
            order.action_ready()

    def test_declined_and_dropped_jobs_need_nothing(self):
        self._require("mechanics", "correction", "evidence")
        order = self._receive()
        brakes = self._propose(order)
        self._propose(order, name="Paint", mechanic_ids=False)
        order.action_send_estimate()
        self._decide(order.estimate_id, accepted=brakes)
        self._work(brakes, correction="Pads replaced")
        order.action_ready()
        order.action_deliver()

    def test_work_without_evidence_is_not_delivered(self):
        self._require("evidence")
        order, job = self._finished_order()
        stray = self.env["taller.job"].create(
            {"order_id": self._receive().id, "name": "Slipped in", "mechanic_ids": self.mechanic}
        )
        stray.sudo().write({"order_id": order.id, "state": "done"})
        with self.assertRaisesRegex(UserError, "Slipped in"):
            order.action_deliver()
        self.assertNotIn(job.name, self._checklist(order)["evidence"]["message"])

    def test_delivery_waits_for_the_invoice_and_its_payment(self):
        self._require("invoiced", "paid")
        order, _job = self._finished_order()
        with self.assertRaisesRegex(UserError, "hasn't made the invoice yet; the invoice isn't paid"):
            order.action_deliver()
        invoice = self._invoice(order)
        self.assertTrue(self._checklist(order)["invoiced"]["met"])
        with self.assertRaisesRegex(UserError, "isn't paid"):
            order.action_deliver()
        self._pay(invoice)
        order.action_deliver()

    def test_supervisor_or_manager_let_a_car_leave_unpaid(self):
        self._require("paid")
        for role in ("supervisor", "manager"):
            order, _job = self._finished_order()
            action = self._checklist(self.as_role(role, order))["paid"]["action"]
            wizard = self.as_role(role, action["res_model"]).with_context(**action["context"])
            wizard.create({"reason": "Pays on Friday"}).action_confirm()
            self.assertEqual(order.unpaid_reason, "Pays on Friday")
            self.assertEqual(order.unpaid_user_id, self.users[role])
            self.assertIn("Pays on Friday", order.message_ids[0].body)
            order.action_deliver()

    def test_nobody_else_lets_a_car_leave_unpaid(self):
        self._require("paid")
        order, _job = self._finished_order()
        for role in set(ROLES) - {"supervisor", "manager", "administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_let_go_unpaid("A friend")
        with self.assertRaises(AccessError):
            order.with_user(self.portal_user).action_let_go_unpaid("It's mine")
        self.assertIsNone(self._checklist(order)["paid"]["action"])
        for role in ROLES:
            with self.assertRaises(AccessError, msg=role):
                self._state_via_rpc(self.users[role], order, {"unpaid_reason": "A friend"})
        for reason in ("", "  ", None):
            with self.assertRaises(UserError):
                self.as_role("supervisor", order).action_let_go_unpaid(reason)

    def test_of_other_shops_nobody_lets_go(self):
        elsewhere, job = self._approved_order(role="administrator", shop_id=self.other_shop.id)
        self.as_role("administrator", job).action_start()
        self.as_role("administrator", job).action_finish()
        elsewhere.action_ready()
        for role in ("supervisor", "manager"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, elsewhere).action_let_go_unpaid("A friend")

    def test_an_open_order_is_not_let_go(self):
        order, _job = self._approved_order()
        with self.assertRaisesRegex(UserError, "In Progress"):
            self.as_role("supervisor", order).action_let_go_unpaid("Pays on Friday")

    def test_ready_and_delivered_cost_the_same_queries_for_one_and_many(self):
        self._require("mechanics", "correction", "clocks", "evidence")
        counts = {}
        for step in ("action_ready", "action_deliver"):
            for size in (1, 1, 6):  # the first warms what is cached
                orders = self.env["taller.order"]
                for _number in range(size):
                    order, job = self._approved_order()
                    self._work(job, correction="Pads replaced")
                    orders |= order
                if step == "action_deliver":
                    orders.action_ready()
                orders = orders.with_user(self.users["reception"])
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                getattr(orders, step)()
                self.env.flush_all()
                counts[step, size] = self.env.cr.sql_log_count - before
        self.assertEqual(counts["action_ready", 1], counts["action_ready", 6])
        self.assertEqual(counts["action_deliver", 1], counts["action_deliver", 6])
