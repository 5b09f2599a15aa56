from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from ..models.taller_question import MAX_OPEN_QUESTIONS
from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestQuestion(OrderCommon):
    """The customer asks before deciding, and the adviser answers."""

    def setUp(self):
        super().setUp()
        self.order = self._receive()
        self.brakes = self._propose(self.order)
        self.order.action_send_estimate()
        self.estimate = self.order.sudo().estimate_id

    def ask(self, text="Are the pads original?", kind="question", **values):
        values = {"job_id": self.brakes.id, "text": text, **values}
        return self.env["taller.question"]._ask(self.estimate, kind=kind, **values)

    def test_the_adviser_gets_an_activity_and_the_thread_a_message(self):
        question = self.ask()
        self.assertEqual(question.activity_id.user_id, self.order.user_id)
        self.assertIn("Front brakes", question.activity_id.summary)
        message = self.order.message_ids[0]
        self.assertEqual(message.author_id, self.customer)
        self.assertIn("Are the pads original?", message.body)

    def test_the_answer_closes_it_and_is_told(self):
        question = self.ask()
        activity = question.activity_id
        self.as_role("reception", question).answer = "Yes, by the maker."
        self.assertTrue(question.answered_at)
        self.assertEqual(question.answered_by_id, self.users["reception"])
        self.assertFalse(activity.exists().active)
        self.assertEqual(self.order.sudo().notice_ids[0].event, "question_answered")
        with self.assertRaisesRegex(UserError, "answered already"):
            self.as_role("reception", question).answer = "No."

    def test_a_call(self):
        with self.assertRaisesRegex(UserError, "Which number"):
            self.ask(kind="call", text="")
        call = self.ask(kind="call", text="", phone="5555 1234")
        self.assertIn("5555 1234", call.activity_id.summary)
        self.as_role("reception", call).action_called()
        self.assertEqual(call.answered_by_id, self.users["reception"])
        with self.assertRaisesRegex(UserError, "write the answer"):
            self.as_role("reception", self.ask()).action_called()

    def test_asked_twice_is_asked_once(self):
        self.assertEqual(self.ask(), self.ask())
        self.assertNotEqual(self.ask(), self.ask(text="How long does it take?"))
        call = self.ask(kind="call", text="", phone="5555 1234")
        self.assertEqual(call, self.ask(kind="call", text="", phone="5555 1234"))
        self.assertEqual(len(self.order.activity_ids), 3)

    def test_there_is_an_end_to_questions_without_an_answer(self):
        for number in range(MAX_OPEN_QUESTIONS):
            self.ask(text=f"Question {number}")
        with self.assertRaisesRegex(UserError, "a little time"):
            self.ask(text="One more")
        self.env["taller.question"].search([("sale_order_id", "=", self.estimate.id)])[0].answer = "Yes."
        self.ask(text="One more")

    def test_what_cannot_be_asked(self):
        with self.assertRaisesRegex(UserError, "write your question"):
            self.ask(text="")
        other = self._propose(self._receive())
        with self.assertRaisesRegex(UserError, "isn't part"):
            self.ask(job_id=other.id)
        self._decide(self.estimate)
        with self.assertRaisesRegex(UserError, "decided already"):
            self.ask()

    def test_questions_without_an_adviser_find_somebody(self):
        self.order.sudo().user_id = False
        self.shop.supervisor_ids = self.users["supervisor"]
        self.assertEqual(self.ask().activity_id.user_id, self.users["supervisor"])
        self.shop.supervisor_ids = False
        self.order.sudo().user_id = self.users["reception"]
        self.users["reception"].write(
            {"shop_id": self.other_shop.id, "shop_ids": [Command.set(self.other_shop.ids)]}
        )
        self.assertTrue(self.ask(text="Who is there?"))

    def test_the_evidence_has_questions_and_answers(self):
        self.as_role("reception", self.ask()).answer = "Yes, by the maker."
        approval = self._decide(self.estimate)
        self.assertIn(
            ("Question", "Front brakes · Are the pads original?\n→ Yes, by the maker."),
            approval._get_evidence().notes,
        )

    def test_who_may_answer(self):
        for role in ROLES:
            question = self.ask(text=f"Asked of {role}").with_user(self.users[role])
            if role in ("reception", "supervisor", "administrator"):
                question.answer = "Yes."
                continue
            with self.assertRaises(AccessError, msg=role):
                question.answer = "Yes."
        question = self.ask()
        with self.assertRaises(AccessError):
            question.with_user(self.portal_user).read(["text"])
        for values in ({"text": "Other words"}, {"answer": "Yes", "answered_at": "2020-01-01 00:00:00"}):
            with self.assertRaises(AccessError):
                self.as_role("reception", question).write(values)
        with self.assertRaisesRegex(UserError, "Write the answer"):
            self.as_role("reception", question).answer = "  "
        with self.assertRaises(AccessError):
            self.as_role("reception", question).unlink()
        stranger = self.users["reception"]
        stranger.write({"shop_id": self.other_shop.id, "shop_ids": [Command.set(self.other_shop.ids)]})
        with self.assertRaises(AccessError):
            question.with_user(stranger).answer = "Yes."
