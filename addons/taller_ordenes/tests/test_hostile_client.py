from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestHostileClient(OrderCommon):
    """What somebody tries who calls the server without our screens."""

    def test_reception_does_not_open_the_files_of_employees(self):
        self.mechanic.message_post(body="A rise in wages")
        contract = self.env["ir.attachment"].create(
            {
                "name": "contract.pdf",
                "raw": b"a contract",
                "res_model": "hr.employee",
                "res_id": self.mechanic.id,
            }
        )
        of_mechanic = [("model", "=", "hr.employee"), ("res_id", "=", self.mechanic.id)]
        for role in ("mechanic", "parts", "reception", "supervisor", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, contract).read(["datas"])
            self.assertFalse(self.as_role(role, "mail.message").search(of_mechanic), role)

    def test_reception_assigns_mechanics_and_sees_their_names(self):
        job = self._propose(self._receive())
        job.mechanic_ids = self.mechanic | self.mechanic2
        self.env.invalidate_all()
        names = [mechanic["display_name"] for mechanic in job.mechanic_ids.read(["display_name"])]
        self.assertCountEqual(names, [self.mechanic.name, self.mechanic2.name])
