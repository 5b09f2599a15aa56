from odoo import models


class ResCompany(models.Model):
    """The workshop's rules: how a company wants its orders to run, for all of its shops."""

    _inherit = "res.company"
