from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestWarranty(OrderCommon):
    """A promise for each job, and the car that comes back because of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"taller_warranty_months": 3, "taller_warranty_km": 5000})
        cls.first, cls.original = cls._finished_order(odometer_in=80100)
        cls.first.action_deliver()

    def _come_back(self, odometer=81000, **values):
        return self._receive(odometer_in=odometer, **values)

    def _claim(self, order, job=None):
        job = (job or self.original).with_user(order.env.user)
        job.with_context(default_order_id=order.id).action_claim_warranty()
        return order.job_ids.filtered("warranty_of_id")

    def test_a_service_has_a_warranty_of_its_own(self):
        service = self.env["taller.service"].create(
            {"name": "Engine", "has_own_warranty": True, "warranty_months": 12, "warranty_distance": 20000}
        )
        free = self.env["taller.service"].create({"name": "Wash", "has_own_warranty": True})
        order = self._receive()
        jobs = order._add_services(service | free)
        self.assertEqual(jobs.mapped("warranty_months"), [12, 0])
        self.assertEqual(jobs.mapped("warranty_distance"), [20000, 0])

    def test_warranty_is_fixed_from_the_delivery_on(self):
        for role in ("reception", "supervisor"):
            job = self.as_role(role, self.original)
            with self.assertRaisesRegex(UserError, "supervisor may extend"):
                job.warranty_months = 24
        for role in ROLES:
            for name in ("warranty_until", "warranty_from", "warranty_of_id"):
                with self.assertRaises(AccessError, msg=(role, name)):
                    self._state_via_rpc(self.users[role], self.original, {name: False})

    def test_a_comeback_is_recognised(self):
        order = self._come_back()
        self.assertEqual(order.warranty_job_ids, self.original)
        far = self._come_back(odometer=85101, odometer_reason="Drives a taxi")
        self.assertFalse(far.warranty_job_ids, "too far")
        self.original.sudo().warranty_until = fields.Date.subtract(fields.Date.context_today(order), days=1)
        self.env.invalidate_all()
        self.assertFalse(order.warranty_job_ids, "too late")
        with self.assertRaisesRegex(UserError, "any more"):
            self._claim(order)

    def test_one_tap_makes_the_job_again_for_nothing(self):
        order = self._come_back()
        claim = self._claim(order)
        self.assertEqual(claim.warranty_of_id, self.original)
        self.assertEqual(claim.warranty_mechanic_ids, self.mechanic)
        self.assertEqual((claim.state, order.state), ("approved", "in_progress"))
        self.assertEqual(claim.planned_hours, 2)
        self.assertFalse(order.estimate_id, "nothing for the customer to decide")
        self.assertEqual(claim.amount_total, 0)
        self.env.invalidate_all()
        self.assertFalse(order.warranty_job_ids)
        with self.assertRaisesRegex(UserError, "already"):
            self._claim(order)

    def test_parts_are_added_while_it_is_done_and_cost_nothing(self):
        self.company.taller_discount_limit_reception = 10
        order = self._come_back()
        claim = self._claim(order)
        claim.line_ids = [Command.create({"product_id": self.pads.id, "product_uom_qty": 1})]
        line = claim.line_ids.filtered(lambda line: line.product_id == self.pads)
        line.product_uom_qty = 2
        self.assertEqual((line.price_unit, line.price_total), (420, 0))
        with self.assertRaisesRegex(UserError, "costs the customer nothing"):
            line.discount = 0
        with self.assertRaises(UserError):
            line.taller_is_unbilled = False
        with self.assertRaises(UserError):
            self.env["sale.order"].with_user(self.users["reception"]).create(
                {"partner_id": self.customer.id, "taller_is_warranty": True}
            )

    def test_nothing_is_invoiced_and_the_car_leaves(self):
        self.company.write({"taller_gate_paid": True, "taller_gate_evidence": True})
        order = self._come_back()
        claim = self._claim(order)
        self.as_role("supervisor", claim).action_start()
        self.as_role("supervisor", claim).action_finish()
        order.action_ready()
        self.assertEqual(order.payment_state, "free")
        self.assertEqual(claim.sudo().sale_order_id.invoice_status, "no")
        with self.assertRaisesRegex(UserError, "left to invoice"):
            self.as_role("accounting", order).action_create_invoice()
        with self.assertRaises(UserError):
            claim.line_ids.unlink()
        order.action_deliver()
        self.assertTrue(claim.warranty_from)

    def test_other_work_of_the_visit_is_paid_as_ever(self):
        order = self._come_back()
        claim = self._claim(order)
        extra = self._propose(order, name="Wipers", hours=0.5, pads=0)
        order.action_send_estimate()
        self.assertEqual(order.sudo().estimate_id.taller_job_ids, extra)
        self._decide(order.estimate_id)
        for job in claim | extra:
            self.as_role("supervisor", job).action_start()
            self.as_role("supervisor", job).action_finish()
        order.action_ready()
        action = self.as_role("accounting", order).action_create_invoice()
        invoice = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(invoice.amount_total, 87.5)

    def test_a_refused_claim_is_offered_at_its_price(self):
        order = self._come_back()
        claim = self._claim(order)
        with self.assertRaisesRegex(UserError, "isn't deleted"):
            claim.unlink()
        with self.assertRaisesRegex(UserError, "reason"):
            claim.action_refuse_claim(" ")
        action = claim.action_open_refuse_claim()
        self.as_role("reception", action["res_model"]).with_context(**action["context"]).create(
            {"reason": "A stone in the brake"}
        ).action_confirm()
        self.assertEqual((claim.state, claim.decline_reason), ("cancelled", "A stone in the brake"))
        proposal = order.job_ids - claim
        self.assertEqual((proposal.state, proposal.amount_total), ("proposed", 350))

    def test_a_supervisor_extends_it_with_a_reason(self):
        until = fields.Date.add(self.original.warranty_until, months=3)
        for role in ("mechanic", "parts", "reception", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.original).action_open_extend_warranty()
        with self.assertRaises(AccessError):
            self.as_role("reception", "taller.warranty.extend").create(
                {"job_id": self.original.id, "reason": "A friend"}
            )
        action = self.as_role("supervisor", self.original).action_open_extend_warranty()
        wizards = self.as_role("supervisor", action["res_model"]).with_context(**action["context"])
        with self.assertRaisesRegex(UserError, "not shortened"):
            wizards.create({"reason": "Less", "warranty_odometer": 1}).action_extend()
        wizards.create({"reason": "Second time already", "warranty_until": until}).action_extend()
        self.assertEqual(self.original.warranty_until, until)
        self.assertIn("Second time already", self.first.message_ids[0].body)

    def test_only_reception_and_above_claim(self):
        order = self._come_back()
        for role in set(ROLES) - {"reception", "supervisor", "administrator"}:
            job = self.as_role(role, self.original).with_context(default_order_id=order.id)
            with self.assertRaises(AccessError, msg=role):
                job.action_claim_warranty()
            with self.assertRaises(AccessError, msg=role):
                job.action_refuse_claim("No")
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        with self.assertRaises(AccessError):
            self._claim(elsewhere.with_user(self.users["reception"]))

    def test_another_vehicles_work_is_no_comeback(self):
        order = self._receive(vehicle_id=self._make_vehicle("P-999ZZZ", self.customer).id)
        with self.assertRaisesRegex(UserError, "another vehicle"):
            self._claim(order)

    def test_who_did_it_may_have_moved_to_another_shop(self):
        self.original.sudo().mechanic_ids = self.mechanic | self.mechanic2
        self.second_mechanic.write(
            {"shop_ids": [Command.set(self.other_shop.ids)], "shop_id": self.other_shop.id}
        )
        self.mechanic2.shop_id = self.other_shop
        claim = self._claim(self._come_back())
        self.assertEqual(claim.mechanic_ids, self.mechanic)
        self.assertEqual(claim.warranty_mechanic_ids, self.mechanic | self.mechanic2)

    def test_a_warranty_of_distance_alone_ends_too(self):
        self.company.taller_warranty_months = 0
        order, job = self._finished_order()
        order.action_deliver()
        self.assertEqual(job.warranty_odometer, 85100, "from the last reading of the vehicle")

    def test_the_list_costs_the_same_queries_for_one_and_many(self):
        def count(size):
            orders = self.env["taller.order"].concat(*(self._come_back() for _number in range(size)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders.mapped("warranty_job_ids.name")
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(1), count(6))
