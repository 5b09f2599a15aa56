from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _close_for_erasure(self):
        """End the sign-ins of people who are erased: nothing of them lets in, or says who it was.

        Add-ons with keys of their own extend it by super().
        """
        for user in self.sudo().with_context(active_test=False):
            user.write({"login": f"anonymised-{user.id}", "password": "", "signature": False})
            user.api_key_ids.unlink()
            user.totp_secret = False
            user.totp_trusted_device_ids.unlink()
            user.auth_passkey_key_ids.unlink()
        self.env["res.device.log"].sudo().search([("user_id", "in", self.ids)]).unlink()
        self.sudo().filtered("active").action_archive()
