from odoo import models


class TallerNoticeMixin(models.AbstractModel):
    """A document of a shop whose events are told to its customer."""

    _name = "taller.notice.mixin"
    _description = "Document with notices to its customer"

    def _notify_customer(self, event):
        """Queue the notices of the event (`taller.notice.rule.event`) about these documents.

        Nothing is rendered or sent here: the queue does that in a transaction of its own, so that
        neither a slow nor a broken channel keeps anybody from working.
        """
        self.env["taller.notice"]._queue(self, event)

    def _get_notice_partner(self):
        """Whom the notices about this document go to."""
        self.ensure_one()
        return self.partner_id

    def _get_notice_attachments(self, event):
        """[(file name, content in bytes)] to go with an e-mail about the event."""
        self.ensure_one()
        return []

    def _on_unreachable(self, notice):
        """The customer couldn't be told by any channel, for `notice.reason`: do what a person should do now."""
