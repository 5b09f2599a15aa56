from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..tools.rating import NOT_APPLICABLE, SYMBOLS
from .taller_inspection_template_line import LIMIT_FIELDS
from .taller_photo import CLIENT_FIELDS as PHOTO_FIELDS

SHOWN_FIELDS = (
    *LIMIT_FIELDS,
    "code",
    "instruction",
    "is_answered",
    "is_required",
    "item_type",
    "name",
    "photo_policy",
    "revision",
    "section",
    "unit",
)


class TallerInspection(models.Model):
    """What the screen on which an inspection is filled in needs to know, in one call."""

    _inherit = "taller.inspection"

    @api.readonly
    def load_screen(self):
        """All that the screen shows of this inspection; staff of the shop.

        :return: dict with the inspection's fields, `may_fill`, `may_propose` and `lines`: one dict per item
            with its copy of the template, its answer, what was found last time (`previous`), `job` and
            `photos`. Times are ISO strings in UTC.
        """
        self.ensure_one()
        self.check_access("read")
        order = self.sudo().order_id
        return {
            "id": self.id,
            "name": self.name,
            "display_name": self.display_name,
            "kind": self.kind,
            "state": self.state,
            "labels": self._get_rating_labels(),
            "symbols": SYMBOLS,
            "vehicle": order.vehicle_id.display_name,
            "order": order.name,
            "done_at": self.done_at,
            "done_by": self.sudo().done_by_id.name,
            "may_fill": self._may(self._check_may_fill),
            "may_propose": self._may(self._check_may_propose),
            "lines": self.sudo().line_ids._get_screen_values(),
        }

    def _get_rating_labels(self):
        """{colour: what it means} in the words of this inspection."""
        self.ensure_one()
        return {
            "green": self.green_label,
            "amber": self.amber_label,
            "red": self.red_label,
            NOT_APPLICABLE: self.env._("Not applicable"),
        }

    @api.model
    def _may(self, check):
        try:
            check()
        except (AccessError, UserError):
            return False
        return True


class TallerInspectionLine(models.Model):
    _inherit = "taller.inspection.line"

    def _get_screen_values(self):
        """Of these items, see `load_screen`: a constant number of queries."""
        photos = {}
        for values in self.photo_ids.sorted("id").read([*PHOTO_FIELDS, "inspection_line_id"], load=None):
            photos.setdefault(values["inspection_line_id"], []).append(values)
        return [
            {
                "id": line.id,
                **{name: line[name] for name in SHOWN_FIELDS},
                "choices": line.choices or [],
                "answered_by": line.answered_by_id.name,
                "answer": {
                    "rating": line.rating or "",
                    "value": line._get_measured_value(),
                    "choice": line.choice or "",
                    "text": line.text or "",
                    "note": line.note or "",
                },
                "previous": line._get_previous_values(),
                "job": {"id": line.job_id.id, "name": line.job_id.name} if line.job_id else None,
                "service": line.service_id.name or "",
                "photos": photos.get(line.id, []),
            }
            for line in self
        ]

    def _get_measured_value(self):
        self.ensure_one()
        is_measured = self.item_type == "measurement" and self.is_answered and self.rating != NOT_APPLICABLE
        return self.value if is_measured else None

    def _get_previous_values(self):
        """What was found last time, in words and where it was read; None if nothing was."""
        self.ensure_one()
        previous = self.previous_line_id
        if not previous:
            return None
        inspection = previous.inspection_id
        units = dict(inspection._fields["odometer_unit"]._description_selection(self.env))
        return {
            "rating": previous.rating or "",
            "label": previous._get_rating_label(),
            "answer": previous.answer if previous.item_type != "condition" else "",
            "note": previous.note or "",
            "done_at": inspection.done_at,
            "odometer": inspection.odometer,
            "odometer_unit": units.get(inspection.odometer_unit, ""),
            "is_unrepaired": self.is_unrepaired_before,
            "was_repaired": previous.job_id.state == "done",
        }
