import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.context import without_defaults
from ..tools.photo import MAX_SIDE, NotAPhotoError, PhotoTooLargeError, to_jpeg
from .taller_order import CLOSED_STATES

# Say who took which photo when: set at creation, never by hand.
PROTECTED_FIELDS = {"company_id", "image_512", "shop_id", "taken_at", "taken_by_id"}
# A photo shows what it showed, and stays where it was taken.
FIXED_FIELDS = {"image", "inspection_line_id", "job_id", "order_id", "upload_key"}
# What the widget shows of each photo.
CLIENT_FIELDS = ("note", "moment", "shown_to_customer", "taken_at", "taken_by_id", "may_change")


class TallerPhoto(models.Model):
    """A photo taken on a work order: of the vehicle at the gate, a finding, a piece of work.

    Whatever the phone sends is stored as upright JPEG without the place it was taken at. The picture
    itself never changes; who took it may delete it until it is part of what a customer was shown.
    Add-ons that hang photos on a record of their own add its field, name it in `_get_subject_fields`
    and extend `_is_own_work`.
    """

    _name = "taller.photo"
    _description = "Photo"
    _order = "id"
    _check_company_auto = True

    order_id = fields.Many2one("taller.order", required=True, index=True, ondelete="cascade")
    job_id = fields.Many2one("taller.job", index="btree_not_null", ondelete="set null")
    moment = fields.Selection(
        [
            ("reception", "Reception"),
            ("inspection", "Inspection"),
            ("work", "Work"),
            ("delivery", "Delivery"),
        ],
        string="Taken At",
        required=True,
        default="work",
    )
    image = fields.Image(string="Photo", required=True, max_width=MAX_SIDE, max_height=MAX_SIDE)
    image_512 = fields.Image(
        string="Small Photo", related="image", store=True, precompute=True, max_width=512, max_height=512
    )
    note = fields.Char(help="What is to be seen, e.g. “Dent on the left rear door”.")
    shown_to_customer = fields.Boolean(help="The customer sees this photo with the estimate and the report.")
    taken_by_id = fields.Many2one(
        "res.users",
        string="Taken By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    taken_at = fields.Datetime(string="Taken On", required=True, readonly=True, default=fields.Datetime.now)
    upload_key = fields.Char(
        readonly=True,
        copy=False,
        help="Chosen by the browser for each photo: one that is sent again after a lost answer is known by it.",
    )
    may_change = fields.Boolean(compute="_compute_may_change", compute_sudo=True)
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)

    _upload_key_uniq = models.UniqueIndex(
        "(taken_by_id, upload_key) WHERE upload_key IS NOT NULL", "This photo has arrived already."
    )

    @api.depends("taken_by_id", "order_id.state", "shown_to_customer", "job_id.state")
    @api.depends_context("uid")
    def _compute_may_change(self):
        evidence = self._filter_evidence()
        for photo in self:
            photo.may_change = (
                photo.taken_by_id == self.env.user
                and photo.order_id.state not in CLOSED_STATES
                and photo not in evidence
            )

    @api.depends("note", "order_id.name")
    def _compute_display_name(self):
        for photo in self:
            photo.display_name = photo.note or photo.order_id.name

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # before anything is decoded
        self = without_defaults(self, PROTECTED_FIELDS | FIXED_FIELDS)
        vals_list = [dict(vals) for vals in vals_list]
        self._fill_orders(vals_list)
        for vals in vals_list:
            if not self.env.su:
                self._check_protected_fields(vals, PROTECTED_FIELDS)
            vals["image"] = self._read_picture(vals.get("image"))
        photos = super().create(vals_list)
        photos._check_may_add()
        return photos

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_protected_fields(vals, PROTECTED_FIELDS | FIXED_FIELDS)
        self.check_access("write")
        is_reception = self.env.user.has_group("taller_base.taller_base_group_reception")
        self._check_is_open()
        if vals.keys() & {"note", "shown_to_customer"}:
            self._check_is_no_evidence()
        for photo in self:
            if not is_reception and photo.taken_by_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(name)s took this photo; ask them or the reception.", name=photo._get_author()
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_author(self):
        if self.env.su:
            return
        self._check_is_open()
        self._check_is_no_evidence()
        for photo in self:
            if photo.taken_by_id != self.env.user:
                raise AccessError(
                    self.env._("%(name)s took this photo: nobody else deletes it.", name=photo._get_author())
                )

    @api.model
    def upload(self, values):
        """Add one photo, once: sent again with the same `upload_key` it is found, not added twice.

        :param dict values: of the photo: its subject (`order_id`, `job_id` …), `image` as base64, `moment`,
            `note` and the `upload_key`
        :return: what the browser shows of it, as `read` returns it
        :raise UserError: it is no picture, too large, or the order is closed
        """
        key = values.get("upload_key")
        photo = key and self.search([("taken_by_id", "=", self.env.uid), ("upload_key", "=", key)], limit=1)
        return (photo or self.create(values)).read(CLIENT_FIELDS)[0]

    @api.model
    def _get_subject_fields(self):
        """Names of the fields, besides the order's, that a photo may be attached by."""
        return ["job_id"]

    def _is_own_work(self):
        """Whether the photo is of work that the user, a mechanic, does."""
        self.ensure_one()
        return self.job_id.is_mine

    @api.model
    def _fill_orders(self, vals_list):
        """A photo of a job is a photo of the job's order, which needn't be said, and can't be another."""
        for name in self._get_subject_fields():
            subjects = self.env[self._fields[name].comodel_name].browse(
                {vals[name] for vals in vals_list if vals.get(name)}
            )
            subjects.check_access("read")
            order_of_subject = {subject.id: subject.order_id.id for subject in subjects.sudo()}
            for vals in vals_list:
                if (
                    vals.get(name)
                    and vals.setdefault("order_id", order_of_subject[vals[name]])
                    != (order_of_subject[vals[name]])
                ):
                    raise UserError(self.env._("The photo's job belongs to another work order."))

    @api.model
    def _read_picture(self, image):
        """The picture in the form it is stored in, base64.

        :raise UserError: with a sentence on what is wrong with the file
        """
        try:
            return base64.b64encode(to_jpeg(base64.b64decode(image or "", validate=True)))
        except PhotoTooLargeError as error:
            raise UserError(
                self.env._("This photo is too large. Take it with a lower resolution, or send a smaller one.")
            ) from error
        except (NotAPhotoError, binascii.Error, TypeError) as error:
            raise UserError(
                self.env._("This file isn't a photo, or is damaged. Choose a JPEG, PNG or WebP picture.")
            ) from error

    def _check_may_add(self):
        if self.env.su:
            return
        self._check_is_open()
        user = self.env.user
        if user.has_groups("taller_base.taller_base_group_reception,taller_base.taller_base_group_parts"):
            return
        for photo in self:
            if not photo._is_own_work():
                raise AccessError(
                    self.env._(
                        "You can add photos to the jobs assigned to you; ask the reception for others."
                    )
                )

    def _check_is_open(self):
        for order in self.order_id:
            if order.state in CLOSED_STATES:
                raise UserError(
                    self.env._("%(order)s is closed: its photos stay as they are.", order=order.name)
                )

    def _check_is_no_evidence(self):
        if self._filter_evidence():
            raise UserError(
                self.env._(
                    "The customer has been shown this photo: it stays as it is. Add another one instead."
                )
            )

    def _filter_evidence(self):
        """The photos that are part of what a customer was shown, or has signed."""
        photos = self.sudo()
        signed = photos.order_id.receipt_ids._get_shown_photos()
        return photos.filtered(
            lambda photo: photo in signed
            or (
                photo.shown_to_customer
                and photo.job_id
                and (photo.job_id.state != "proposed" or photo.job_id.sale_order_id.taller_sent_at)
            )
        )

    def _check_protected_fields(self, vals, protected):
        if names := protected & vals.keys():
            raise AccessError(
                self.env._(
                    "%(fields)s of a photo can't be changed: take another photo.",
                    fields=", ".join(sorted(self._fields[name].string for name in names)),
                )
            )

    def _get_author(self):
        self.ensure_one()
        return self.sudo().taken_by_id.name
