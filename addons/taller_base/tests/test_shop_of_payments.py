from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class TestShopOfPayments(AccountTestInvoicingCommon):
    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref("taller_base.taller_base_group_administrator")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.company_data["company"]
        Shop = cls.env["taller.shop"]
        cls.north = Shop.create({"name": "North", "code": "N", "company_id": company.id})
        cls.south = Shop.create({"name": "South", "code": "S", "company_id": company.id})
        cls.env.user.write({"shop_ids": [Command.set(cls.north.ids)], "shop_id": cls.north.id})

    def _pay(self, invoices, **values):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoices.ids
        )
        return wizard.create(values)._create_payments()

    def test_an_invoice_starts_in_the_shop_of_its_writer_and_an_entry_in_none(self):
        self.assertEqual(self.init_invoice("out_invoice", amounts=[100]).shop_id, self.north)
        self.assertFalse(self.env["account.move"].create({"move_type": "entry"}).shop_id)

    def test_a_payment_belongs_to_the_shop_of_its_invoice(self):
        invoice = self.init_invoice("out_invoice", amounts=[100])
        invoice.shop_id = self.south
        invoice.action_post()
        self.assertEqual(self._pay(invoice).shop_id, self.south)

    def test_each_payment_of_a_batch_belongs_to_its_own_shop(self):
        invoices = self.init_invoice("out_invoice", amounts=[100]) | self.init_invoice(
            "out_invoice", amounts=[200]
        )
        invoices[0].shop_id, invoices[1].shop_id = self.north, self.south
        invoices.action_post()
        payments = self._pay(invoices, group_payment=False)
        self.assertEqual(payments.mapped("shop_id"), self.north | self.south)
        by_amount = {payment.amount: payment.shop_id for payment in payments}
        totals = {invoice.amount_total: invoice.shop_id for invoice in invoices}
        self.assertEqual(by_amount, totals)

    def test_one_payment_for_two_shops_is_of_the_cashiers_shop(self):
        invoices = self.init_invoice("out_invoice", amounts=[100]) | self.init_invoice(
            "out_invoice", amounts=[200]
        )
        invoices[1].shop_id = self.south
        invoices.action_post()
        self.assertEqual(self._pay(invoices, group_payment=True).shop_id, self.north)

    def test_a_shop_of_another_company_is_refused(self):
        foreign = self.env["taller.shop"].create(
            {
                "name": "Foreign",
                "code": "F",
                "company_id": self.setup_other_company()["company"].id,
                "resource_calendar_id": False,
            }
        )
        invoice = self.init_invoice("out_invoice", amounts=[100])
        with self.assertRaises(UserError):
            invoice.shop_id = foreign
