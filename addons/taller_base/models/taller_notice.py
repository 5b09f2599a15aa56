import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

MAX_TRIES = 5
BATCH = 50


class TallerNotice(models.Model):
    """A message to a customer, in the outbox: to be sent, sent, or why it was not.

    Rows are made by `taller.notice.mixin` in the transaction of the event, and sent by a scheduled
    action that is woken at once. Each try is counted before it is made, so that a message which
    breaks everything is given up after `MAX_TRIES` and holds up no other.
    """

    _name = "taller.notice"
    _description = "Notice to a Customer"
    _order = "id desc"
    _rec_name = "subject"

    event = fields.Selection(selection="_selection_event", required=True, readonly=True)
    channel = fields.Selection(selection="_selection_channel", readonly=True)
    rule_id = fields.Many2one("taller.notice.rule", readonly=True, ondelete="set null")
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", required=True, readonly=True, index=True
    )
    subject = fields.Char(string="About", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index=True, ondelete="cascade"
    )
    shop_id = fields.Many2one("taller.shop", readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    state = fields.Selection(
        [("queued", "To Send"), ("sent", "Sent"), ("unreachable", "Not Sent"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="queued",
    )
    reason = fields.Selection(
        [
            ("no_consent", "No consent to notices"),
            ("no_notices", "Wants no notices"),
            ("call", "Wants to be called"),
            ("no_address", "No address for any of the channels"),
        ],
        string="Why Not",
        readonly=True,
    )
    tries = fields.Integer(readonly=True)
    error = fields.Char(readonly=True)
    sent_at = fields.Datetime(string="Sent On", readonly=True)
    mail_id = fields.Many2one("mail.mail", string="E-mail", readonly=True, ondelete="set null", index=True)

    _queue_idx = models.Index("(tries, id) WHERE state = 'queued'")

    @api.model
    def _selection_event(self):
        return self.env["taller.notice.rule"]._fields["event"]._description_selection(self.env)

    @api.model
    def _selection_channel(self):
        return self.env["taller.notice.rule"]._fields["channel"]._description_selection(self.env)

    def _get_event_label(self):
        self.ensure_one()
        return dict(self._selection_event())[self.event]

    def action_retry(self):
        """Administrators put messages that failed back into the queue."""
        self.check_access("read")
        if not self.env.user.has_group("taller_base.taller_base_group_administrator"):
            raise AccessError(self.env._("Administrators send notices again."))
        failed = self.sudo().filtered(lambda notice: notice.state == "failed")
        failed.write({"state": "queued", "tries": 0, "error": False})
        self._wake_queue()

    @api.model
    def _queue(self, records, event):
        """Put the messages about the event into the outbox: a constant number of queries."""
        if not records:
            return self.browse()
        records = records.sudo()
        rules = self.env["taller.notice.rule"]._get_rules(event, records.company_id)
        told = records.filtered(lambda record: rules[record.company_id])
        notices = self.sudo().create(
            [self._get_notice_values(record, event, rules[record.company_id]) for record in told]
        )
        if any(notice.state == "queued" for notice in notices):
            self._wake_queue()
        for record, notice in zip(told, notices, strict=True):
            if notice.reason:
                record._on_unreachable(notice)
        return notices

    @api.model
    def _get_notice_values(self, record, event, rules):
        partner = record._get_notice_partner()
        rule, reason = self._choose_rule(partner, rules)
        return {
            "event": event,
            "channel": rule.channel,
            "rule_id": rule.id,
            "res_model": record._name,
            "res_id": record.id,
            "subject": record.display_name,
            "partner_id": partner.id,
            "shop_id": record.shop_id.id,
            "company_id": record.company_id.id,
            "state": "unreachable" if reason else "queued",
            "reason": reason,
        }

    @api.model
    def _choose_rule(self, partner, rules):
        """(rule, reason why none): the customer's own channel first, else any that reaches them."""
        wanted = partner.preferred_channel
        ordered = sorted(rules.values(), key=lambda rule: rule.channel != wanted)
        nobody = self.env["taller.notice.rule"]
        if not any(rule.is_requested for rule in ordered):
            if wanted == "none":
                return nobody, "no_notices"
            if not partner.notice_consent:
                return nobody, "no_consent"
            if wanted == "phone":
                return nobody, "call"
        for rule in ordered:
            if self._reaches(partner, rule.channel):
                return rule, False
        return nobody, "no_address"

    @api.model
    def _reaches(self, partner, channel):
        """Whether the customer has an address on the channel."""
        return channel == "email" and bool(partner.email_normalized)

    @api.model
    def _wake_queue(self):
        self.env.ref("taller_base.ir_cron_notice_queue").sudo()._trigger()

    @api.model
    def _cron_process_queue(self):
        """Send what waits in the outbox, each message in a transaction of its own.

        The scheduler runs a scheduled action once at a time, so no message is taken twice.
        """
        cron = self.env["ir.cron"]
        self.search([("state", "=", "queued"), ("tries", ">=", MAX_TRIES)]).state = "failed"
        for notice in self.search([("state", "=", "queued")], order="tries, id", limit=BATCH):
            notice.tries += 1
            cron._commit_progress()
            notice._send()
            fresh = self.search_count([("state", "=", "queued"), ("tries", "=", 0)])
            if not cron._commit_progress(1, remaining=fresh):
                break

    def _send(self):
        """Send this message by its channel, or keep why it can't be sent."""
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record or not self.rule_id:
            self.write({"state": "failed", "error": self.env._("What it was about is no longer there.")})
            return
        try:
            with self.env.cr.savepoint():
                getattr(self, f"_send_by_{self.channel}")(record)
        except UserError as error:
            if self.tries >= MAX_TRIES:
                self.state = "failed"
            self.error = str(error).partition("\n")[0]
            return
        self.write({"state": "sent", "sent_at": fields.Datetime.now(), "error": False})

    def _send_by_email(self, record):
        mail_id = self.rule_id.mail_template_id.send_mail(
            record.id, email_layout_xmlid="mail.mail_notification_light"
        )
        self.mail_id = mail_id
        message = self.mail_id.mail_message_id
        self.mail_id.attachment_ids = [
            Command.create(
                {
                    "name": name,
                    "datas": base64.b64encode(content),
                    "res_model": message._name,
                    "res_id": message.id,
                }
            )
            for name, content in record._get_notice_attachments(self.event)
        ]
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
