from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon

RECEPTION_STEPS = (
    "action_start_estimate",
    "action_send_estimate",
    "action_show_estimate",
    "action_ready",
    "action_reopen",
    "action_deliver",
    "action_open_cancel",
)


@tagged("post_install", "-at_install")
class TestFlow(OrderCommon):
    def test_from_the_gate_to_the_delivered_car(self):
        order = self._receive()
        order.action_start_estimate()
        self.assertEqual(order.state, "estimating")
        job = self._propose(order)
        order.action_send_estimate()
        self.assertEqual(order.state, "waiting")
        self._decide(order.estimate_id)
        self.assertEqual((order.state, job.state), ("in_progress", "approved"))
        self.as_role("mechanic", job).action_start()
        self.as_role("mechanic", job).action_finish()
        self.assertEqual(job.state, "done")
        order.action_ready()
        self.assertTrue(order.ready_at)
        order.action_deliver()
        self.assertEqual(order.state, "delivered")
        self.assertTrue(order.delivered_at)

    def test_only_reception_and_above_take_its_steps(self):
        order = self._receive()
        for role in ("mechanic", "parts", "manager", "accounting"):
            for step in RECEPTION_STEPS:
                with self.assertRaises(AccessError, msg=(role, step)):
                    getattr(self.as_role(role, order), step)()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_cancel("No")
        self.assertEqual(order.state, "received")

    def test_nobody_takes_steps_of_another_shop(self):
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        for role in set(ROLES) - {"administrator"}:
            for step in RECEPTION_STEPS:
                with self.assertRaises(AccessError, msg=(role, step)):
                    getattr(self.as_role(role, elsewhere), step)()
        with self.assertRaises(AccessError):
            elsewhere.with_user(self.portal_user).action_cancel("No")

    def test_each_step_has_its_state(self):
        order = self._receive()
        for step in ("action_ready", "action_reopen", "action_deliver"):
            with self.assertRaises(UserError, msg=step):
                getattr(order, step)()
        order.action_start_estimate()
        with self.assertRaises(UserError):
            order.action_start_estimate()

    def test_an_estimate_needs_jobs_with_prices(self):
        order = self._receive()
        with self.assertRaisesRegex(UserError, "no job to decide on"):
            order.action_send_estimate()
        order.env["taller.job"].create({"order_id": order.id, "name": "Clutch"})
        with self.assertRaisesRegex(UserError, "Clutch"):
            order.action_send_estimate()

    def test_a_customer_without_email_decides_on_the_receptions_screen(self):
        self.customer.email = False
        order = self._receive()
        self._propose(order)
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            order.action_send_estimate()
        action = order.action_show_estimate()
        self.assertIn(order.sudo().estimate_id.access_token, action["url"])
        self.assertEqual(order.state, "waiting")

    def test_the_estimate_goes_out_by_the_mail_queue(self):
        order = self._receive()
        self._propose(order)
        order.action_send_estimate()
        self._send_notices()
        mail = order.sudo().notice_ids.mail_id
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn(order.sudo().estimate_id.get_portal_url(), mail.body_html.replace("&amp;", "&"))

    def test_ready_waits_for_all_approved_jobs(self):
        order, job = self._approved_order()
        with self.assertRaisesRegex(UserError, "Front brakes"):
            order.action_ready()
        self.as_role("supervisor", job).action_start()
        with self.assertRaises(UserError):
            order.action_ready()
        self.as_role("supervisor", job).action_finish()
        extra = self._propose(order, name="Wipers")
        with self.assertRaisesRegex(UserError, "Wipers"):
            order.action_ready()
        extra.unlink()
        order.action_ready()
        with self.assertRaises(UserError):
            self._propose(order, name="Too late")
        order.action_reopen()
        self._propose(order, name="One more thing")

    def test_cancelling_needs_a_reason_and_stopped_clocks(self):
        order, job = self._approved_order()
        for reason in ("", "   ", None):
            with self.assertRaises(UserError):
                order.action_cancel(reason)
        self.as_role("mechanic", job).action_start()
        with self.assertRaisesRegex(UserError, "on the clock"):
            order.action_cancel("The customer takes it home")
        self.as_role("mechanic", job).action_pause("lunch")
        action = order.action_open_cancel()
        self.env["taller.order.cancel"].with_user(self.users["reception"]).with_context(
            **action["context"]
        ).create({"reason": "The customer takes it home"}).action_cancel()
        self.assertEqual(order.state, "cancelled")
        self.assertEqual(order.cancel_reason, "The customer takes it home")
        self.assertEqual(job.state, "cancelled")
        self.assertEqual(order.sale_order_ids.mapped("state"), ["cancel"])
