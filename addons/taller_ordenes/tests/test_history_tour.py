from odoo.tests import HttpCase, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestHistoryTour(OrderCommon, HttpCase):
    """A vehicle's timeline on the phone."""

    browser_size = "412x915"
    touch_enabled = True

    def test_what_was_declined_is_found_again(self):
        order = self._receive()
        done = self._propose(order)
        self._propose(order, name="Battery")
        order.action_send_estimate()
        self._decide(order.estimate_id, accepted=done, reason="Too expensive")
        self.as_role("mechanic", done).action_start()
        self.as_role("mechanic", done).action_finish()
        self.start_tour(
            f"/odoo/fleet.vehicle/{self.vehicle.id}/vehicle-history", "taller_history", login="test_reception"
        )
