from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TallerCommon


@tagged("post_install", "-at_install")
class TestBankAccount(TallerCommon):
    """Who receives customers writes their addresses, but not where money is paid to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env["res.partner"].create({"name": "Repuestos El Trébol"})
        cls.account = cls.env["res.partner.bank"].create(
            {"partner_id": cls.supplier.id, "acc_number": "01-001-000123-4"}
        )

    def test_reception_writes_customers_and_no_bank_accounts(self):
        for role in ("reception", "supervisor"):
            self.as_role(role, self.supplier).phone = "+502 2334 5610"
            accounts = self.as_role(role, "res.partner.bank")
            with self.assertRaises(AccessError, msg=role):
                accounts.create({"partner_id": self.supplier.id, "acc_number": "99-999-999999-9"})
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.account).acc_number = "99-999-999999-9"
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.account).unlink()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.supplier).write(
                    {"bank_ids": [(0, 0, {"acc_number": "99-999-999999-9"})]}
                )

    def test_accounting_does(self):
        for role in ("accounting", "administrator"):
            accounts = self.as_role(role, "res.partner.bank")
            account = accounts.create({"partner_id": self.supplier.id, "acc_number": f"02-{role}"})
            account.acc_number = f"03-{role}"
            self.assertTrue(account.exists())
