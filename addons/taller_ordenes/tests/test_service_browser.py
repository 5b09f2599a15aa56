from odoo.tests import HttpCase, tagged

from .story import DESKTOP, PHONE
from .test_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestServiceBrowser(ServiceCommon, HttpCase):
    """A usual job in a few taps, and what was declined at the last visit in one."""

    def _visit_after_a_refusal(self):
        (self.labour | self.pads | self.oil).taxes_id = False
        before = self._receive()
        job = self._propose(before, name="Wiper blades")
        before.action_send_estimate()
        self._decide(before.estimate_id, accepted=job.browse())
        before.action_cancel("The customer took it home")
        return self._receive(), job

    def test_reception_adds_services_on_a_phone_and_on_a_desktop(self):
        for size in (PHONE, DESKTOP):
            with self.subTest(size=size):
                order, declined = self._visit_after_a_refusal()
                self.browser_size, self.touch_enabled = size, size == PHONE
                self.start_tour(
                    f"/odoo/work-orders/{order.id}", "taller_reception_adds_services", login="test_reception"
                )
                self.env.invalidate_all()
                jobs = order.job_ids
                self.assertEqual(jobs.service_id, self.oil_service | self.brake_service)
                self.assertEqual(jobs.declined_job_id, declined)
                self.assertAlmostEqual(order.estimate_id.amount_total, 399.99 + 770 + 770, 2)
