from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """The app opens on its first menu: for accounting that is what is to be invoiced.

        So this menu is there twice, first and in its place among the others, and everyone sees one of them:
        who receives vehicles besides begins with those.
        """
        blacklist = super()._load_menus_blacklist()
        user = self.env.user
        is_accounting_only = user.has_group(
            "taller_base.taller_base_group_accounting"
        ) and not user.has_group("taller_base.taller_base_group_reception")
        hidden = "to_invoice" if is_accounting_only else "to_invoice_first"
        menu = self.env.ref(f"taller_ordenes.taller_order_menu_{hidden}", raise_if_not_found=False)
        return [*blacklist, *(menu.ids if menu else [])]
