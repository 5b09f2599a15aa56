from odoo import models


class ResConfigSettings(models.TransientModel):
    """Related fields to the workshop's rules on `res.company`."""

    _inherit = "res.config.settings"
