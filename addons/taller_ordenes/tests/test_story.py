import email
import re
import socket
from email import policy

from aiosmtpd.controller import Controller

from odoo.tests import HttpCase, tagged

from .common import OrderCommon

PHONE = "412x915"
DESKTOP = "1366x768"


class Mailbox:
    """Keeps the messages that an SMTP server receives."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@tagged("post_install", "-at_install")
class TestStory(OrderCommon, HttpCase):
    """The workshop's main job in the browser, each step as the role that does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.labour = cls.labour.copy({"name": "Flat-rate hour", "default_code": False, "list_price": 175})

    def setUp(self):
        super().setUp()
        self.mailbox = Mailbox()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(self.mailbox, hostname="127.0.0.1", port=port)
        controller.start()
        self.addCleanup(controller.stop)
        self.env["ir.mail_server"].search([]).active = False
        self.env["ir.mail_server"].create(
            {"name": "Mailbox", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_encryption": "none"}
        )
        # In tests Odoo sends nothing: here the message shall really leave.
        self.patch(type(self.env["ir.mail_server"]), "_disable_send", classmethod(lambda cls: False))

    def step_on(self, size, url, tour, login=None):
        self.browser_size = size
        self.touch_enabled = size == PHONE
        self.start_tour(url, tour, login=login)
        self.env.invalidate_all()

    def read_link(self):
        """Let the queues do their work, and open the message as the customer does."""
        self._send_notices()
        self.env["mail.mail"].process_email_queue()
        [message] = [message for message in self.mailbox.messages if "ana@example.com" in message["To"]]
        text = message.get_body(("html",)).get_content()
        return re.search(r"/my/taller/estimates/\d+\?access_token=[\w-]+", text).group()

    def test_from_the_gate_to_the_paid_and_delivered_car(self):
        self.step_on(DESKTOP, "/odoo/work-orders", "taller_reception_estimates", login="test_reception")
        order = self.env["taller.order"].search([("vehicle_id", "=", self.vehicle.id)])
        brakes, wipers = order.job_ids.sorted("id")
        self.assertEqual(order.state, "waiting")

        self.step_on(PHONE, self.read_link(), "taller_customer_decides")
        self.assertEqual(order.state, "in_progress")
        self.assertEqual((brakes.state, wipers.state), ("approved", "declined"))
        self.assertTrue(order.sale_order_ids.filtered("taller_seen_at"))
        approval = order.approval_ids
        self.assertEqual(approval.signed_by, "Ana Lucía Cifuentes")
        self.assertEqual(approval.amount_accepted, 595)
        self.assertTrue(approval.is_intact)

        self.step_on(PHONE, "/odoo/my-jobs", "taller_mechanic_works", login="test_mechanic")
        self.assertEqual(brakes.state, "done")
        self.assertEqual(brakes.time_ids.employee_id, self.mechanic)

        url = f"/odoo/work-orders/{order.id}"
        self.step_on(DESKTOP, url, "taller_reception_ready", login="test_reception")
        self.step_on(
            DESKTOP, "/odoo/work-orders-to-invoice", "taller_accounting_invoices", login="test_accounting"
        )
        self.assertEqual(order.payment_state, "paid")
        self.assertEqual(order.invoice_ids.amount_total, 595)
        self.assertEqual(order.invoice_ids.shop_id, self.shop)

        self.step_on(DESKTOP, url, "taller_reception_delivers", login="test_reception")
        self.assertEqual(order.state, "delivered")
