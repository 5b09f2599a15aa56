from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.rating import DEFECTS
from .taller_inspection import FILLING_GROUPS
from .taller_order import CLOSED_STATES


class TallerOrder(models.Model):
    """The order's inspections and what they found."""

    _inherit = "taller.order"

    inspection_ids = fields.One2many(
        "taller.inspection", "order_id", string="Inspections", groups="base.group_user"
    )
    inspection_count = fields.Integer(compute="_compute_inspection_summary", groups="base.group_user")
    inspection_summary = fields.Char(
        string="Findings",
        compute="_compute_inspection_summary",
        groups="base.group_user",
        help="How many items of the order's inspections are good, due soon, urgent.",
    )

    @api.depends("inspection_ids.state")
    def _compute_inspection_summary(self):
        for order in self:
            inspections = order.inspection_ids.filtered(lambda inspection: inspection.kind == "inspection")
            order.inspection_count = len(inspections)
            lights = (("✓", "green_count"), ("!", "amber_count"), ("✕", "red_count"))
            order.inspection_summary = inspections and " ".join(
                f"{symbol} {sum(inspections.mapped(name))}" for symbol, name in lights
            )

    def action_start_inspection(self):
        """Start the inspection that fits the vehicle, or go on with the one begun; ask if several fit.

        Mechanics, reception and supervisors of the shop.

        :return: the action that opens the inspection, or the choice of templates
        :raise UserError: the order is closed, or there is no template
        """
        self.ensure_one()
        self._check_may_start_inspection()
        begun = self.inspection_ids.filtered(
            lambda inspection: inspection.kind == "inspection" and inspection.state != "done"
        )
        if begun:
            return begun[:1]._get_screen_action()
        Template = self.env["taller.inspection.template"]
        domain = Template._get_domain("inspection", self.vehicle_id.equipment_kind, self.company_id)
        templates = Template.search(domain, limit=2)
        if len(templates) == 1:
            return self._start_inspection(templates)._get_screen_action()
        if not Template.search_count([("kind", "=", "inspection")], limit=1):
            raise UserError(
                self.env._("There is no inspection template. An administrator adds one in the configuration.")
            )
        return {
            "name": self.env._("Start an Inspection"),
            "type": "ir.actions.act_window",
            "res_model": "taller.inspection.start",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id, "default_template_id": templates[:1].id},
        }

    def action_view_inspections(self):
        """Open the order's inspection, or their list if there are several."""
        self.ensure_one()
        self.check_access("read")
        inspections = self.inspection_ids
        if len(inspections) == 1:
            return inspections._get_screen_action()
        return {
            "name": self.env._("Inspections"),
            "type": "ir.actions.act_window",
            "res_model": "taller.inspection",
            "view_mode": "kanban,list,form",
            "domain": [("order_id", "=", self.id)],
        }

    def _check_may_start_inspection(self):
        self.check_access("read")
        if not self.env.user.has_groups(FILLING_GROUPS):
            raise AccessError(self.env._("Mechanics, reception and supervisors fill in inspections."))
        for order in self:
            if order.state in CLOSED_STATES:
                raise UserError(
                    self.env._(
                        "%(order)s is closed: nothing is inspected any more. Open a new work order.",
                        order=order.name,
                    )
                )

    def _start_inspection(self, template):
        """Start an inspection by the template, or go on with the unfinished one by the same template."""
        self.ensure_one()
        self._lock()
        self.invalidate_recordset(["inspection_ids"])
        begun = self.inspection_ids.filtered(
            lambda inspection: inspection.template_id == template and inspection.state != "done"
        )
        return begun[:1] or self.env["taller.inspection"]._start(self, template)

    def _get_inspection_findings(self, ratings=DEFECTS, kind="inspection"):
        """What confirmed inspections of this order found, in the order of the reports.

        For whatever shows findings: the approval page, the printed documents, the portal. It reads with
        the superuser's rights: the caller has checked that the reader may see the order.

        :param ratings: of these colours only: "green", "amber", "red", "na"; False for items without a
            colour (texts, values only written down). None: all items that were checked.
        :param str kind: "inspection" or "quality".
        :return: list of dicts, plain data except `line`:
            `line` (`taller.inspection.line`, sudo), `inspection` (its name), `done_at`, `done_by`
            (name), `section`, `name`, `rating`, `symbol` (✓ ! ✕ –), `label` (the colour in the words of
            the report), `answer` (measured value with unit, choice or text), `note`, `job_id` (id of the
            job proposed for it, or False), `photo_ids` (ids of `taller.photo`).
        """
        self.ensure_one()
        inspections = (
            self.sudo()
            .inspection_ids.filtered(
                lambda inspection: inspection.state == "done" and inspection.kind == kind
            )
            .sorted("id")
        )
        lines = inspections.line_ids.filtered(
            lambda line: line.is_answered and (ratings is None or line.rating in ratings)
        )
        return [
            line._get_finding() for line in lines.sorted(lambda line: (line.inspection_id.id, line.sequence))
        ]
