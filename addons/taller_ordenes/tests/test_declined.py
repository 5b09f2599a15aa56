from datetime import date, timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..tools import follow_up
from .test_service import ServiceCommon

DAY = date(2026, 3, 1)


@tagged("post_install", "-at_install")
class TestFollowUpTools(BaseCase):
    def test_proposal(self):
        self.assertEqual(follow_up.propose(DAY, 30), (date(2026, 3, 31), None))
        self.assertEqual(follow_up.propose(DAY, 30, 134_210), (date(2026, 3, 31), 135_500))
        self.assertEqual(follow_up.propose(DAY, 30, 7731, "hours"), (date(2026, 3, 31), 7890))
        self.assertEqual(follow_up.propose(DAY, 0, 7731), (None, None))

    def test_due_by_what_comes_first(self):
        self.assertTrue(follow_up.is_due(DAY, 0, date=DAY))
        self.assertFalse(follow_up.is_due(DAY, 0, date=DAY + timedelta(days=1)))
        self.assertTrue(follow_up.is_due(DAY, 1000, date=DAY + timedelta(days=1), odometer=1000))
        self.assertFalse(follow_up.is_due(DAY, 999, odometer=1000))
        self.assertFalse(follow_up.is_due(DAY, 0))


class DeclinedCommon(ServiceCommon):
    @classmethod
    def _declined_job(cls, reason="After pay day", service=None, **values):
        """A job that the customer declined at a visit which is over."""
        order = cls._receive(**values)
        job = order._add_services(service) if service else cls._propose(order)
        order.action_send_estimate()
        cls._decide(order.estimate_id, accepted=job.browse(), reason=reason)
        return job


@tagged("post_install", "-at_install")
class TestDeclined(DeclinedCommon):
    def test_declined_work_stays_on_the_vehicle_with_a_day_and_a_reading(self):
        self.company.taller_follow_up_days = 30
        job = self._declined_job(odometer_in=50_000)
        self.assertEqual(job.decline_reason, "After pay day")
        self.assertEqual(job.follow_up_date, fields.Date.context_today(job) + timedelta(days=30))
        self.assertEqual(job.follow_up_odometer, 51_200)
        self.assertEqual(self.as_role("reception", self.vehicle).declined_job_ids, job)
        self.assertEqual(self.as_role("reception", self.vehicle).declined_job_count, 1)

    def test_reception_says_when_to_offer_it_again(self):
        job = self._declined_job()
        day = fields.Date.context_today(job) + timedelta(days=90)
        job.write({"follow_up_date": day, "follow_up_odometer": 60_000})
        self.assertEqual(job.follow_up_date, day)
        with self.assertRaises(AccessError):
            self.as_role("mechanic", job).follow_up_date = day
        with self.assertRaises(AccessError):
            job.decline_reason = "He never said so"

    def test_the_workshop_may_want_no_proposal(self):
        self.company.taller_follow_up_days = 0
        job = self._declined_job()
        self.assertFalse(job.follow_up_date or job.follow_up_odometer)

    def test_at_the_next_visit_it_is_offered_in_one_tap_at_todays_prices(self):
        job = self._declined_job()
        self.pads.list_price = 450
        order = self._receive()
        self.assertEqual(order.declined_before_ids, job)
        order.declined_before_ids.with_context(default_order_id=order.id).action_offer_again()
        offer = order.job_ids
        self.assertEqual((offer.name, offer.state), (job.name, "proposed"))
        self.assertEqual(offer.line_ids.mapped("price_unit"), [175, 450])
        self.assertEqual(offer.sale_order_id, order.estimate_id)
        self.assertEqual((offer.declined_job_id, job.offered_job_ids), (job, offer))
        self.assertFalse(order.declined_before_ids)
        self.assertFalse(self.vehicle.declined_job_ids)

    def test_the_vehicles_open_order_takes_it(self):
        job = self._declined_job()
        job.order_id.action_cancel("The customer took it home")
        with self.assertRaisesRegex(UserError, "open a work order"):
            job.action_offer_again()
        order = self._receive()
        self.assertEqual(job.action_offer_again()["res_id"], order.id)
        self.assertEqual(order.job_ids.declined_job_id, job)

    def test_what_was_written_by_hand_keeps_its_price(self):
        job = self._propose(order := self._receive(), pads=0)
        self.pads.list_price = 0
        job.write({"line_ids": [fields.Command.create({"product_id": self.pads.id, "price_unit": 99})]})
        order.action_send_estimate()
        self._decide(order.estimate_id, accepted=job.browse())
        offer = self._receive()._offer_declined(job)
        self.assertEqual(offer.line_ids.mapped("price_unit"), [175, 99])

    def test_a_fixed_price_is_todays_fixed_price(self):
        job = self._declined_job(service=self.oil_service)
        self.oil_service.fixed_price = 425
        offer = self._receive()._offer_declined(job)
        self.assertEqual(offer.service_id, self.oil_service)
        self.assertAlmostEqual(offer.amount_total, 425, 2)

    def test_it_is_offered_once(self):
        job = self._declined_job()
        order = self._receive()
        offer = order._offer_declined(job)
        with self.assertRaisesRegex(UserError, "already"):
            self._receive()._offer_declined(job)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._propose(order).sudo().declined_job_id = job
            self.env.flush_all()
        self.assertEqual(job.offered_job_ids, offer)

    def test_an_offer_that_came_to_nothing_may_be_made_again(self):
        job = self._declined_job()
        order = self._receive()
        order._offer_declined(job)
        order.action_cancel("No time today")
        self.assertEqual(self.vehicle.declined_job_ids, job)
        order = self._receive()
        order._offer_declined(job).unlink()
        self.env.invalidate_all()
        self.assertEqual(order.declined_before_ids, job)

    def test_declined_twice_it_is_offered_a_third_time(self):
        job = self._declined_job()
        order = self._receive()
        offer = order._offer_declined(job)
        order.action_send_estimate()
        self._decide(order.estimate_id, accepted=job.browse(), reason="Still not")
        self.env.invalidate_all()
        self.assertEqual(self._receive().declined_before_ids, offer)

    def test_given_up_it_is_not_offered(self):
        job = self._declined_job()
        job.follow_up_closed = True
        self.assertFalse(self._receive().declined_before_ids)
        self.assertFalse(self.vehicle.declined_job_ids)

    def test_only_declined_work_of_this_vehicle_is_offered(self):
        order = self._receive()
        with self.assertRaisesRegex(UserError, "wasn't declined"):
            order._offer_declined(self._propose(self._receive()))
        other = self._make_vehicle("P-222CCC", self.customer)
        with self.assertRaisesRegex(UserError, "another vehicle"):
            self._receive(vehicle_id=other.id)._offer_declined(self._declined_job())

    def test_links_are_set_by_the_button_alone(self):
        job = self._declined_job()
        other = self._propose(self._receive())
        with self.assertRaises(AccessError):
            other.declined_job_id = job
        with self.assertRaises(AccessError):
            job.offered_job_ids = [fields.Command.link(other.id)]

    def test_reception_offers_again_and_others_do_not(self):
        job = self._declined_job()
        self._receive()
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, job).action_offer_again()
        with self.assertRaises(AccessError):
            job.with_user(self.portal_user).action_offer_again()
        self.as_role("supervisor", job).action_offer_again()

    def test_declined_work_of_another_shop_is_not_offered(self):
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        job = self._propose(elsewhere)
        elsewhere.action_send_estimate()
        self._decide(elsewhere.estimate_id, accepted=job.browse())
        order = self._receive()
        self.assertFalse(order.declined_before_ids)
        with self.assertRaises(AccessError):
            self.as_role("reception", job).action_offer_again()


@tagged("post_install", "-at_install")
class TestDueWork(DeclinedCommon):
    def _due_work(self, role="reception", vehicles=None):
        return self.as_role(role, vehicles or self.vehicle)._get_due_work()

    def test_what_is_due_comes_first(self):
        today = fields.Date.context_today(self.env.user)
        first, second, third = (self._declined_job(reason=f"Reason {n}") for n in range(3))
        first.write({"follow_up_date": today + timedelta(days=9), "follow_up_odometer": 0})
        second.write({"follow_up_date": False, "follow_up_odometer": 40_000})
        third.write({"follow_up_date": today, "follow_up_odometer": 0})
        self.vehicle._record_reading(40_000)
        items = self._due_work()[self.vehicle]
        self.assertEqual([item["res_id"] for item in items], [third.id, second.id, first.id])
        self.assertEqual([item["is_due"] for item in items], [True, True, False])
        self.assertEqual(
            items[0],
            {
                "kind": "declined",
                "res_model": "taller.job",
                "res_id": third.id,
                "name": "Front brakes",
                "note": "Reason 2",
                "date": today,
                "odometer": None,
                "is_due": True,
                "amount": third.amount_total,
                "currency_id": third.currency_id.id,
            },
        )

    def test_mechanics_read_no_amounts(self):
        self._declined_job()
        self.assertIsNone(self._due_work("mechanic")[self.vehicle][0]["amount"])
        self.assertTrue(self._due_work("manager")[self.vehicle][0]["amount"])

    def test_a_vehicle_without_declined_work_is_there_too(self):
        other = self._make_vehicle("P-333DDD", self.customer)
        self.assertEqual(self._due_work(vehicles=self.vehicle | other), {self.vehicle: [], other: []})

    def test_ten_vehicles_cost_as_many_queries_as_one(self):
        vehicles = self.vehicle.browse()
        for number in range(10):
            vehicle = self._make_vehicle(f"P-40{number}FFF", self.customer)
            self._declined_job(vehicle_id=vehicle.id, odometer_in=1000)
            vehicles |= vehicle
        counts = []
        for some in (vehicles, vehicles[:1], vehicles):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(self._due_work(vehicles=some)), len(some))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])
