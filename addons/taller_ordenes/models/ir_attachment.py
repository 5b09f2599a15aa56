from odoo import api, models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """The files behind photos are `taller.photo`'s own: not changed by the door that attachments have."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_is_no_photo()
        return attachments

    def write(self, vals):
        self._check_is_no_photo()
        result = super().write(vals)
        if vals.keys() & {"res_model", "res_field"}:
            self._check_is_no_photo()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_photo(self):
        self._check_is_no_photo()

    def _check_is_no_photo(self):
        if self.env.su:
            return
        for attachment in self.sudo():
            if attachment.res_model == "taller.photo" and attachment.res_field:
                raise AccessError(self.env._("A photo of a work order can't be replaced. Take another one."))
