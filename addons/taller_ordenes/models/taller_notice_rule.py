from odoo import fields, models


class TallerNoticeRule(models.Model):
    """What happens to a work order that its customer is told of."""

    _inherit = "taller.notice.rule"

    event = fields.Selection(
        selection_add=[
            ("received", "Vehicle received"),
            ("estimate_ready", "Estimate ready"),
            ("extra_work", "Extra work found"),
            ("question_answered", "Question answered"),
            ("approved", "Estimate decided"),
            ("ready", "Vehicle ready"),
            ("delivered", "Vehicle delivered"),
        ],
        ondelete=dict.fromkeys(
            (
                "received",
                "estimate_ready",
                "extra_work",
                "question_answered",
                "approved",
                "ready",
                "delivered",
            ),
            "cascade",
        ),
    )
