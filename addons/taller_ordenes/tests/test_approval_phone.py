from datetime import timedelta
from io import BytesIO

from pdfminer.high_level import extract_text

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestApprovalPhone(OrderCommon):
    """The customer decides on the phone, and reception writes it down."""

    def setUp(self):
        super().setUp()
        self.customer.phone = "+502 5555 1234"
        self.order = self._receive()
        self.brakes = self._propose(self.order)
        self.battery = self._propose(self.order, name="Battery", hours=0.5, pads=0)

    def ask(self, order=None, **values):
        order = order or self.order
        action = order.action_record_phone_decision()
        wizard = order.env["taller.approval.phone"].browse(action["res_id"])
        wizard.line_ids[0].decision = "accept"
        wizard.line_ids[1:].write({"decision": "decline", "reason": "Next month"})
        wizard.write({"note": "Only the brakes, please.", **values})
        return wizard

    def test_the_decision_takes_effect_and_is_marked(self):
        wizard = self.ask()
        self.assertEqual((wizard.decided_by, wizard.phone), ("Ana Lucía Cifuentes", "+502 5555 1234"))
        said_at = fields.Datetime.now() - timedelta(minutes=3)
        wizard.said_at = said_at
        wizard.action_record()
        self.assertEqual((self.brakes.state, self.battery.state), ("approved", "declined"))
        self.assertEqual(self.battery.decline_reason, "Next month")
        self.assertEqual(self.order.state, "in_progress")
        approval = self.order.approval_ids
        self.assertEqual((approval.channel, approval.signature), ("phone", False))
        self.assertEqual((approval.phone, approval.signed_at), ("+502 5555 1234", said_at))
        self.assertEqual(approval.note, "Only the brakes, please.")
        self.assertEqual(approval.user_id, self.users["reception"])
        self.assertTrue(approval.is_intact)
        estimate = approval.sale_order_id
        self.assertFalse(estimate.signed_by or estimate.signature, "nobody has signed")
        text = " ".join(extract_text(BytesIO(approval._get_pdf())).split())
        for words in ("Decided by phone", "isn't signed", "Only the brakes, please.", "+502 5555 1234"):
            self.assertIn(words, text)

    def test_the_customer_gets_the_evidence(self):
        self.ask().action_record()
        notice = self.env["taller.notice"].search([("event", "=", "approved")], limit=1)
        self.assertEqual((notice.partner_id, notice.channel), (self.customer, "email"))
        [(name, content)] = self.order.sudo()._get_notice_attachments("approved")
        self.assertEqual(name, f"{self.order.name.replace('/', '-')}-1.pdf")
        self.assertEqual(content, self.order.approval_ids._get_pdf())

    def test_who_cannot_be_written_to_is_not_called_about_their_own_decision(self):
        self.customer.email = False
        self.ask().action_record()
        self.assertFalse(self.order.activity_ids)

    def test_the_price_changed_while_they_were_talking(self):
        wizard = self.ask()
        self.brakes.line_ids[0].price_unit = 999
        with self.assertRaisesRegex(UserError, "has changed this estimate"):
            wizard.action_record()
        self.assertEqual(self.brakes.state, "proposed")

    def test_what_is_missing_is_asked_for(self):
        for values, words in (
            ({"note": " "}, "What Was Said"),
            ({"decided_by": ""}, "Spoke With"),
            ({"phone": False}, "Phone Number"),
            ({"said_at": False}, "Said On"),
            ({"said_at": fields.Datetime.now() + timedelta(days=1)}, "When was that said"),
            ({"said_at": fields.Datetime.now() - timedelta(days=400)}, "When was that said"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.ask(**values).action_record()
        wizard = self.ask()
        wizard.line_ids[1].decision = False
        with self.assertRaisesRegex(UserError, "Battery"):
            wizard.action_record()
        wizard.line_ids[1].write({"decision": "decline", "reason": " "})
        with self.assertRaisesRegex(UserError, "why you decline"):
            wizard.action_record()

    def test_recorded_twice(self):
        first, second = self.ask(), self.ask()
        first.action_record()
        with self.assertRaisesRegex(UserError, "decided already, by Ana"):
            second.action_record()
        self.assertEqual(len(self.order.approval_ids), 1)

    def test_who_may_record_what_was_said(self):
        wizard = self.ask()
        for role in ROLES:
            if role in ("reception", "supervisor", "administrator"):
                continue
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.order).action_record_phone_decision()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, wizard).action_record()
        with self.assertRaises(AccessError):
            self.order.with_user(self.portal_user).action_record_phone_decision()

    def test_orders_of_other_shops_stay_theirs(self):
        wizard = self.ask()
        foreign = self._receive(role="administrator")
        foreign.sudo().shop_id = self.other_shop
        self._propose(foreign.sudo())
        with self.assertRaises(AccessError):
            self.as_role("reception", foreign).action_record_phone_decision()
        wizard.estimate_id = foreign.sudo().estimate_id
        with self.assertRaises(AccessError):
            wizard.action_record()

    def test_a_job_of_another_order_is_not_decided(self):
        other = self._receive()
        job = self._propose(other)
        wizard = self.ask()
        wizard.line_ids[0].job_id = job
        with self.assertRaises(UserError):
            wizard.action_record()
        self.assertEqual(job.state, "proposed")
