from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL

from .common import SIGNATURE


@tagged("post_install", "-at_install")
class TestApprovalLock(BaseCase):
    """Two browsers at the same moment: with two real transactions, on records both can see."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(get_db_name())
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
            shop = env["taller.shop"].create({"name": "Lock Test", "code": "LOCK"})
            customer = env["res.partner"].create({"name": "Lock Test", "email": "lock@example.com"})
            vehicle = env["fleet.vehicle"].create(
                {"license_plate": "P-001LCK", "ownership": "customer", "owner_id": customer.id}
            )
            order = env["taller.order"].create({"vehicle_id": vehicle.id, "shop_id": shop.id})
            job = env["taller.job"].create({"order_id": order.id, "name": "Brakes"})
            product = env.ref("taller_ordenes.product_labour")
            job.line_ids.create({"taller_job_id": job.id, "product_id": product.id, "price_unit": 100})
            order._offer_estimate()
            self.estimate_id = order.estimate_id.id
            self.records = (
                ("taller_job", job.id),
                ("sale_order_line", job.line_ids.id),
                ("sale_order", order.estimate_id.id),
                ("taller_order", order.id),
                ("taller_vehicle_ownership", vehicle.sudo().ownership_ids.id),
                ("fleet_vehicle", vehicle.id),
                ("res_partner", customer.id),
                ("taller_shop", shop.id),
            )
        self.addCleanup(self.remove_records)

    def remove_records(self):
        with self.database.cursor() as cr:
            cr.execute(
                "UPDATE sale_order_line SET taller_job_id = NULL WHERE order_id = %s", [self.estimate_id]
            )
            for table, record_id in self.records:
                cr.execute(SQL("DELETE FROM %s WHERE id = %s", SQL.identifier(table), record_id))

    def decide(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
        estimate = env["sale.order"].browse(self.estimate_id)
        decisions = {job.id: (True, "") for job in estimate.taller_job_ids}
        return env["taller.approval"]._decide(
            estimate, decisions, estimate.taller_sent_hash, "Ana", SIGNATURE
        )

    def test_of_two_decisions_at_the_same_moment_one_wins(self):
        with self.database.cursor() as first, self.database.cursor() as second:
            self.assertTrue(self.decide(first))
            with self.assertRaisesRegex(UserError, "at this very moment"):
                self.decide(second)
            first.rollback()
            second.rollback()

    def test_of_two_steps_at_the_same_moment_one_wins(self):
        with self.database.cursor() as first, self.database.cursor() as second:
            orders = [
                api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})["sale.order"]
                .browse(self.estimate_id)
                .taller_order_id
                for cr in (first, second)
            ]
            orders[0].action_cancel("First")
            with self.assertRaisesRegex(UserError, "Someone else"):
                orders[1].action_cancel("Second")
            first.rollback()
            second.rollback()

    def test_of_two_deliveries_at_the_same_moment_one_wins(self):
        with self.database.cursor() as first, self.database.cursor() as second:
            orders = [
                api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})["sale.order"]
                .browse(self.estimate_id)
                .taller_order_id
                for cr in (first, second)
            ]
            orders[0].action_leave_unrepaired("Too expensive")
            orders[0]._deliver({"picked_up_by": "Ana"}, {})
            for step in (
                lambda order: order._deliver({"picked_up_by": "Marta"}, {}),
                lambda order: order.action_deliver(),
                lambda order: order.action_ready(),
                lambda order: order.action_leave_unrepaired("Second"),
            ):
                with self.assertRaisesRegex(UserError, "Someone else"):
                    step(orders[1])
            first.rollback()
            second.rollback()
