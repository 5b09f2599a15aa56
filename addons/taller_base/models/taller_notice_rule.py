from odoo import fields, models
from odoo.fields import Domain


class TallerNoticeRule(models.Model):
    """Which template tells customers of an event, on which channel: the one place that decides it.

    An add-on extends `event` with its events and brings a rule for each; one that opens a channel
    extends `channel`, adds its template field here and a `_send_by_<channel>` to `taller.notice`.
    """

    _name = "taller.notice.rule"
    _description = "Notice to Customers"
    _order = "event, channel, id"

    event = fields.Selection([], required=True, index=True)
    channel = fields.Selection([("email", "E-mail")], required=True, default="email")
    mail_template_id = fields.Many2one("mail.template", string="E-mail Template", ondelete="restrict")
    is_requested = fields.Boolean(
        string="Even Without Consent",
        help="The customer has asked for this message, such as an estimate or the copy of what was signed: "
        "it is sent to whoever has an address. All others need the customer's consent to notices.",
    )
    company_id = fields.Many2one("res.company", help="Empty: for all companies without a rule of their own.")
    active = fields.Boolean(default=True)

    _one_per_channel = models.UniqueIndex(
        "(event, channel, COALESCE(company_id, 0)) WHERE active",
        "There is a notice of this event on this channel already. Change that one.",
    )
    _email_has_template = models.Constraint(
        "CHECK(channel != 'email' OR mail_template_id IS NOT NULL)", "A notice by e-mail needs a template."
    )

    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for rule in self:
            rule.display_name = f"{events.get(rule.event)} · {channels.get(rule.channel)}"

    def _get_rules(self, event, companies):
        """{company: {channel: rule}} of the event; a company's own rule goes before the common one."""
        rules = self.sudo().search(
            Domain("event", "=", event) & Domain("company_id", "in", [False, *companies.ids])
        )
        common = rules.filtered(lambda rule: not rule.company_id)
        return {
            company: {
                rule.channel: rule
                for rule in common + rules.filtered(lambda rule, company=company: rule.company_id == company)
            }
            for company in companies
        }
