import email
import re
import socket
from email import policy

from aiosmtpd.controller import Controller

from odoo.tests import HttpCase

from .common import OrderCommon

PHONE = "412x915"
DESKTOP = "1366x768"
ESTIMATE_LINK = re.compile(r"/my/taller/estimates/\d+\?access_token=[\w-]+")


class Mailbox:
    """Keeps the messages that an SMTP server receives."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class StoryCommon(OrderCommon, HttpCase):
    """The workshop in the browser, each step as the role that does it; the customer's mail really arrives."""

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
        # What the demonstration's customers have yet to be told is no part of the stories.
        self.env["taller.notice"].search([("state", "=", "queued")]).unlink()
        self.env["mail.mail"].search([("state", "=", "outgoing")]).unlink()
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
        """Let the queues do their work: the link in the one new message that asks for a decision."""
        self._send_notices()
        self.env["mail.mail"].process_email_queue()
        links = [
            link.group()
            for message in self.mailbox.messages
            if "ana@example.com" in message["To"]
            and (link := ESTIMATE_LINK.search(message.get_body(("html",)).get_content()))
        ]
        self.mailbox.messages.clear()
        self.assertEqual(len(links), 1, "one message asks for the decision")
        return links[0]
