from odoo import models
from odoo.fields import Domain

from .taller_order import OFFICE


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """What is to do on an order belongs to its thread: who may not read that finds only the own activities.

        Core asks the thread when an activity is read, but only the order when it is looked for.
        """
        if not (bypass_access or self.env.su or self.env.user.has_groups(OFFICE)):
            domain = Domain(domain) & (
                Domain("res_model", "!=", "taller.order") | Domain("user_id", "=", self.env.uid)
            )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
