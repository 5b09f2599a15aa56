from odoo.fields import Command


def uninstall_hook(env):
    """Take back the right to sales orders that `security/taller_ordenes_groups.xml` gave to reception."""
    reception = env.ref("taller_base.taller_base_group_reception", raise_if_not_found=False)
    sales = env.ref("sales_team.group_sale_salesman_all_leads", raise_if_not_found=False)
    if reception and sales:
        reception.implied_ids = [Command.unlink(sales.id)]
