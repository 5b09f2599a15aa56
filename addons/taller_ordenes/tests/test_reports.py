import json
from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import load_workbook

from odoo import http
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon

REPORTS = (
    "taller.report.decision",
    "taller.report.job",
    "taller.report.order",
    "taller.report.productivity",
    "taller.report.step",
)
# Where each report's date comes from.
DATES = {
    "taller.report.decision": ("taller_approval", "signed_at"),
    "taller.report.job": ("taller_order", "received_at"),
    "taller.report.order": ("taller_order", "ready_at"),
    "taller.report.productivity": ("taller_job_time", "start"),
    "taller.report.step": ("taller_order_step", "start"),
}
MONDAY = datetime(2026, 3, 2, 14)


class ReportCommon(OrderCommon):
    @classmethod
    def clock(cls, job, mechanic, start, hours):
        cls.env["taller.job.time"].create(
            {
                "job_id": job.id,
                "employee_id": mechanic.id,
                "start": start,
                "stop": start + timedelta(hours=hours),
            }
        )

    @classmethod
    def attend(cls, mechanic, start, hours):
        cls.env["hr.attendance"].create(
            {
                "employee_id": mechanic.id,
                "check_in": start,
                "check_out": start + timedelta(hours=hours),
            }
        )

    @classmethod
    def done_job(cls, hours, clocked):
        """A finished job of that many flat-rate hours at 175 each, with `{mechanic: (start, hours)}` clocked."""
        order = cls._receive()
        job = cls._propose(order, hours=hours, pads=0, mechanic_ids=[Command.set([m.id for m in clocked])])
        job.line_ids.tax_ids = False
        order.action_send_estimate()
        cls._decide(order.estimate_id)
        for mechanic, (start, clocked_hours) in clocked.items():
            cls.clock(job, mechanic, start, clocked_hours)
        job.sudo().write({"state": "in_progress"})
        job.sudo()._action_finish()
        return job

    def group(self, model, groupby, aggregates, role="supervisor", domain=()):
        self.env.flush_all()
        return self.as_role(role, model)._read_group(
            [("shop_id", "=", self.shop.id), *domain], groupby, aggregates
        )


@tagged("post_install", "-at_install")
class TestProductivity(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.mechanic | cls.mechanic2).shop_id = cls.shop
        (cls.mechanic | cls.mechanic2).resource_calendar_id = False
        cls.mechanic.target_rate = 200
        cls.mechanic2.target_rate = 100

    def ratios(self, groupby, role="supervisor"):
        rows = self.group(
            "taller.report.productivity",
            groupby,
            ["utilisation:avg", "efficiency:avg", "recovery:avg"],
            role,
        )
        return {row[0].id if groupby else None: [round(value or 0, 4) for value in row[-3:]] for row in rows}

    def test_the_three_formulas_by_mechanic(self):
        # 3 flat-rate hours in 2 clocked ones of 8 at work.
        self.done_job(3, {self.mechanic: (MONDAY, 2)})
        self.attend(self.mechanic, MONDAY, 8)
        utilisation, efficiency, recovery = self.ratios(["employee_id"])[self.mechanic.id]
        self.assertEqual(utilisation, 2 / 8)
        self.assertEqual(efficiency, 3 / 2)
        self.assertEqual(recovery, round(3 * 175 / 200 / 2, 4))

    def test_a_group_has_the_ratio_of_its_sums(self):
        self.done_job(3, {self.mechanic: (MONDAY, 2)})
        self.attend(self.mechanic, MONDAY, 8)
        self.done_job(1, {self.mechanic2: (MONDAY, 4)})
        self.attend(self.mechanic2, MONDAY, 5)
        utilisation, efficiency, recovery = self.ratios([])[None]
        self.assertEqual(utilisation, round((2 + 4) / (8 + 5), 4))
        self.assertEqual(efficiency, round((3 + 1) / (2 + 4), 4))
        self.assertEqual(recovery, round((3 + 1) * 175 / (200 * 2 + 100 * 4), 4))

    def test_a_job_of_two_is_shared_by_their_hours(self):
        self.done_job(4, {self.mechanic: (MONDAY, 3), self.mechanic2: (MONDAY, 1)})
        rows = dict(self.group("taller.report.productivity", ["employee_id"], ["flat_hours:sum"]))
        shares = {employee.id: hours for employee, hours in rows.items()}
        self.assertEqual(shares, {self.mechanic.id: 3, self.mechanic2.id: 1})

    def test_an_unfinished_job_counts_for_the_utilisation_only(self):
        _order, job = self._approved_order()
        self.clock(job, self.mechanic, MONDAY, 2)
        self.attend(self.mechanic, MONDAY, 4)
        utilisation, efficiency, recovery = self.ratios(["employee_id"])[self.mechanic.id]
        self.assertEqual((utilisation, efficiency, recovery), (0.5, 0, 0))

    def test_without_a_target_there_is_no_recovery(self):
        self.mechanic2.target_rate = 0
        self.done_job(2, {self.mechanic2: (MONDAY, 2)})
        self.done_job(2, {self.mechanic: (MONDAY, 2)})
        self.assertEqual(self.ratios([])[None][2], round(2 * 175 / (200 * 2), 4))

    def test_mechanics_see_their_own_hours_and_no_money(self):
        self.done_job(4, {self.mechanic: (MONDAY, 3), self.mechanic2: (MONDAY, 1)})
        rows = self.as_role("mechanic", "taller.report.productivity").search([])
        self.assertEqual(rows.employee_id.ids, self.mechanic.ids)
        self.assertTrue(rows.read(["clocked_hours", "efficiency"]))
        for name in ("sold", "recovery_sold", "target_amount", "recovery"):
            with self.assertRaises(AccessError, msg=name):
                rows.read([name])
            with self.assertRaises(AccessError, msg=name):
                rows._read_group([], [], [f"{name}:avg"])


@tagged("post_install", "-at_install")
class TestReports(ReportCommon):
    def test_most_requested_services(self):
        order = self._receive()
        for name in ("Oil", "Brakes", "Oil"):
            self._propose(order, name=name)
        rows = self.group("taller.report.job", ["service_name"], ["job_count:sum"])
        self.assertEqual(dict(rows), {"Oil": 2, "Brakes": 1})

    def test_comebacks_by_the_job_that_came_back(self):
        first = self.done_job(2, {self.mechanic: (MONDAY, 2)})
        self.done_job(2, {self.mechanic2: (MONDAY, 2)})
        order = self._receive()
        again = self._propose(order, name="Brakes again")
        again.sudo().write({"warranty_of_id": first.id})
        [(done, came_back, rate)] = self.group(
            "taller.report.job", [], ["done_count:sum", "came_back_count:sum", "comeback_rate:avg"]
        )
        self.assertEqual((done, came_back, rate), (2, 1, 0.5))
        by_mechanic = dict(self.group("taller.report.job", ["mechanic_ids"], ["came_back_count:sum"]))
        self.assertEqual(by_mechanic[self.env["hr.employee.public"].browse(self.mechanic.id)], 1)

    def test_cycle_time_per_state(self):
        order = self._receive()
        order.action_start_estimate()
        for step, hours in zip(order.sudo().step_ids.sorted("id"), (2, 6), strict=True):
            step.write({"start": MONDAY, "stop": MONDAY + timedelta(hours=hours)})
        rows = dict(self.group("taller.report.step", ["state"], ["hours:avg"]))
        self.assertEqual(rows, {"received": 2, "estimating": 6})

    def test_promises_kept(self):
        for promised, ready in ((9, 8), (9, 9), (9, 12), (None, 8)):
            order, _job = self._finished_order()
            order.sudo().write(
                {
                    "received_at": MONDAY,
                    "ready_at": MONDAY + timedelta(hours=ready),
                    "promised_at": promised and MONDAY + timedelta(hours=promised),
                }
            )
        self._receive()
        [(count, promised, rate, late, lead)] = self.group(
            "taller.report.order",
            [],
            ["order_count:sum", "promised_count:sum", "kept_rate:avg", "late_hours:avg", "lead_hours:avg"],
        )
        self.assertEqual((count, promised, round(rate, 4), late), (4, 3, 0.6667, 1))
        self.assertEqual(lead, (8 + 9 + 12 + 8) / 4)

    def test_approval_rate_and_declined_value(self):
        order = self._receive()
        keep = self._propose(order, hours=3, pads=0)
        drop = self._propose(order, name="Wipers", hours=1, pads=0)
        (keep | drop).line_ids.tax_ids = False
        order.action_send_estimate()
        self._decide(order.estimate_id, accepted=keep, reason="Too dear")
        [(rate, declined, value)] = self.group(
            "taller.report.decision", [], ["approval_rate:avg", "amount_declined:sum", "value_rate:avg"]
        )
        self.assertEqual((rate, declined, value), (0.5, 175, 0.75))
        reasons = dict(self.group("taller.report.decision", ["decline_reason"], ["amount_declined:sum"]))
        self.assertEqual(reasons["Too dear"], 175)

    def test_who_reads_reports_of_which_shops(self):
        self._finished_order()
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        self._propose(elsewhere)
        elsewhere.action_send_estimate()
        self._decide(elsewhere.estimate_id)
        self.env.flush_all()
        for model in REPORTS:
            for role in ROLES:
                may_read = role in ("supervisor", "manager", "accounting", "administrator") or (
                    role == "mechanic" and model == "taller.report.productivity"
                )
                rows = self.as_role(role, model)
                if not may_read:
                    with self.assertRaises(AccessError, msg=(model, role)):
                        rows.search([])
                    continue
                shops = rows.search([]).shop_id
                if role in ("supervisor", "manager"):
                    self.assertEqual(shops, self.shop, (model, role))
                if role in ("accounting", "administrator") and model == "taller.report.job":
                    self.assertIn(self.other_shop, shops, role)
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.portal_user).search([])

    def test_other_companies_have_reports_of_their_own(self):
        vehicle = self._make_vehicle("P-444DDD", self.customer, company_id=False)
        order = (
            self.env["taller.order"]
            .with_company(self.foreign_company)
            .sudo()
            .create({"vehicle_id": vehicle.id, "shop_id": self.foreign_shop.id})
        )
        self.env.flush_all()
        steps = self.as_role("accounting", "taller.report.step").search([])
        self.assertNotIn(order.id, steps.sudo().order_id.ids)

    def test_this_month_reaches_an_index(self):
        """The default filter is compared in the table itself, with a column that begins an index.

        Which way the planner takes depends on how much there is; that it has this one doesn't.
        """
        for model, (table, column) in DATES.items():
            report = self.env[model]
            query = report._search([("date", ">=", "2026-03-01"), ("date", "<", "2026-04-01")])
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select("id", "shop_id")))
            plan = "\n".join(row[0] for row in rows)
            self.assertRegex(plan, rf"\b{column} >= '2026-03-01", f"{model}\n{plan}")
            self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
            definitions = "\n".join(row[0] for row in self.env.cr.fetchall())
            self.assertRegex(definitions, rf"btree \({column}\b", model)

    def test_each_report_opens_in_few_queries(self):
        self._finished_order()
        self.env.flush_all()
        for model in REPORTS:
            fields = list(self.env[model].RATIOS) or ["hours"]
            report = self.as_role("supervisor", model)
            arguments = ([], ["shop_id"], [f"{name}:avg" for name in fields])
            report._read_group(*arguments)
            with self.assertQueryCount(1):
                report._read_group(*arguments)


@tagged("post_install", "-at_install")
class TestExport(ReportCommon, HttpCase):
    def test_supervisors_take_the_list_home_as_a_spreadsheet(self):
        self._receive()
        self._propose(self._receive(), name="Brake fluid")
        self.env.flush_all()
        user = self.users["supervisor"]
        self.assertTrue(user.has_group("base.group_allow_export"))
        user.password = "taller-test-2026"
        self.authenticate(user.login, "taller-test-2026")
        data = {
            "model": "taller.report.job",
            "fields": [{"name": "service_name", "label": "Service", "type": "char"}],
            "ids": False,
            "domain": [("shop_id", "=", self.shop.id)],
            "groupby": [],
            "context": {},
            "import_compat": False,
        }
        response = self.url_open(
            "/web/export/xlsx", data={"data": json.dumps(data), "csrf_token": http.Request.csrf_token(self)}
        )
        self.assertEqual(response.status_code, 200)
        sheet = load_workbook(BytesIO(response.content)).active
        self.assertIn("Brake fluid", [row[0].value for row in sheet.rows])
