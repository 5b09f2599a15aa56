from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OrderCommon

CARD = {
    "name": {},
    "license_plate": {},
    "make_and_model": {},
    "partner_id": {"fields": {"display_name": {}}},
    "concern": {},
    "state": {},
    "promise_state": {},
    "promise_words": {},
    "waiting_for": {},
    "job_count": {},
    "job_done_count": {},
    "activity_ids": {"fields": {}},
    "mechanic_ids": {"fields": {"display_name": {}}},
    "user_id": {"fields": {"display_name": {}}},
}


@tagged("post_install", "-at_install")
class TestBoard(OrderCommon):
    def open_board(self, orders):
        """The cards, as the client asks for them."""
        groups = (
            self.as_role("reception", "taller.order")
            .with_context(read_group_expand=True)
            .web_read_group(
                [("id", "in", orders.ids)],
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=CARD,
            )["groups"]
        )
        return {group["state"]: group["__records"] for group in groups}

    def test_every_open_state_has_a_column(self):
        order, _job = self._approved_order(promised_at=fields.Datetime.now() + timedelta(days=14))
        columns = self.open_board(order)
        self.assertEqual(list(columns), ["received", "estimating", "waiting", "in_progress", "ready"])
        card = columns["in_progress"][0]
        self.assertEqual(card["license_plate"], "P-814KTR")
        self.assertEqual((card["job_done_count"], card["job_count"]), (0, 1))
        self.assertEqual([mechanic["display_name"] for mechanic in card["mechanic_ids"]], ["Test mechanic"])
        self.assertEqual(card["waiting_for"], "mechanic")
        self.assertEqual(card["promise_state"], "on_time")

    def test_many_cards_cost_as_many_queries_as_one(self):
        orders = self.as_role("reception", "taller.order").create(
            [
                {
                    "vehicle_id": self.vehicle.id,
                    "promised_at": fields.Datetime.now() + timedelta(days=14),
                    "concern": f"Noise {n}",
                }
                for n in range(80)
            ]
        )
        self.as_role("reception", "taller.job").create(
            [
                {
                    "order_id": order.id,
                    "name": "Front brakes",
                    "planned_hours": 1.5,
                    "mechanic_ids": (self.mechanic | self.mechanic2).ids,
                }
                for order in orders
            ]
        )
        self.env.flush_all()
        self.open_board(orders)  # access rules are cached from here on
        counts = []
        for batch in (orders[:1], orders):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.open_board(batch)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[1], 45)

    def test_a_card_moves_by_the_steps_of_its_order(self):
        order = self._receive()
        order.action_move_to("estimating")
        self.assertEqual(order.state, "estimating")
        self._propose(order)
        order.action_move_to("waiting")
        self.assertTrue(order.estimate_id.taller_sent_at)
        self._decide(order.estimate_id)
        with self.assertRaisesRegex(UserError, "aren't finished yet"):
            order.action_move_to("ready")

    def test_a_finished_car_goes_there_and_back_and_out(self):
        order, _job = self._finished_order()
        order.action_move_to("in_progress")
        self.assertEqual(order.state, "in_progress")
        order.action_move_to("ready")
        self.assertEqual(order.state, "ready")

    def test_what_no_step_leads_to_is_refused_in_words(self):
        order = self._receive()
        with self.assertRaisesRegex(UserError, "when the customer has decided"):
            order.action_move_to("in_progress")
        with self.assertRaisesRegex(UserError, "in one step"):
            order.action_move_to("ready")
        with self.assertRaisesRegex(UserError, "in one step"):
            order.action_move_to("no such state")
        self.assertEqual(order.state, "received")

    def test_dropping_a_card_on_cancelled_asks_for_the_reason(self):
        action = self._receive().action_move_to("cancelled")
        self.assertEqual(action["res_model"], "taller.order.cancel")

    def test_only_reception_moves_cards(self):
        order = self._receive()
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_move_to("estimating")
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        with self.assertRaises(AccessError):
            self.as_role("supervisor", elsewhere).action_move_to("estimating")
        self.as_role("supervisor", order).action_move_to("estimating")

    def test_nobody_writes_the_place_in_the_queue(self):
        order = self._receive()
        for role in ("reception", "administrator"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).waiting_for = "pickup"
