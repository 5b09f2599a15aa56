import pytz
from babel.dates import format_date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import babel_locale_parse, format_time
from odoo.tools.misc import get_lang

from ..tools.promise import Promise, get_outlooks
from .taller_order import OPEN_STATES

# Until the vehicle is ready, its promise can break.
PROMISE_STATES = ("received", "estimating", "waiting", "in_progress")
JOB_STATES = ("proposed", "approved", "in_progress")


class TallerOrder(models.Model):
    """Whether the promised time will be kept, told before it breaks.

    What is left of the jobs, in planned hours less clocked ones, is held against the working hours that the
    mechanics have until then, see `tools/promise.py`. It changes with every minute, so it isn't stored.
    """

    _inherit = "taller.order"

    promise_state = fields.Selection(
        [
            ("on_time", "On Time"),
            ("at_risk", "At Risk"),
            ("late", "Late"),
            ("none", "No Promise"),
            ("ready", "Ready"),
        ],
        string="Promise",
        compute="_compute_promise",
        search="_search_promise_state",
        groups="base.group_user",
        help="At risk: on this vehicle, and on what was promised earlier, there is more work left than there "
        "are working hours until the promised time.",
    )
    promise_words = fields.Char(string="Promised Time", compute="_compute_promise", groups="base.group_user")
    promise_hours_needed = fields.Float(
        string="Hours Needed",
        compute="_compute_promise",
        groups="base.group_user",
        help="Hours of the mechanic with the most to do on this vehicle and before it, until it can be ready.",
    )
    promise_hours_left = fields.Float(
        string="Hours Left",
        compute="_compute_promise",
        groups="base.group_user",
        help="Working hours of that mechanic until the promised time.",
    )

    @api.depends("state", "promised_at", "ready_at")
    @api.depends_context("lang")
    def _compute_promise(self):
        now = fields.Datetime.now()
        outlooks = self._get_outlooks(now)
        for order in self:
            outlook = outlooks.get(order)
            if order.state not in OPEN_STATES:
                order.promise_state = False
            elif order.state == "ready":
                order.promise_state = "ready"
            else:
                order.promise_state = outlook.state if outlook else "none"
            order.promise_words = order._get_promise_words(now)
            order.promise_hours_needed = outlook.needed if outlook else 0.0
            order.promise_hours_left = outlook.left if outlook else 0.0

    def _search_promise_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        can_break = Domain("state", "in", PROMISE_STATES)
        is_ahead = can_break & Domain("promised_at", ">", fields.Datetime.now())
        domain_of_state = {
            "none": can_break & Domain("promised_at", "=", False),
            "ready": Domain("state", "=", "ready"),
            "late": can_break & Domain("promised_at", "<=", fields.Datetime.now()),
            False: Domain("state", "not in", OPEN_STATES),
        }
        domains = [domain_of_state[state] for state in value if state in domain_of_state]
        if {"on_time", "at_risk"} & set(value):
            found = self.search(is_ahead).filtered(lambda order: order.promise_state in value)
            domains.append(Domain("id", "in", found.ids))
        return Domain.OR(domains)

    def _get_outlooks(self, now):
        """{order: `Outlook`} of those of these orders whose promise can still break.

        All that is promised in their shops is looked at, whoever asks: it is the same mechanics' work. The
        number of queries depends on shops and calendars, not on orders.
        """
        shops = self.filtered(lambda order: order.state in PROMISE_STATES and order.promised_at).shop_id
        if not shops:
            return {}
        orders = (
            self.env["taller.order"]
            .sudo()
            .search_fetch(
                [
                    ("shop_id", "in", shops.ids),
                    ("state", "in", PROMISE_STATES),
                    ("promised_at", "!=", False),
                ],
                ["promised_at", "shop_id"],
            )
        )
        jobs = (
            self.env["taller.job"]
            .sudo()
            .search_fetch(
                [("order_id", "in", orders.ids), ("state", "in", JOB_STATES)],
                ["order_id", "shop_id", "planned_hours", "is_external", "external_due"],
            )
        )
        work_of_shop = {shop: [] for shop in shops}
        for job, work in jobs._get_remaining_work(now).items():
            work_of_shop[job.shop_id].append(work)
        outlooks = {}
        for shop, promised in orders.grouped("shop_id").items():
            outlooks.update(
                get_outlooks(
                    promised._get_promises(jobs),
                    work_of_shop[shop],
                    shop._get_hours_until(
                        jobs.filtered(lambda job, shop=shop: job.shop_id == shop).mechanic_ids, now
                    ),
                    now,
                    shop.company_id.taller_promise_margin,
                )
            )
        return {order: outlooks[order.id] for order in self if order.id in outlooks}

    def _get_promises(self, jobs):
        """The `Promise`s of these orders; outside work counts by when it is expected back."""
        returns = {}
        for job in jobs:
            if job.is_external and job.external_due:
                returns[job.order_id] = max(job.external_due, returns.get(job.order_id, job.external_due))
        return [Promise(order.id, order.promised_at, returns.get(order)) for order in self]

    def _get_promise_words(self, now):
        """The promised time as one says it in the shop: “today 16:00”, “2 h late”."""
        self.ensure_one()
        moment = self.ready_at if self.state == "ready" else self.promised_at
        if not moment or self.state not in OPEN_STATES:
            return ""
        if self.state == "ready":
            return self.env._("since %(time)s", time=self._say_moment(moment, now))
        if moment > now:
            return self._say_moment(moment, now)
        minutes = int((now - moment).total_seconds() // 60)
        if minutes < 60:
            return self.env._("%(minutes)s min late", minutes=minutes)
        if minutes < 24 * 60:
            return self.env._("%(hours)s h late", hours=minutes // 60)
        if minutes < 48 * 60:
            return self.env._("1 day late")
        return self.env._("%(days)s days late", days=minutes // (24 * 60))

    def _say_moment(self, moment, now):
        """“today 16:00”, in the shop's time zone and the reader's language."""
        timezone = pytz.timezone(self.shop_id.tz)
        local = pytz.utc.localize(moment).astimezone(timezone)
        time = format_time(self.env, moment, tz=self.shop_id.tz, time_format="short")
        days = (local.date() - pytz.utc.localize(now).astimezone(timezone).date()).days
        if days == 0:
            return self.env._("today %(time)s", time=time)
        if days == 1:
            return self.env._("tomorrow %(time)s", time=time)
        if days == -1:
            return self.env._("yesterday %(time)s", time=time)
        locale = babel_locale_parse(get_lang(self.env).code)
        return f"{format_date(local.date(), 'EEE d MMM', locale=locale)} {time}"
