from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, format_time

from ..tools.moment import describe_day


class TallerJob(models.Model):
    """What a mechanic's card says about a job, in words, and the order of the cards."""

    _inherit = "taller.job"

    license_plate = fields.Char(related="vehicle_id.license_plate", string="Plate")
    make_and_model = fields.Char(related="vehicle_id.make_and_model")
    promised_text = fields.Char(
        string="Promised, in Words", compute="_compute_promised_text", compute_sudo=True
    )
    is_late = fields.Boolean(compute="_compute_promised_text", compute_sudo=True)
    waits_for = fields.Char(
        compute="_compute_waits_for",
        compute_sudo=True,
        help="Why the job can't be worked on now, in words; empty if it can.",
    )
    card_rank = fields.Integer(
        compute="_compute_card_rank",
        help="Sorts the cards: what runs, what is begun, what may begin, the rest.",
    )

    @api.depends("promised_at", "state")
    @api.depends_context("lang", "tz")
    def _compute_promised_text(self):
        now = fields.Datetime.now()
        for job in self:
            promised = job.promised_at
            job.promised_text = promised and job._describe_moment(promised)
            job.is_late = bool(promised and promised < now and job.state in ("approved", "in_progress"))

    @api.depends("state", "order_state")
    @api.depends_context("lang")
    def _compute_waits_for(self):
        for job in self:
            order_state = job.order_id.state
            if job.state == "proposed":
                is_sent = job.sale_order_id.taller_sent_at
                job.waits_for = (
                    self.env._("Waits for the customer") if is_sent else self.env._("Waits for the estimate")
                )
            elif job.state in ("approved", "in_progress") and order_state != "in_progress":
                state = job.order_id._get_state_label()
                job.waits_for = self.env._("The order is “%(state)s”", state=state)
            else:
                job.waits_for = False

    def _compute_card_rank(self):
        for job in self:
            is_running = job.is_clock_running
            job.card_rank = {"in_progress": 1 - is_running, "approved": 2, "proposed": 3}.get(job.state, 4)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name != "card_rank":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        state = SQL.identifier(alias, "state")
        running = SQL(
            "EXISTS (SELECT FROM taller_job_time time WHERE time.job_id = %s AND time.stop IS NULL)",
            SQL.identifier(alias, "id"),
        )
        return SQL(
            "CASE WHEN %(state)s = 'in_progress' AND %(running)s THEN 0"
            " ELSE array_position(ARRAY['in_progress', 'approved', 'proposed']::varchar[], %(state)s) END"
            " %(direction)s %(nulls)s",
            state=state,
            running=running,
            direction=direction,
            nulls=nulls,
        )

    def _describe_moment(self, moment):
        """“today 16:00”, “tomorrow 08:30”, “Friday 16:00”: as one says it in the shop, in the user's zone."""
        local = fields.Datetime.context_timestamp(self, moment)
        today = fields.Datetime.context_timestamp(self, fields.Datetime.now()).date()
        kind = describe_day(local.date(), today)
        day = {
            "yesterday": self.env._("yesterday"),
            "today": self.env._("today"),
            "tomorrow": self.env._("tomorrow"),
        }.get(kind) or format_date(
            self.env, local.date(), date_format="EEEE" if kind == "week" else "EEE d MMM"
        )
        return f"{day} {format_time(self.env, local.time(), time_format='HH:mm')}"
