import base64
import io

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ..tools.estimate_content import get_missing_decisions, get_unknown_decisions
from .taller_approval import SIGNED_CHANNELS

MAX_SIGNATURE_BYTES = 1_000_000
MAX_SIGNATURE_PIXELS = 10_000_000


class TallerApproval(models.Model):
    """What has to be true before a decision is recorded; each check says what is wrong in a sentence."""

    _inherit = "taller.approval"

    @api.model
    def _lock(self, estimate):
        try:
            (estimate.taller_order_id.sudo()).lock_for_update(allow_referencing=True)
            estimate.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("This estimate is being decided at this very moment. Please reload the page.")
            ) from error

    @api.model
    def _check_can_be_decided(self, estimate, channel="page"):
        """Raise a sentence if nobody can decide on the estimate, by this channel, at this moment."""
        decided = self.sudo().search([("sale_order_id", "=", estimate.id)], limit=1)
        if decided:
            raise UserError(
                self.env._(
                    "This estimate has been decided already, by %(name)s. Reload the page to see it.",
                    name=decided.signed_by,
                )
            )
        is_signed = channel in SIGNED_CHANNELS
        states = (
            ("waiting", "in_progress") if is_signed else ("received", "estimating", "waiting", "in_progress")
        )
        if not estimate.taller_is_open or estimate.taller_order_id.state not in states:
            raise UserError(self.env._("This estimate has been withdrawn. Please ask the workshop."))
        if is_signed and not estimate.taller_sent_hash:
            raise UserError(self.env._("This estimate hasn't been sent yet. Please ask the workshop."))
        if estimate._is_taller_expired():
            raise UserError(
                self.env._(
                    "This estimate was valid until %(date)s. Please ask the workshop for a new one.",
                    date=fields.Date.to_string(estimate.validity_date),
                )
            )

    @api.model
    def _check_shown(self, estimate, channel, shown_hash, content_hash):
        sent_hash = estimate.taller_sent_hash if channel in SIGNED_CHANNELS else content_hash
        if shown_hash is None and channel not in SIGNED_CHANNELS:
            shown_hash = content_hash
        if not shown_hash == content_hash == sent_hash:
            raise UserError(
                self.env._(
                    "The workshop has changed this estimate since you opened it. "
                    "Please look at the new version and decide again."
                )
            )

    @api.model
    def _check_decisions(self, content, decisions):
        if missing := get_missing_decisions(content, decisions):
            raise UserError(
                self.env._(
                    "Please accept or decline each job. Still open: %(jobs)s.", jobs=", ".join(missing)
                )
            )
        if get_unknown_decisions(content, decisions):
            raise UserError(self.env._("Your decision names a job that isn't part of this estimate."))
        for job in content["jobs"]:
            accepted, reason = decisions[job["id"]]
            if not accepted and not (reason or "").strip():
                raise UserError(
                    self.env._("Please tell us in a few words why you decline “%(job)s”.", job=job["name"])
                )

    @api.model
    def _check_signature(self, signature):
        try:
            image = base64.b64decode(signature or "", validate=True)
            if len(image) > MAX_SIGNATURE_BYTES:
                raise ValueError("too many bytes")
            with Image.open(io.BytesIO(image), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MAX_SIGNATURE_PIXELS:
                    raise ValueError("too many pixels")
                picture.load()
        except (ValueError, OSError, SyntaxError, Image.DecompressionBombError) as error:
            raise UserError(self.env._("The signature is missing. Please sign again.")) from error
        return base64.b64encode(image)
