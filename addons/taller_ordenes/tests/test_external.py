from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestExternal(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env["res.partner"].create({"name": "Torno El Milagro", "supplier_rank": 1})

    def external_job(self, order, **values):
        return order.env["taller.job"].create(
            {
                "order_id": order.id,
                "name": "Skim the cylinder head",
                "is_external": True,
                "supplier_id": self.supplier.id,
                "external_cost": 400,
                **values,
            }
        )

    def approved_job(self, **values):
        order = self._receive()
        job = self.external_job(order, **values)
        job.action_price_external()
        order.action_send_estimate()
        self._decide(order.estimate_id)
        return job

    def test_the_customer_pays_the_cost_and_the_margin(self):
        self.company.taller_external_margin = 25
        order = self._receive()
        job = self.external_job(order)
        job.action_price_external()
        self.assertEqual(job.line_ids.price_unit, 500)
        job.external_cost = 480
        job.action_price_external()
        self.assertEqual(job.line_ids.mapped("price_unit"), [600])
        with self.assertRaises(UserError):
            self.external_job(order, external_cost=0).action_price_external()

    def test_a_customer_who_pays_in_dollars_is_asked_dollars(self):
        dollars = (
            self.env.ref("base.USD") if self.company.currency_id.name != "USD" else self.env.ref("base.EUR")
        )
        dollars.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": dollars.id, "rate": 0.125, "company_id": self.company.id, "name": "2020-01-01"}
        )
        self.company.taller_external_margin = 25
        order = self._receive()
        job = self.external_job(order)
        job.sudo().sale_order_id.pricelist_id = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": dollars.id}
        )
        job.action_price_external()
        self.assertEqual(job.line_ids.price_unit, 62.5)

    def test_it_goes_out_and_comes_back_without_a_clock(self):
        job = self.approved_job()
        order = job.order_id
        job.action_send_external()
        self.assertEqual((job.state, order.waiting_for), ("in_progress", "work"))
        self.assertIn("Torno El Milagro", order.board_note)
        with self.assertRaisesRegex(UserError, "isn't ready"):
            order.action_ready()
        job.action_return_external()
        self.assertEqual(job.state, "done")
        self.assertTrue(job.external_sent_at <= job.external_returned_at)
        self.assertFalse(job.time_ids)
        self.assertFalse(order.board_note)
        order.action_ready()

    def test_nobody_is_on_the_clock_for_it(self):
        job = self.approved_job(mechanic_ids=self.mechanic.ids)
        for step in ("action_start", "action_finish"):
            with self.assertRaisesRegex(UserError, "done outside"):
                getattr(self.as_role("mechanic", job), step)()

    def test_steps_come_in_their_order(self):
        order = self._receive()
        job = self.external_job(order)
        with self.assertRaises(UserError):
            job.action_send_external()
        with self.assertRaises(UserError):
            job.action_return_external()
        own = self._propose(order)
        with self.assertRaises(UserError):
            own.action_send_external()
        nobody = self.approved_job()
        nobody.supplier_id = False
        with self.assertRaisesRegex(UserError, "who does"):
            nobody.action_send_external()
        job = self.approved_job()
        job.action_send_external()
        with self.assertRaises(UserError):
            job.action_send_external()
        with self.assertRaises(UserError):
            job.is_external = False

    def test_what_comes_back_too_late_puts_the_promise_at_risk(self):
        promised = fields.Datetime.now() + timedelta(days=10)
        job = self.approved_job(external_due=promised + timedelta(hours=2))
        job.order_id.promised_at = promised
        self.assertEqual(job.order_id.promise_state, "at_risk")
        job.external_due = promised - timedelta(hours=2)
        self.env.invalidate_all()
        self.assertEqual(job.order_id.promise_state, "on_time")

    def test_the_cost_is_the_office_s(self):
        job = self.approved_job()
        for role in ("mechanic", "parts"):
            self.as_role(role, job).read(["supplier_id", "external_due"])
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, job).read(["external_cost"])
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            job.external_cost = -1
            self.env.flush_all()

    def test_who_may_do_what(self):
        job = self.approved_job()
        for role in ("mechanic", "parts", "manager", "accounting"):
            for step in ("action_price_external", "action_send_external", "action_return_external"):
                with self.assertRaises(AccessError, msg=(role, step)):
                    getattr(self.as_role(role, job), step)()
        with self.assertRaises(AccessError):
            job.external_returned_at = fields.Datetime.now()
        for role in ("mechanic", "reception", "manager"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, job).action_create_external_bill()

    def test_accounting_enters_the_bill_once(self):
        job = self.as_role("accounting", self.approved_job())
        action = job.action_create_external_bill()
        bill = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(
            (bill.move_type, bill.partner_id, bill.invoice_line_ids.price_unit, bill.shop_id),
            ("in_invoice", self.supplier, 400, self.shop),
        )
        self.assertEqual(job.action_create_external_bill()["res_id"], bill.id)
