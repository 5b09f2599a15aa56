from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.vehicle_sketch import get_zone
from .taller_order import CLOSED_STATES


class TallerOrderMark(models.Model):
    """A dent, scratch or the like that the vehicle had when it came in, marked on its sketch.

    `x` and `y` are percentages of the sketch's width and height, see `tools/vehicle_sketch.py`.
    """

    _name = "taller.order.mark"
    _description = "Condition Mark"
    _order = "order_id, id"
    _rec_name = "kind"

    order_id = fields.Many2one("taller.order", required=True, index=True, ondelete="cascade")
    x = fields.Float(required=True, digits=(5, 2))
    y = fields.Float(required=True, digits=(5, 2))
    kind = fields.Selection(
        [
            ("scratch", "Scratch"),
            ("dent", "Dent"),
            ("broken", "Broken"),
            ("missing", "Missing"),
            ("rust", "Rust"),
            ("stain", "Stain"),
            ("other", "Other"),
        ],
        required=True,
        default="scratch",
    )
    note = fields.Char()
    place = fields.Char(compute="_compute_place", help="Where on the vehicle it is, in words.")
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)

    _is_on_sketch = models.Constraint(
        "CHECK(x BETWEEN 0 AND 100 AND y BETWEEN 0 AND 100)", "The mark has to be on the sketch."
    )

    @api.depends("x", "y")
    @api.depends_context("lang")
    def _compute_place(self):
        places = self._get_places()
        for mark in self:
            mark.place = places[get_zone(mark.x, mark.y)]

    @api.model
    def _get_places(self):
        """{zone of the sketch: the same in words}."""
        return {
            ("left", "front"): self.env._("left side, front"),
            ("left", "middle"): self.env._("left side, middle"),
            ("left", "rear"): self.env._("left side, rear"),
            ("top", "front"): self.env._("front"),
            ("top", "middle"): self.env._("roof"),
            ("top", "rear"): self.env._("rear"),
            ("right", "front"): self.env._("right side, front"),
            ("right", "middle"): self.env._("right side, middle"),
            ("right", "rear"): self.env._("right side, rear"),
        }

    @api.model_create_multi
    def create(self, vals_list):
        marks = super().create(vals_list)
        marks._check_order_is_open()
        return marks

    def write(self, vals):
        self._check_order_is_open()
        if "order_id" in vals:
            raise UserError(self.env._("A mark stays on its order: delete it, and put it on the other one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self._check_order_is_open()

    def _check_order_is_open(self):
        if self.env.su:
            return
        for order in self.order_id:
            if order.state in CLOSED_STATES:
                raise UserError(
                    self.env._("%(order)s is closed: its marks stay as they are.", order=order.name)
                )
