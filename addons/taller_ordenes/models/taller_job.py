from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.context import without_defaults
from .taller_order import CLOSED_STATES, OFFICE, PRICES

# Written by the methods of the flow only, which check role and state.
PROTECTED_FIELDS = {
    "company_id",
    "decline_reason",
    "declined_job_id",
    "external_bill_id",
    "external_returned_at",
    "external_sent_at",
    "finished_at",
    "inspection_line_id",
    "offered_job_ids",
    "parts_missing",
    "parts_missing_since",
    "pause_note",
    "pause_reason",
    "reported_by_id",
    "quality_check_id",
    "rework_count",
    "rework_note",
    "sale_order_id",
    "shop_id",
    "started_at",
    "state",
    "time_ids",
    "vehicle_id",
    "warranty_from",
    "warranty_of_id",
    "warranty_odometer",
    "warranty_until",
}
# What a mechanic reports on an assigned job; all else is the reception's.
MECHANIC_FIELDS = {"cause", "correction", "replaced_parts"}
# What was done, by whom and in which time: as the vehicle was delivered, so it stays.
DONE_FIELDS = MECHANIC_FIELDS | {"mechanic_ids", "planned_hours"}
# What the customer decides on: it stays as it was shown.
SHOWN_FIELDS = {"concern", "customer_text", "line_ids", "name", "order_id", "service_id"}
# Declined, and neither offered again nor given up. An offer on a cancelled order is none.
TO_OFFER = (
    Domain("state", "=", "declined")
    & Domain("follow_up_closed", "=", False)
    & Domain("offered_job_ids", "not any", [("state", "!=", "cancelled")])
)


class TallerJob(models.Model):
    """One piece of work of an order (*trabajo*): what is wrong, why, and what was done about it.

    Labour and parts are lines of the estimate (`sale.order.line`), which only those who see prices
    can read; everyone else reads `work_to_do`. Mechanics start and finish the jobs assigned to them.
    """

    _name = "taller.job"
    _description = "Job"
    # Mechanics are assigned by people who must not open the employees' files.
    _inherit = ["hr.mixin"]
    _order = "order_id desc, sequence, id"
    _check_company_auto = True

    order_id = fields.Many2one("taller.order", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Job", required=True)
    concern = fields.Text(help="What the customer complains of.")
    cause = fields.Text(help="What the mechanic found.")
    correction = fields.Text(help="What was done about it.")
    mechanic_ids = fields.Many2many(
        "hr.employee",
        "taller_job_mechanic_rel",
        "job_id",
        "employee_id",
        string="Mechanics",
        check_company=True,
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("approved", "Approved"),
            ("declined", "Declined"),
            ("in_progress", "In Progress"),
            ("done", "Done"),
            ("cancelled", "Dropped"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
    )
    decline_reason = fields.Char(readonly=True, copy=False)
    planned_hours = fields.Float(
        compute="_compute_planned_hours",
        compute_sudo=True,
        store=True,
        readonly=False,
        precompute=True,
        help="Flat-rate hours: those of the job's labour lines, unless entered otherwise.",
    )
    clocked_hours = fields.Float(
        compute="_compute_clocked_hours",
        compute_sudo=True,
        help="Hours that mechanics were on the clock for this job, the running ones included.",
    )
    time_ids = fields.One2many("taller.job.time", "job_id", string="Times", readonly=True)
    started_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    is_mine = fields.Boolean(
        string="Assigned to Me", compute="_compute_is_mine", search="_search_is_mine", compute_sudo=True
    )
    is_my_clock_running = fields.Boolean(compute="_compute_is_my_clock_running", compute_sudo=True)
    is_clock_running = fields.Boolean(compute="_compute_is_my_clock_running", compute_sudo=True)
    work_to_do = fields.Text(
        compute="_compute_work_to_do",
        compute_sudo=True,
        help="Labour and parts of the job, without their prices.",
    )
    photo_ids = fields.One2many("taller.photo", "job_id", string="Photos")
    sale_order_id = fields.Many2one(
        "sale.order",
        string="Estimate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=OFFICE,
    )
    line_ids = fields.One2many("sale.order.line", "taller_job_id", string="Labour and Parts", groups=OFFICE)
    amount_untaxed = fields.Monetary(
        string="Untaxed", compute="_compute_amounts", compute_sudo=True, groups=PRICES
    )
    amount_total = fields.Monetary(
        string="Total", compute="_compute_amounts", compute_sudo=True, groups=PRICES
    )
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    vehicle_id = fields.Many2one(related="order_id.vehicle_id", store=True, index=True, precompute=True)
    promised_at = fields.Datetime(related="order_id.promised_at")
    order_state = fields.Selection(related="order_id.state", string="Order's State")

    @api.depends("line_ids.product_uom_qty", "line_ids.product_uom_id")
    def _compute_planned_hours(self):
        hour = self.env.ref("uom.product_uom_hour")
        for job in self:
            labour = job.line_ids.filtered(
                lambda line: line.product_uom_id and line.product_uom_id._has_common_reference(hour)
            )
            job.planned_hours = sum(
                line.product_uom_id._compute_quantity(line.product_uom_qty, hour, round=False)
                for line in labour
            )

    @api.depends("time_ids.start", "time_ids.stop")
    def _compute_clocked_hours(self):
        now = fields.Datetime.now()
        for job in self:
            job.clocked_hours = sum(
                ((time.stop or now) - time.start).total_seconds() / 3600 for time in job.time_ids
            )

    @api.depends("mechanic_ids")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for job in self:
            job.is_mine = self.env.user in job.mechanic_ids.user_id

    def _search_is_mine(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("mechanic_ids", "in", self.env.user.sudo().employee_ids.ids)

    @api.depends("time_ids.stop")
    @api.depends_context("uid")
    def _compute_is_my_clock_running(self):
        for job in self:
            running = job.time_ids.filtered(lambda time: not time.stop)
            job.is_clock_running = bool(running)
            job.is_my_clock_running = self.env.user in running.employee_id.user_id

    @api.depends("line_ids.name", "line_ids.product_uom_qty", "line_ids.product_uom_id")
    def _compute_work_to_do(self):
        for job in self:
            job.work_to_do = "\n".join(
                f"{line.product_uom_qty:g} {line.product_uom_id.name} · {line.name}"
                if line.product_id
                else line.name
                for line in job.line_ids
            )

    @api.depends("line_ids.price_subtotal", "line_ids.price_total")
    def _compute_amounts(self):
        for job in self:
            job.amount_untaxed, job.amount_total = job.line_ids._get_taller_totals()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected_fields(vals)
        self = without_defaults(self, PROTECTED_FIELDS)
        default_order = self.env.context.get("default_order_id")
        orders = self.env["taller.order"].browse(
            {vals.get("order_id", default_order) for vals in vals_list} - {None, False}
        )
        orders.check_access("write")
        for order in orders:
            if order.state in ("ready", *CLOSED_STATES):
                raise UserError(
                    self.env._(
                        "%(order)s is “%(state)s”: no job can be added.",
                        order=order.name,
                        state=order._get_state_label(),
                    )
                )
        # Only the flow itself says which round, of which there may be others than the open one.
        unplaced = [vals for vals in vals_list if "sale_order_id" not in vals]
        estimates = orders.browse(
            {vals.get("order_id", default_order) for vals in unplaced} - {None, False}
        )._get_open_estimates()
        for vals in unplaced:
            order = orders.browse(vals.get("order_id", default_order))
            vals["sale_order_id"] = estimates[order].id if order else False
        jobs = super().create(vals_list)
        orders.filtered(lambda order: order.state == "received")._set_state("estimating")
        return jobs

    def write(self, vals):
        self._check_protected_fields(vals)
        self._check_may_change(vals)
        return super().write(vals)

    def unlink(self):
        self._check_may_delete()
        self.line_ids.unlink()
        return super().unlink()

    def _check_may_delete(self):
        self._check_is_proposed()

    def _check_is_proposed(self):
        for job in self:
            if job.state != "proposed":
                raise UserError(
                    self.env._(
                        "The customer has decided on “%(job)s”: what was decided on stays as it is. "
                        "Add another job instead.",
                        job=job.name,
                    )
                )

    def _check_protected_fields(self, vals):
        if not self.env.su and (names := PROTECTED_FIELDS & vals.keys()):
            raise AccessError(
                self.env._(
                    "The job's own buttons set %(fields)s; nobody writes it directly.",
                    fields=", ".join(sorted(self._fields[name].string for name in names)),
                )
            )

    def _check_may_change(self, vals):
        if self.env.su:
            return
        if vals.keys() & SHOWN_FIELDS:
            self._check_is_proposed()
        if "order_id" in vals:
            raise AccessError(self.env._("A job stays on its order."))
        if vals.keys() & DONE_FIELDS:
            for job in self:
                if job.order_id.state in CLOSED_STATES:
                    raise UserError(
                        self.env._(
                            "%(order)s is closed: what was done on “%(job)s” stays as it is.",
                            order=job.order_id.name,
                            job=job.name,
                        )
                    )
        if self.env.user.has_group("taller_base.taller_base_group_reception"):
            return
        if vals.keys() - MECHANIC_FIELDS:
            raise AccessError(
                self.env._("Mechanics report cause and correction; the rest is the reception's.")
            )
        for job in self:
            if not job.is_mine:
                raise AccessError(self.env._("“%(job)s” isn't assigned to you.", job=job.name))
