from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Whoever keeps the employees' files sees those, and not the public profiles beside them."""
        blacklist = super()._load_menus_blacklist()
        menu = self.env.ref("taller_base.hr_employee_public_menu", raise_if_not_found=False)
        if menu and self.env.user.has_group("hr.group_hr_user"):
            blacklist.append(menu.id)
        return blacklist
