from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .taller_order import CLOSED_STATES

FILLING_GROUPS = "taller_base.taller_base_group_mechanic,taller_base.taller_base_group_reception"


class TallerInspection(models.Model):
    """What was looked at on a vehicle during a visit, item by item, with its traffic lights.

    It is a copy of its template from the moment it starts: items, limits, choices and the words of the
    colours. Nobody writes it directly, no role has the right to: `save_answers` and `action_confirm` of
    `taller_inspection_fill.py` do. A confirmed inspection never changes, for the superuser neither.

    Both kinds of template use it. What only one kind demands belongs into the hooks `_check_may_fill`,
    `_check_may_confirm` and `_on_confirmed`.
    """

    _name = "taller.inspection"
    _description = "Inspection"
    _order = "id desc"
    _check_company_auto = True

    order_id = fields.Many2one(
        "taller.order", string="Work Order", required=True, index=True, readonly=True, ondelete="cascade"
    )
    template_id = fields.Many2one(
        "taller.inspection.template", readonly=True, index="btree_not_null", ondelete="set null"
    )
    name = fields.Char(string="Inspection", required=True, readonly=True)
    kind = fields.Selection(
        [("inspection", "Inspection"), ("quality", "Quality Check")], required=True, readonly=True
    )
    green_label = fields.Char(readonly=True)
    amber_label = fields.Char(readonly=True)
    red_label = fields.Char(readonly=True)
    state = fields.Selection(
        [("draft", "To Do"), ("in_progress", "In Progress"), ("done", "Done")],
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )
    line_ids = fields.One2many("taller.inspection.line", "inspection_id", string="Items", readonly=True)
    started_at = fields.Datetime(string="Started On", readonly=True)
    started_by_id = fields.Many2one("res.users", string="Started By", readonly=True)
    done_at = fields.Datetime(string="Confirmed On", readonly=True)
    done_by_id = fields.Many2one("res.users", string="Confirmed By", readonly=True)
    vehicle_id = fields.Many2one(related="order_id.vehicle_id", store=True, index=True, precompute=True)
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    odometer = fields.Float(related="order_id.odometer_in", string="Reading")
    odometer_unit = fields.Selection(related="order_id.odometer_unit")
    item_count = fields.Integer(string="Number of Items", compute="_compute_counts", compute_sudo=True)
    answered_count = fields.Integer(string="Checked", compute="_compute_counts", compute_sudo=True)
    green_count = fields.Integer(string="✓ Green", compute="_compute_counts", compute_sudo=True)
    amber_count = fields.Integer(string="! Amber", compute="_compute_counts", compute_sudo=True)
    red_count = fields.Integer(string="✕ Red", compute="_compute_counts", compute_sudo=True)

    _history_idx = models.Index("(vehicle_id, id) WHERE state = 'done'")

    @api.depends("name", "order_id.name")
    def _compute_display_name(self):
        for inspection in self:
            inspection.display_name = f"{inspection.order_id.name} · {inspection.name}"

    @api.depends("line_ids.rating", "line_ids.is_answered")
    def _compute_counts(self):
        groups = self.env["taller.inspection.line"]._read_group(
            [("inspection_id", "in", self.ids)], ["inspection_id", "is_answered", "rating"], ["__count"]
        )
        counts = {}
        for inspection, is_answered, rating, count in groups:
            for key in ("all", is_answered, rating):
                counts[inspection.id, key] = counts.get((inspection.id, key), 0) + count
        for inspection in self:
            inspection.item_count = counts.get((inspection.id, "all"), 0)
            inspection.answered_count = counts.get((inspection.id, True), 0)
            for rating in ("green", "amber", "red"):
                inspection[f"{rating}_count"] = counts.get((inspection.id, rating), 0)

    def write(self, vals):
        self._check_is_unconfirmed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self._check_is_unconfirmed()

    def _check_is_unconfirmed(self):
        for inspection in self:
            if inspection.state == "done":
                raise UserError(
                    self.env._(
                        "“%(inspection)s” is confirmed and can't be changed any more. Start another one.",
                        inspection=inspection.display_name,
                    )
                )

    def copy_data(self, default=None):
        raise UserError(self.env._("An inspection is copied from its template: start another one."))

    @api.model
    def _start(self, orders, template):
        """Start an inspection of each order by the template; a constant number of queries.

        The caller has checked that the user may. Words are copied in the user's language.
        """
        inspections = self.sudo().create(
            [{"order_id": order.id, **template._get_inspection_values()} for order in orders]
        )
        items = template.line_ids._get_snapshot_values_list()
        previous = inspections._get_previous_lines([item["code"] for item in items])
        services = template.line_ids._get_suggested_services(orders)
        self.env["taller.inspection.line"].sudo().create(
            [
                {
                    **item,
                    "inspection_id": inspection.id,
                    "service_id": services.get((inspection.order_id.id, item["code"])),
                    "previous_line_id": previous.get((inspection.vehicle_id.id, item["code"])),
                }
                for inspection in inspections
                for item in items
            ]
        )
        return inspections.sudo(False)

    def _get_previous_lines(self, codes):
        """{(vehicle id, code): id of the item as it was last checked on that vehicle}, of the same kind."""
        kinds = self.mapped("kind")
        self.env["taller.inspection.line"].flush_model(["inspection_id", "code", "is_answered", "rating"])
        self.flush_model(["vehicle_id", "state", "kind", "done_at", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (inspection.vehicle_id, line.code)
                       inspection.vehicle_id, line.code, line.id
                  FROM taller_inspection inspection
                  JOIN taller_inspection_line line ON line.inspection_id = inspection.id
                 WHERE inspection.state = 'done'
                   AND inspection.vehicle_id = ANY(%s)
                   AND inspection.company_id = ANY(%s)
                   AND inspection.kind = ANY(%s)
                   AND line.code = ANY(%s)
                   AND line.is_answered
                   AND line.rating IS DISTINCT FROM 'na'
              ORDER BY inspection.vehicle_id, line.code, inspection.done_at DESC, line.id DESC
                """,
                self.vehicle_id.ids,
                self.company_id.ids,
                kinds,
                codes,
            )
        )
        return {(vehicle_id, code): line_id for vehicle_id, code, line_id in rows}

    def action_open(self):
        """Open the screen of this inspection."""
        self.check_access("read")
        return self._get_screen_action()

    def _get_screen_action(self):
        """The action that opens the screen on which this inspection is filled in."""
        self.ensure_one()
        return {
            "name": self.name,
            "type": "ir.actions.act_window",
            "res_model": "taller.inspection",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # Hooks: what one kind of inspection demands beyond the engine.

    def _check_may_fill(self):
        """Raise unless the user may answer the items of these inspections, and confirm them, now."""
        self.check_access("read")
        if not self.env.user.has_groups(FILLING_GROUPS):
            raise AccessError(self.env._("Mechanics, reception and supervisors fill in inspections."))
        self._check_is_unconfirmed()
        for inspection in self:
            if inspection.order_id.state in CLOSED_STATES:
                raise UserError(
                    self.env._(
                        "%(order)s is closed: its inspections can't be changed any more.",
                        order=inspection.order_id.name,
                    )
                )

    def _check_may_confirm(self):
        """Raise, naming the items, if required ones are unchecked or miss their photo."""
        for inspection in self:
            if unchecked := inspection.line_ids.filtered(lambda line: line.missing == "answer"):
                raise UserError(
                    self.env._(
                        "These items haven't been checked yet: %(items)s.",
                        items=", ".join(unchecked.mapped("name")),
                    )
                )
            if without := inspection.line_ids.filtered(lambda line: line.missing == "photo"):
                raise UserError(
                    self.env._(
                        "These items need a photo: %(items)s.", items=", ".join(without.mapped("name"))
                    )
                )

    def _check_may_propose(self):
        """Raise unless the user may make jobs of what these inspections found; confirmed or not."""
        self.check_access("read")
        if not self.env.user.has_groups(FILLING_GROUPS):
            raise AccessError(self.env._("Mechanics, reception and supervisors propose jobs."))
        for order in self.order_id:
            if order.state in ("ready", *CLOSED_STATES):
                raise UserError(
                    self.env._(
                        "%(order)s is “%(state)s”: no job can be added.",
                        order=order.name,
                        state=order._get_state_label(),
                    )
                )

    def _on_confirmed(self):
        """After these inspections have been confirmed: tell the order's thread."""
        for inspection in self.sudo():
            inspection.order_id._message_log(
                body=self.env._(
                    "%(inspection)s confirmed: %(green)s %(good)s, %(amber)s %(soon)s, %(red)s %(urgent)s.",
                    inspection=inspection.name,
                    green=inspection.green_count,
                    good=inspection.green_label,
                    amber=inspection.amber_count,
                    soon=inspection.amber_label,
                    red=inspection.red_count,
                    urgent=inspection.red_label,
                )
            )
