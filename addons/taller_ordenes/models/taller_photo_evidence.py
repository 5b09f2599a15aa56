import base64
import hashlib

from odoo import api, fields, models


class TallerPhoto(models.Model):
    """A photo as part of what a customer is shown and decides on."""

    _inherit = "taller.photo"

    digest = fields.Char(
        string="Fingerprint",
        compute="_compute_digest",
        store=True,
        precompute=True,
        groups="base.group_user",
        help="SHA-256 of the picture, by which the evidence of a decision names it.",
    )

    @api.depends("image")
    def _compute_digest(self):
        for photo in self.with_context(bin_size=False):
            photo.digest = hashlib.sha256(base64.b64decode(photo.image or b"")).hexdigest()

    def _get_shown_content(self):
        """The photo's fingerprint and words, as plain data."""
        self.ensure_one()
        return {"id": self.id, "digest": self.digest, "note": self.note or ""}
