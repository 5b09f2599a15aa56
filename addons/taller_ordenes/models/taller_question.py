from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Of one estimate, still without an answer: who has more to ask should be called.
MAX_OPEN_QUESTIONS = 10


class TallerQuestion(models.Model):
    """What a customer asks about a job before deciding, or that they want to be called; and the answer.

    Customers ask on the estimate's page (`_ask`), reception answers on the order; the answer is shown
    on the page. What has been asked and answered stays, and goes into the evidence of the decision.
    """

    _name = "taller.question"
    _description = "Customer's Question"
    _order = "id"

    sale_order_id = fields.Many2one(
        "sale.order", string="Estimate", required=True, readonly=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "taller.order", string="Work Order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    job_id = fields.Many2one("taller.job", readonly=True, index="btree_not_null", ondelete="set null")
    job_name = fields.Char(string="About", readonly=True)
    kind = fields.Selection([("question", "Question"), ("call", "Call")], required=True, readonly=True)
    text = fields.Text(string="Question", readonly=True)
    phone = fields.Char(readonly=True, help="The number that the customer wants to be called on.")
    asked_at = fields.Datetime(string="Asked On", required=True, readonly=True, default=fields.Datetime.now)
    answer = fields.Text(help="The customer reads it on the estimate's page.")
    answered_at = fields.Datetime(string="Answered On", readonly=True)
    answered_by_id = fields.Many2one("res.users", string="Answered By", readonly=True, ondelete="restrict")
    activity_id = fields.Many2one("mail.activity", readonly=True, ondelete="set null", index="btree_not_null")
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)

    def write(self, vals):
        if not self.env.su and vals.keys() != {"answer"}:
            raise AccessError(self.env._("What a customer has asked stays as it is: write an answer."))
        if "answer" not in vals:
            return super().write(vals)
        answer = (vals["answer"] or "").strip()
        for question in self:
            if question.answered_at:
                raise UserError(
                    self.env._("This has been answered already, and the customer may have read it.")
                )
            if not answer:
                raise UserError(self.env._("Write the answer first."))
        result = super().write({"answer": answer})
        self._close()
        self.order_id._notify_customer("question_answered")
        return result

    def action_called(self):
        """Reception or supervisor have called the customer; kept with who and when.

        :raise UserError: it is no request for a call
        """
        self.check_access("write")
        for question in self:
            if question.kind != "call":
                raise UserError(
                    self.env._("This is a question: write the answer, the customer will read it.")
                )
        self.filtered(lambda question: not question.answered_at)._close()

    def _close(self):
        questions = self.sudo()
        super(TallerQuestion, questions).write(
            {"answered_at": fields.Datetime.now(), "answered_by_id": self.env.uid}
        )
        for question in questions.filtered("activity_id"):
            question.activity_id.action_feedback(feedback=question.answer)

    @api.model
    def _ask(self, estimate, job_id, kind, text="", phone=""):
        """Take the customer's question, or wish to be called; the same one asked twice is one.

        :param sale.order estimate: the round, as superuser; the caller has checked who asks
        :param int job_id: of one of its jobs, or nothing for the whole
        :param str kind: question or call
        :raise UserError: with a sentence for the customer
        """
        estimate.taller_order_id._lock()
        if not estimate.taller_is_open:
            raise UserError(
                self.env._("This estimate has been decided already. Please write to the workshop.")
            )
        job = estimate.taller_job_ids.filtered(lambda job: job.id == job_id)
        if job_id and not job:
            raise UserError(self.env._("This job isn't part of this estimate any more. Reload the page."))
        if kind == "question" and not text:
            raise UserError(self.env._("Please write your question."))
        if kind == "call" and not phone:
            raise UserError(self.env._("Which number may we call?"))
        pending = self.sudo().search([("sale_order_id", "=", estimate.id), ("answered_at", "=", False)])
        same = pending.filtered(
            lambda asked: asked.job_id == job
            and asked.kind == kind
            and (asked.phone == phone if kind == "call" else asked.text == text)
        )
        if same:
            return same
        if len(pending) >= MAX_OPEN_QUESTIONS:
            raise UserError(
                self.env._(
                    "We have your questions, and will answer them first. Please give us a little time."
                )
            )
        question = self.sudo().create(
            {
                "sale_order_id": estimate.id,
                "order_id": estimate.taller_order_id.id,
                "job_id": job.id,
                "job_name": job.name or self.env._("The whole estimate"),
                "kind": kind,
                "text": text,
                "phone": phone,
            }
        )
        question.with_context(lang=question.order_id._get_staff_lang())._tell_adviser()
        return question

    def _tell_adviser(self):
        """An activity for who looks after the order, and a message in its thread."""
        order = self.order_id
        adviser = self._get_adviser()
        is_call = self.kind == "call"
        words = {
            "customer": order.partner_id.name,
            "job": self.job_name,
            "phone": self.phone,
            "text": self.text,
        }
        summary = (
            self.env._("Call %(customer)s on %(phone)s: %(job)s", **words)
            if is_call
            else self.env._("Answer %(customer)s: %(job)s", **words)
        )
        if adviser:
            activity = order.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_call" if is_call else "mail.mail_activity_data_todo",
                date_deadline=self.sale_order_id._get_taller_today(),
                summary=summary,
                note=self.text,
                user_id=adviser.id,
            )
            super().write({"activity_id": activity.id})
        order.message_post(
            body=self.env._("%(customer)s asks about “%(job)s”: %(text)s", **words) if self.text else summary,
            author_id=order.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _get_adviser(self):
        """Who sees to it: the order's adviser, or who supervises the shop, of those who can see the order."""
        order = self.order_id
        candidates = order.user_id | order.shop_id.supervisor_ids | order.create_uid
        return candidates.filtered(
            lambda user: user.active and not user.share and order.with_user(user).has_access("write")
        )[:1]
