from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from ..hooks import uninstall_hook
from .common import OrderCommon

STATES = ("received", "estimating", "waiting", "in_progress", "ready", "delivered", "cancelled")


@tagged("post_install", "-at_install")
class TestAccess(OrderCommon):
    def test_reception_supervisor_and_administrator_receive_cars(self):
        for role in ("reception", "supervisor", "administrator"):
            self.assertTrue(self._receive(role=role), role)
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self._receive(role=role)

    def test_without_work_orders_reception_sells_nothing(self):
        self.assertTrue(self.users["reception"].has_group("sales_team.group_sale_salesman"))
        uninstall_hook(self.env)
        self.env.invalidate_all()
        self.assertFalse(self.users["reception"].has_group("sales_team.group_sale_salesman"))

    def test_staff_read_the_orders_of_their_shops(self):
        order = self._receive()
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        for role in ROLES:
            self.assertIn(order, self.as_role(role, "taller.order").search([]), role)
            seen = elsewhere in self.as_role(role, "taller.order").search([])
            self.assertEqual(seen, role in ("accounting", "administrator"), role)

    def test_other_shops_jobs_times_and_decisions_are_out_of_reach(self):
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        job = self._propose(elsewhere)
        elsewhere.action_send_estimate()
        approval = self._decide(elsewhere.estimate_id)
        self.as_role("administrator", job).action_start()
        for role in ("mechanic", "parts", "reception", "supervisor", "manager"):
            for record in (job, job.time_ids, elsewhere):
                with self.assertRaises(AccessError, msg=(role, record)):
                    self.as_role(role, record).read(["display_name"])
        for role in ("reception", "supervisor", "manager"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, approval).read(["signed_by"])
        for role in ("reception", "supervisor"):
            for record in (approval.sale_order_id, approval.sale_order_id.order_line):
                with self.assertRaises(AccessError, msg=(role, record)):
                    self.as_role(role, record).read(["display_name"])
        self.assertTrue(self.as_role("accounting", approval.sale_order_id).read(["name"]))

    def test_other_companies_orders_are_out_of_reach(self):
        vehicle = self._make_vehicle("P-444DDD", self.customer, company_id=False)
        foreign = (
            self.env["taller.order"]
            .with_company(self.foreign_company)
            .sudo()
            .create({"vehicle_id": vehicle.id, "shop_id": self.foreign_shop.id})
        )
        for role in ROLES:
            self.assertNotIn(foreign, self.as_role(role, "taller.order").search([]), role)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, foreign).read(["name"])

    def test_reception_makes_no_orders_for_other_shops(self):
        with self.assertRaises(AccessError):
            self._receive(shop_id=self.other_shop.id)

    def test_accounting_lands_on_what_is_to_be_invoiced(self):
        to_invoice = self.env.ref("taller_ordenes.taller_order_action_to_invoice").id
        root = self.env.ref("taller_base.taller_base_menu_root").id
        for role in ROLES:
            menus = self.as_role(role, "ir.ui.menu").load_web_menus(False)
            self.assertEqual(menus[root]["actionID"] == to_invoice, role == "accounting", role)
            shown = [menu for menu in menus.values() if menu["actionID"] == to_invoice and menu["id"] != root]
            shown = [menu for menu in shown if not menu["children"]]
            self.assertEqual(len(shown), role in ("accounting", "administrator"), role)

    def test_nobody_writes_the_state(self):
        order, job = self._approved_order()
        for role in ROLES:
            user = self.users[role]
            for state in STATES:
                with self.assertRaises(AccessError, msg=(role, state)):
                    self._state_via_rpc(user, order, {"state": state})
            for values in ({"state": "done"}, {"started_at": "2026-01-01 10:00:00"}):
                with self.assertRaises(AccessError, msg=(role, values)):
                    self._state_via_rpc(user, job, values)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.order").create({"vehicle_id": self.vehicle.id, "state": "ready"})
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.job").create(
                    {"order_id": order.id, "name": "Free", "state": "approved"}
                )
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.job.time").create(
                    {"job_id": job.id, "employee_id": self.mechanic.id, "start": "2026-01-01 10:00:00"}
                )

    def test_a_default_in_the_context_is_no_way_in_either(self):
        orders = self.as_role("reception", "taller.order").with_context(default_state="delivered")
        order = orders.create({"vehicle_id": self.vehicle.id})
        self.assertEqual(order.state, "received")
        jobs = self.as_role("reception", "taller.job").with_context(default_state="approved")
        self.assertEqual(jobs.create({"name": "Free", "order_id": order.id}).state, "proposed")
        estimates = self.as_role("reception", "sale.order").with_context(default_taller_order_id=order.id)
        self.assertFalse(estimates.create({"partner_id": self.customer.id}).taller_order_id)

    def test_nor_do_salespeople_confirm_an_estimate_by_hand(self):
        order = self._receive()
        self._propose(order)
        estimate = order.estimate_id
        for role in ("reception", "supervisor", "administrator"):
            for step in ("action_confirm", "action_cancel", "action_quotation_sent"):
                with self.assertRaises(UserError, msg=(role, step)):
                    getattr(self.as_role(role, estimate), step)()
            for values in ({"state": "sale"}, {"signed_by": "Ana"}, {"taller_sent_hash": "0"}):
                with self.assertRaises(UserError, msg=(role, values)):
                    self._state_via_rpc(self.users[role], estimate, values)
        with self.assertRaises(UserError):
            self.as_role("reception", "sale.order").create(
                {"partner_id": self.customer.id, "taller_order_id": order.id}
            )

    def test_mechanics_and_parts_room_see_no_prices(self):
        order, job = self._approved_order()
        for role in ("mechanic", "parts"):
            for name in ("line_ids", "amount_total", "amount_untaxed", "sale_order_id"):
                with self.assertRaises(AccessError, msg=(role, name)):
                    self.as_role(role, job).read([name])
            for name in ("amount_approved", "sale_order_ids", "approval_ids", "invoice_ids", "access_token"):
                with self.assertRaises(AccessError, msg=(role, name)):
                    self.as_role(role, order).read([name])
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order.sale_order_ids).read(["amount_total"])
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.approval").search([])

    def test_mechanics_read_what_is_to_be_done(self):
        _order, job = self._approved_order()
        job = self.as_role("mechanic", job)
        self.assertIn("Brake pads", job.work_to_do)
        self.assertNotIn("420", job.work_to_do)
        for view in ("kanban", "form", "list", "search"):
            arch = self.as_role("mechanic", "taller.job").get_views([(False, view)])["views"][view]["arch"]
            for name in ("price", "amount", "line_ids"):
                self.assertNotIn(f'name="{name}', arch)

    def test_mechanics_report_on_their_own_jobs_only(self):
        order, job = self._approved_order()
        own = self.as_role("mechanic", job)
        own.write({"cause": "Worn pads", "correction": "Replaced"})
        with self.assertRaises(AccessError):
            own.planned_hours = 20
        with self.assertRaises(AccessError):
            own.mechanic_ids = [Command.clear()]
        with self.assertRaises(AccessError):
            job.with_user(self.second_mechanic).cause = "Not me"
        with self.assertRaises(AccessError):
            self.as_role("mechanic", "taller.job").create({"order_id": order.id, "name": "Extra"})
        for role in ("parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, job).cause = "None of my business"

    def test_customers_read_their_own_orders_only(self):
        order = self._receive()
        own = self._receive(partner_id=self.portal_user.partner_id.id)
        seen = self.env["taller.order"].with_user(self.portal_user).search([])
        self.assertEqual(seen, own)
        with self.assertRaises(AccessError):
            order.with_user(self.portal_user).read(["name"])
        with self.assertRaises(AccessError):
            own.with_user(self.portal_user).concern = "Cheaper, please"
        for model in ("taller.job", "taller.job.time", "taller.approval"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.portal_user).search([])
