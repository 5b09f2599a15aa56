from io import BytesIO

import psycopg2
from pdfminer.high_level import extract_text

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.taller_base.tests.common import ROLES

from .common import SIGNATURE, OrderCommon


@tagged("post_install", "-at_install")
class TestExtras(OrderCommon):
    """Small extra work that the customer agreed to beforehand needs no second round, and is listed."""

    def setUp(self):
        super().setUp()
        self.company.write({"taller_extras_kind": "amount", "taller_extras_value": 200})
        self.order = self._receive()
        self._propose(self.order)  # 770
        self.order.action_send_estimate()

    def agree(self, extras, accepted=True, order=None):
        estimate = (order or self.order).sudo().estimate_id
        decisions = {job.id: (accepted, "" if accepted else "No") for job in estimate.taller_job_ids}
        return self.env["taller.approval"]._decide(
            estimate, decisions, estimate._get_taller_hash(), "Ana Lucía", SIGNATURE, extras=extras
        )

    def add_extra(self, price, name="Bulb"):
        product = self.env["product.product"].create(
            {"name": name, "type": "consu", "list_price": price, "invoice_policy": "order"}
        )
        return self._propose(self.order, name=name, line_ids=[Command.create({"product_id": product.id})])

    def test_an_extra_within_the_limit_begins_at_once(self):
        agreement = self.agree("200")
        self.assertEqual((agreement.extras_limit, self.order.extras_left), (200, 200))
        bulb = self.add_extra(35)
        self.assertTrue(self.order.is_within_extras)
        self.order.action_approve_extras()
        self.assertEqual((bulb.state, bulb.sale_order_id.state), ("approved", "sale"))
        approval = self.order.approval_ids - agreement
        self.assertEqual((approval.channel, approval.signature), ("extras", False))
        self.assertEqual((approval.allowance_id, approval.signed_by), (agreement, "Ana Lucía"))
        self.assertEqual(approval.user_id, self.users["reception"])
        self.assertEqual(self.order.extras_left, 165)
        self.assertEqual(self.order.sudo().notice_ids[0].event, "approved")
        text = " ".join(extract_text(BytesIO(approval._get_pdf())).split())
        self.assertIn("Within the Agreed Extras", text)
        self.assertTrue(approval.is_intact)
        self.assertIn("200", agreement._get_evidence().notes[0][1])

    def test_work_without_a_price_is_no_extra(self):
        self.agree(200)
        self._propose(self.order, name="Something rattles", line_ids=[])
        self.assertFalse(self.order.is_within_extras)
        with self.assertRaisesRegex(UserError, "no price yet"):
            self.order.action_approve_extras()

    def test_the_limit_is_for_all_extras_together(self):
        self.agree(200)
        self.add_extra(150)
        self.order.action_approve_extras()
        wipers = self.add_extra(51, "Wipers")
        self.assertFalse(self.order.is_within_extras)
        with self.assertRaisesRegex(UserError, "more than the customer agreed"):
            self.order.action_approve_extras()
        self.assertEqual(wipers.state, "proposed")
        wipers.line_ids.price_unit = 50
        self.order.action_approve_extras()
        self.assertEqual(self.order.extras_left, 0)

    def test_a_percentage_of_what_was_accepted(self):
        self.company.write({"taller_extras_kind": "percent", "taller_extras_value": 10})
        agreement = self.agree("10")
        self.assertEqual((agreement.extras_percent, agreement.extras_limit), (10, 77))

    def test_without_agreement_each_extra_is_asked_for(self):
        self.agree(None)
        self.add_extra(5)
        with self.assertRaisesRegex(UserError, "more than the customer agreed"):
            self.order.action_approve_extras()

    def test_where_none_is_proposed_none_is_agreed(self):
        self.company.taller_extras_kind = "none"
        self.assertFalse(self.agree("200").extras_limit)

    def test_who_declines_everything_agrees_to_no_extras(self):
        self.assertFalse(self.agree("200", accepted=False).extras_limit)

    def test_the_last_word_counts(self):
        self.agree(200)
        self.add_extra(500)
        self.order.action_send_estimate()
        self.agree(None)
        self.assertEqual(self.order.extras_left, 0)
        self.add_extra(5)
        self.assertFalse(self.order.is_within_extras)

    def test_who_is_being_asked_is_waited_for(self):
        self.agree(200)
        self.add_extra(35)
        self.order.action_send_estimate()
        with self.assertRaisesRegex(UserError, "wait for the decision"):
            self.order.action_approve_extras()

    def test_limits_that_cannot_be_meant(self):
        for extras in ("-1", "nan", "inf", "1e400", "many", [1], {"a": 1}, 771):
            with self.assertRaisesRegex(UserError, "limit of extras"):
                self.agree(extras)
        self.assertEqual(self.order.state, "waiting")

    def test_an_estimate_below_zero_frees_no_limit(self):
        self.agree(200)
        job = self.add_extra(35)
        job.line_ids.price_unit = -100
        with self.assertRaises(UserError):
            self.order.action_approve_extras()

    @mute_logger("odoo.sql_db")
    def test_the_database_lets_nobody_go_beyond(self):
        self.agree(200)
        with self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
            self.order.sudo().extras_left = -1
            self.env.flush_all()

    def test_who_may_approve_extras(self):
        self.agree(200)
        self.add_extra(35)
        for role in ROLES:
            order = self.as_role(role, self.order)
            with self.assertRaises(AccessError, msg=role):
                order.write({"extras_left": 1000})
            if role not in ("reception", "supervisor", "administrator"):
                with self.assertRaises(AccessError, msg=role):
                    order.action_approve_extras()
        with self.assertRaises(AccessError):
            self.order.with_user(self.portal_user).action_approve_extras()
        self.as_role("supervisor", self.order).action_approve_extras()
