from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.rating import DEFECTS, NOT_APPLICABLE, Limits, parse_value
from .taller_inspection_template_line import ITEM_TYPES, LIMIT_FIELDS, PHOTO_POLICIES, RATINGS, WORSE

MAX_TEXT = 2000


class TallerInspectionLine(models.Model):
    """One item of an inspection: a copy of the template's, and the answer.

    `rating` of a measurement or a choice follows from the limits or choices copied at the start; nobody
    sets it. `revision` counts the answers, and `answer_uid` is the name that the client gave the last one:
    with them an answer sent twice is applied once, and two people never overwrite each other unseen.
    """

    _name = "taller.inspection.line"
    _description = "Inspection Item"
    _order = "inspection_id desc, sequence, id"

    inspection_id = fields.Many2one(
        "taller.inspection", required=True, index=True, readonly=True, ondelete="cascade"
    )
    order_id = fields.Many2one(related="inspection_id.order_id", string="Work Order")
    sequence = fields.Integer(readonly=True)
    section = fields.Char(readonly=True)
    name = fields.Char(string="Item", required=True, readonly=True)
    code = fields.Char(readonly=True)
    item_type = fields.Selection(ITEM_TYPES, string="Type", required=True, readonly=True)
    instruction = fields.Char(string="How to Check", readonly=True)
    is_required = fields.Boolean(string="Required", readonly=True)
    photo_policy = fields.Selection(PHOTO_POLICIES, string="Photo", required=True, readonly=True)
    unit = fields.Char(readonly=True)
    worse = fields.Selection(WORSE, string="Limits", readonly=True)
    green_from = fields.Float(digits=(16, 3), readonly=True)
    amber_from = fields.Float(digits=(16, 3), readonly=True)
    green_to = fields.Float(digits=(16, 3), readonly=True)
    amber_to = fields.Float(digits=(16, 3), readonly=True)
    choices = fields.Json(readonly=True, help="[{key, name, rating}] as offered.")
    service_id = fields.Many2one(
        "taller.service",
        string="Suggested Service",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What a job for this item starts with.",
    )

    rating = fields.Selection([*RATINGS, (NOT_APPLICABLE, "Not Applicable")], string="Result", readonly=True)
    is_answered = fields.Boolean(string="Checked", readonly=True)
    value = fields.Float(digits=(16, 3), readonly=True, help="What was measured, in the item's unit.")
    choice = fields.Char(readonly=True, help="Key of the answer chosen.")
    text = fields.Text(readonly=True)
    note = fields.Text(readonly=True)
    answered_at = fields.Datetime(string="Checked On", readonly=True)
    answered_by_id = fields.Many2one("res.users", string="Checked By", readonly=True)
    revision = fields.Integer(readonly=True)
    answer_uid = fields.Char(readonly=True)
    previous_line_id = fields.Many2one(
        "taller.inspection.line",
        string="Last Time",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The same item when it was last checked on this vehicle.",
    )
    photo_ids = fields.One2many("taller.photo", "inspection_line_id", string="Photos", readonly=True)
    missing = fields.Selection(
        [("answer", "Answer"), ("photo", "Photo")],
        compute="_compute_missing",
        help="What has still to be done before the inspection can be confirmed.",
    )
    answer = fields.Char(compute="_compute_answer", help="The answer in words, without the colour.")

    @api.depends("is_answered", "is_required", "photo_policy", "rating", "photo_ids")
    def _compute_missing(self):
        for line in self:
            if line.is_required and not line.is_answered:
                line.missing = "answer"
            elif line._needs_photo() and not line.photo_ids:
                line.missing = "photo"
            else:
                line.missing = False

    @api.depends("is_answered", "value", "choice", "text", "rating")
    def _compute_answer(self):
        for line in self:
            line.answer = line._get_answer() if line.is_answered else False

    def write(self, vals):
        self.inspection_id._check_is_unconfirmed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self.inspection_id._check_is_unconfirmed()

    def _needs_photo(self):
        self.ensure_one()
        if not self.is_answered or self.rating == NOT_APPLICABLE:
            return False
        return self.photo_policy == "always" or (self.photo_policy == "defect" and self.rating in DEFECTS)

    def _get_answer(self):
        self.ensure_one()
        if self.rating == NOT_APPLICABLE:
            return self.env._("Not applicable")
        if self.item_type == "measurement":
            return f"{self.value:g} {self.unit or ''}".strip()
        if self.item_type == "choice":
            return self._get_choice(self.choice)["name"]
        if self.item_type == "text":
            return self.text
        return self._get_rating_label()

    def _get_rating_label(self):
        """The colour in the words of this inspection: Good, Soon, Urgent."""
        self.ensure_one()
        return self.inspection_id._get_rating_labels().get(self.rating, "")

    def _get_choice(self, key):
        return next((choice for choice in self.choices or [] if choice["key"] == key), None)

    def _get_limits(self):
        self.ensure_one()
        return Limits(self.worse or "", *(self[name] for name in LIMIT_FIELDS[1:]))

    def _get_answer_values(self, answer):
        """What the client's answer writes; empty answers take an earlier one back.

        :param dict answer: the whole of it: rating, value, choice, text and note; what the item's type
            doesn't ask for is ignored, and colours that follow from value or choice are worked out here.
        :raise UserError: the answer is none that this item can have.
        """
        self.ensure_one()
        values = {
            "rating": False,
            "value": 0.0,
            "choice": False,
            "text": False,
            "note": self._clean_text(answer.get("note")),
            "is_answered": True,
        }
        if answer.get("rating") == NOT_APPLICABLE:
            return {**values, "rating": NOT_APPLICABLE}
        return {**values, **getattr(self, f"_get_{self.item_type}_values")(answer)}

    def _get_condition_values(self, answer):
        rating = answer.get("rating") or False
        if rating and not (isinstance(rating, str) and rating in dict(RATINGS)):
            raise UserError(self.env._("“%(item)s”: there is no such colour.", item=self.name))
        return {"rating": rating, "is_answered": bool(rating)}

    def _get_measurement_values(self, answer):
        value = answer.get("value")
        if value is None or value is False or value == "":
            return {"is_answered": False}
        number = parse_value(value)
        if number is None:
            raise UserError(
                self.env._("“%(item)s”: enter what the gauge shows, as a number.", item=self.name)
            )
        # As the database keeps it, so that the colour is that of the value shown.
        number = self._fields["value"].convert_to_column(number, self)
        return {"value": number, "rating": self._get_limits().get_rating(float(number)) or False}

    def _get_choice_values(self, answer):
        key = answer.get("choice") or False
        if not key:
            return {"is_answered": False}
        choice = self._get_choice(key)
        if not choice:
            raise UserError(self.env._("“%(item)s”: there is no such choice.", item=self.name))
        return {"choice": key, "rating": choice["rating"]}

    def _get_text_values(self, answer):
        text = self._clean_text(answer.get("text"))
        return {"text": text, "is_answered": bool(text)}

    def _clean_text(self, text):
        if text and not isinstance(text, str):
            raise UserError(self.env._("“%(item)s”: this is no text.", item=self.name))
        # What no database keeps: zero bytes, halves of characters.
        text = (text or "").replace("\x00", "").encode(errors="ignore").decode().strip()
        if len(text) > MAX_TEXT:
            raise UserError(
                self.env._(
                    "“%(item)s”: the text is too long. Shorten it to %(limit)s letters.",
                    item=self.name,
                    limit=MAX_TEXT,
                )
            )
        return text or False
