import io

from pdfminer.high_level import extract_text

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.taller_base.models.taller_notice import MAX_TRIES

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestNotice(OrderCommon):
    """What customers are told, on which channel, and what becomes of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.notice_consent = True
        cls.order = cls._receive()
        cls._propose(cls.order)

    def _notices(self, order=None):
        return (order or self.order).sudo().notice_ids

    def _notify(self, event, orders=None):
        (orders or self.order)._notify_customer(event)
        return self._notices(orders)[:1]

    def test_every_event_has_a_template_which_renders_for_the_customer(self):
        self.order.action_send_estimate()
        for event, _label in self.env["taller.notice.rule"]._fields["event"].selection:
            notice = self._notify(event)
            notice._send()
            self.assertEqual((notice.event, notice.state), (event, "sent"), notice.error)
            self.assertEqual(notice.mail_id.recipient_ids, self.customer)
            self.assertIn("Ana Lucía Cifuentes", notice.mail_id.body_html)
            self.assertIn("access_token=", notice.mail_id.body_html)

    def test_the_first_estimate_and_extra_work_are_told_differently(self):
        self.order.action_send_estimate()
        self.assertEqual(self._notices().mapped("event"), ["estimate_ready"])
        self._decide(self.order.estimate_id)
        self._propose(self.order, name="Wipers")
        self.order.action_send_estimate()
        self.assertEqual(self._notices()[0].event, "extra_work")

    def test_nothing_is_rendered_in_the_transaction_of_the_event(self):
        mails = self.env["mail.mail"].search_count([])
        notice = self._notify("ready")
        self.assertEqual(notice.state, "queued")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_ten_orders_queue_their_notices_with_as_many_queries_as_one(self):
        orders = self.env["taller.order"].create(
            [
                {
                    "vehicle_id": self._make_vehicle(f"P-{number}JKL", self.customer).id,
                    "shop_id": self.shop.id,
                }
                for number in range(500, 511)
            ]
        )
        orders[:1]._notify_customer("received")  # fills the caches
        self.env.flush_all()
        counts = []
        for batch in (orders[:1], orders[1:]):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch._notify_customer("ready")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_without_consent_only_what_was_asked_for_is_sent(self):
        self.customer.notice_consent = False
        notice = self._notify("ready")
        self.assertEqual((notice.state, notice.reason), ("unreachable", "no_consent"))
        self.assertEqual(self._notify("estimate_ready").state, "queued")

    def test_who_wants_no_notices_gets_none(self):
        self.customer.preferred_channel = "none"
        self.assertEqual(self._notify("delivered").reason, "no_notices")

    def test_who_wants_to_be_called_is_called(self):
        self.customer.preferred_channel = "phone"
        self.assertEqual(self._notify("ready").reason, "call")
        call = self.order.activity_ids
        self.assertEqual(call.user_id, self.order.user_id)
        self.assertEqual(call.activity_type_id, self.env.ref("mail.mail_activity_data_call"))

    def test_who_has_no_address_is_called(self):
        self.customer.email = "not an address"
        self.assertEqual(self._notify("ready").reason, "no_address")
        self.assertTrue(self.order.activity_ids)

    def test_an_event_without_a_rule_is_silent(self):
        self.env["taller.notice.rule"].search([("event", "=", "delivered")]).active = False
        self.assertFalse(self._notify("delivered"))

    def test_a_company_has_its_own_template(self):
        rule = self.env.ref("taller_ordenes.taller_notice_rule_ready_email")
        template = rule.mail_template_id.copy({"subject": "Come and get it"})
        own = rule.copy({"company_id": self.company.id, "mail_template_id": template.id})
        notice = self._notify("ready")
        notice._send()
        self.assertEqual(notice.rule_id, own)
        self.assertEqual(notice.mail_id.subject, "Come and get it")

    def test_a_message_that_fails_is_kept_tried_again_and_given_up(self):
        notice = self._notify("ready")

        trouble = "The printer is on fire.\nCall the fire brigade."

        def fail(order, event):
            raise UserError(trouble)

        self.patch(type(self.order), "_get_notice_attachments", fail)
        for _try in range(MAX_TRIES):
            self._send_notices()
        self.assertEqual((notice.state, notice.tries), ("failed", MAX_TRIES))
        self.assertEqual(notice.error, "The printer is on fire.")
        self.assertFalse(notice.mail_id)
        notice.with_user(self.users["administrator"]).action_retry()
        self.assertEqual((notice.state, notice.tries, notice.error), ("queued", 0, False))

    def test_the_scheduled_action_empties_the_outbox(self):
        self.env["taller.notice"].search([("state", "=", "queued")]).state = "failed"
        orders = self.order + self._receive(vehicle_id=self._make_vehicle("P-333BCD", self.customer).id)
        orders._notify_customer("ready")
        notices = self._notices(orders)
        lost = notices[:1].copy({"tries": MAX_TRIES, "state": "queued"})
        with self.enter_registry_test_mode():
            self.env.ref("taller_base.ir_cron_notice_queue").method_direct_trigger()
        self.assertEqual(notices.mapped("state"), ["sent", "sent"])
        self.assertEqual(notices.mapped("tries"), [1, 1])
        self.assertEqual(lost.state, "failed")

    def test_the_customers_files_go_with_the_message(self):
        notice = self._notify("ready")
        attachments = lambda order, event: [("a.txt", event.encode())]  # noqa: E731
        self.patch(type(self.order), "_get_notice_attachments", attachments)
        notice._send()
        [file] = notice.mail_id.attachment_ids
        self.assertEqual((file.name, file.raw), ("a.txt", b"ready"))

    def test_who_may_read_the_outbox_and_who_may_send_again(self):
        notice = self._notify("ready")
        self.assertTrue(notice.with_user(self.users["reception"]).subject)
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                notice.with_user(self.users[role]).read(["subject"])
        stranger = self.users["reception"]
        stranger.write({"shop_id": self.other_shop.id, "shop_ids": [Command.set(self.other_shop.ids)]})
        with self.assertRaises(AccessError):
            notice.with_user(stranger).read(["subject"])
        for role in ("supervisor", "reception"):
            with self.assertRaises(AccessError, msg=role):
                notice.with_user(self.users[role]).action_retry()
        with self.assertRaises(AccessError):
            notice.with_user(self.users["administrator"]).write({"state": "sent"})
        with self.assertRaises(AccessError):
            self.order.with_user(self.users["reception"]).write({"notice_ids": [Command.clear()]})

    def test_the_estimate_goes_with_its_notice_on_paper(self):
        self.order.action_send_estimate()
        notice = self._notices()
        notice._send()
        [paper] = notice.mail_id.attachment_ids
        self.assertEqual(paper.name, f"{self.order.estimate_id.name.replace('/', '-')}.pdf")
        text = " ".join(extract_text(io.BytesIO(paper.raw)).split())
        for shown in (
            "Front brakes",
            "770.00",
            "Ana Lucía Cifuentes",
            self.order.estimate_id.taller_sent_hash,
        ):
            self.assertIn(shown, text)
        self.assertNotIn("ACCEPTED", text)

    def test_the_thread_speaks_the_workshops_language_whoever_acts(self):
        self.company.partner_id.lang = "es_GT"
        self.order.action_send_estimate()
        self._decide(self.order.estimate_id)
        said = "".join(self.order.message_ids.mapped("body"))
        self.assertIn("decidió sobre", said)
        self.customer.preferred_channel = "phone"
        self._notify("ready")
        self.assertIn("Llamar al cliente", "".join(self.order.activity_ids.mapped("summary")))
