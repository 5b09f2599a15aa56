from odoo.tests import Form, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestBudget(OrderCommon):
    """What is done fifty times a day costs the same number of queries, however many jobs an order has."""

    @classmethod
    def _sent_order(cls, jobs):
        """An order whose estimate of so many jobs the customer has received."""
        plate = f"P-{400 + jobs}BDG"
        order = cls._receive(vehicle_id=cls._make_vehicle(plate, cls.customer).id)
        for number in range(jobs):
            cls._propose(order, name=f"Job {number}")
        order.action_send_estimate()
        return order

    def _count(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_opening_an_order_costs_the_same_for_two_and_for_ten_jobs(self):
        few, many = self._sent_order(2), self._sent_order(10)
        for role in ("reception", "mechanic"):
            _filling_caches, *counts = [
                self._count(lambda order=order, role=role: Form(self.as_role(role, order)))
                for order in (many, few, many)
            ]
            self.assertEqual(*counts, role)
            self.assertLess(counts[0], 80, role)

    def test_an_approval_costs_the_same_for_two_and_for_ten_jobs(self):
        orders = [self._sent_order(jobs) for jobs in (3, 2, 10)]
        _warm_up, *counts = [
            self._count(lambda order=order: self._decide(order.estimate_id)) for order in orders
        ]
        self.assertEqual(*counts)
        self.assertLess(counts[0], 80)
