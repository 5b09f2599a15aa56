from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestDiscountLimit(ServiceCommon):
    """Reception may go 5 % below the price list, supervisors 15 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"taller_discount_limit_reception": 5, "taller_discount_limit_supervisor": 15})
        (cls.labour | cls.pads | cls.oil).taxes_id = False
        cls.order = cls._receive()
        cls.job = cls._propose(cls.order)
        cls.line = cls.job.line_ids.filtered(lambda line: line.product_id == cls.pads)

    def _may(self, role, values, line=None):
        """Whether the role may write these values on the line of brake pads, 420 by the list."""
        line = self.as_role(role, line or self.line)
        try:
            with self.env.cr.savepoint():
                line.write(values)
                line.env.flush_all()
                raise InterruptedError
        except InterruptedError:
            return True
        except UserError:
            return False
        finally:
            self.env.invalidate_all()

    def test_each_role_has_its_limit(self):
        for values, allowed in (
            ({"discount": 5}, ("reception", "supervisor", "administrator")),
            ({"discount": 5.01}, ("supervisor", "administrator")),
            ({"discount": 15}, ("supervisor", "administrator")),
            ({"discount": 16}, ("administrator",)),
            ({"discount": 100}, ("administrator",)),
        ):
            for role in ("reception", "supervisor", "administrator"):
                self.assertEqual(self._may(role, values), role in allowed, (role, values))

    def test_a_lower_price_is_a_discount(self):
        self.assertTrue(self._may("reception", {"price_unit": 399}))
        self.assertFalse(self._may("reception", {"price_unit": 398.99}))
        self.assertFalse(self._may("reception", {"price_unit": 410, "discount": 5}))
        self.assertTrue(self._may("reception", {"price_unit": 500, "discount": 20}))
        self.assertFalse(self._may("reception", {"price_unit": 1, "technical_price_unit": 1}))

    def test_without_limits_anything_goes(self):
        self.company.write({"taller_discount_limit_reception": 100, "taller_discount_limit_supervisor": 100})
        self.assertTrue(self._may("reception", {"discount": 90}))

    def test_a_supervisor_has_at_least_the_limit_of_reception(self):
        self.company.taller_discount_limit_supervisor = 0
        self.assertTrue(self._may("supervisor", {"discount": 5}))

    def test_taxes_left_out_are_a_discount(self):
        tax = self.env["account.tax"].create(
            {"name": "IVA 12 %", "amount": 12, "price_include_override": "tax_excluded"}
        )
        self.pads.taxes_id = tax
        job = self._propose(self.order, name="Rear brakes", hours=0)
        line = job.line_ids.filtered(lambda line: line.product_id == self.pads)
        self.assertEqual(line.tax_ids, tax)
        self.assertFalse(self._may("reception", {"tax_ids": [Command.clear()]}, line))
        self.assertTrue(self._may("administrator", {"tax_ids": [Command.clear()]}, line))
        with self.assertRaises(UserError):
            self.as_role("reception", job).line_ids = [
                Command.create({"product_id": self.pads.id, "tax_ids": [Command.clear()]})
            ]

    def test_new_lines_too(self):
        lines = self.as_role("reception", "sale.order.line")
        values = {"taller_job_id": self.job.id, "product_id": self.pads.id}
        for price in ({"price_unit": 10}, {"discount": 50}, {"price_unit": -420}, {"product_uom_qty": -1}):
            with self.assertRaises(UserError, msg=price), self.env.cr.savepoint():
                lines.create({**values, **price})
            with self.assertRaises(UserError, msg=price), self.env.cr.savepoint():
                self.job.line_ids = [Command.create({"product_id": self.pads.id, **price})]
        with self.assertRaises(UserError), self.env.cr.savepoint():
            lines.with_context(default_price_unit=1, default_technical_price_unit=1).create(values)
        lines.create([values, {**values, "discount": 5}])

    def test_no_way_round_by_another_product_or_quantity(self):
        self.oil.list_price = 10
        cheap = self.as_role("reception", "sale.order.line").create(
            {"taller_job_id": self.job.id, "product_id": self.oil.id}
        )
        cheap.price_unit = 11  # from now on core keeps it, whatever the product
        self.assertFalse(self._may("reception", {"product_id": self.pads.id}, cheap))
        self.assertFalse(self._may("reception", {"product_uom_qty": -1}))
        self.assertFalse(self._may("reception", {"price_total": 1}))
        self.assertFalse(self._may("administrator", {"price_subtotal": 1}))
        self.assertFalse(self._may("reception", {"extra_tax_data": {"price_unit": 1}}))
        self.assertFalse(self._may("reception", {"taller_service_price": 1}))

    def test_no_way_round_by_the_estimate(self):
        cheap = self.env["product.pricelist"].create({"name": "Friends"})
        estimate = self.order.estimate_id
        for values in ({"pricelist_id": cheap.id}, {"amount_total": 1}, {"date_order": "2020-01-01"}):
            with self.assertRaises(UserError, msg=values):
                self.as_role("reception", estimate).write(values)
        with self.assertRaises(UserError):
            self.as_role("reception", estimate).write(
                {"order_line": [Command.update(self.line.id, {"price_unit": 1})]}
            )
        plain = self.as_role("reception", "sale.order").create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create({"product_id": self.pads.id, "price_unit": 1})],
            }
        )
        with self.assertRaises(UserError):
            plain.order_line.order_id = estimate.id
        wizard = self.as_role("reception", "sale.order.discount").create(
            {"sale_order_id": estimate.id, "discount_type": "amount", "discount_amount": 100}
        )
        with self.assertRaises(UserError):
            wizard.action_apply_discount()

    def test_plain_quotations_are_core_s(self):
        plain = self.as_role("reception", "sale.order").create({"partner_id": self.customer.id})
        plain.order_line = [Command.create({"product_id": self.pads.id, "discount": 90})]
        self.assertEqual(plain.order_line.discount, 90)

    def test_what_has_no_list_price_may_cost_anything_but_less_than_nothing(self):
        self.pads.list_price = 0
        self.assertTrue(self._may("reception", {"price_unit": 1}))
        self.assertTrue(self._may("reception", {"price_unit": 0}))
        self.assertFalse(self._may("reception", {"price_unit": -1}))

    def test_the_price_list_itself_is_no_discount(self):
        self.env.ref("base.group_user")._apply_group(self.env.ref("product.group_product_pricelist"))
        self.customer.property_product_pricelist = self.env["product.pricelist"].create(
            {
                "name": "Fleet",
                "item_ids": [
                    Command.create(
                        {"compute_price": "percentage", "percent_price": 20, "applied_on": "3_global"}
                    )
                ],
            }
        )
        order = self._receive()
        line = self._propose(order).line_ids.filtered(lambda line: line.product_id == self.pads)
        self.assertTrue(self._may("reception", {"price_unit": 319.2, "discount": 0}, line))
        self.assertFalse(self._may("reception", {"price_unit": 319.1, "discount": 0}, line))

    def test_a_service_sets_its_fixed_price(self):
        self.oil_service.fixed_price = 220  # half of its list price
        job = self._receive()._add_services(self.oil_service)
        self.assertAlmostEqual(job.amount_total, 220, 2)
        line = job.line_ids.filtered(lambda line: line.product_id == self.oil)
        self.assertTrue(self._may("reception", {"name": "The good oil"}, line))
        self.assertTrue(self._may("reception", {"price_unit": line.price_unit + 5}, line))
        self.assertFalse(self._may("reception", {"price_unit": line.price_unit - 5}, line))
        self.assertFalse(self._may("reception", {"discount": 5}, line))
        self.assertFalse(self._may("reception", {"product_uom_qty": 9}, line))
        self.assertFalse(self._may("reception", {"product_id": self.pads.id}, line))

    def test_taxes_in_the_price_make_no_difference(self):
        for included in (True, False):
            self._use_tax(included=included)
            line = self._propose(self._receive()).line_ids.filtered(lambda line: line.product_id == self.pads)
            self.assertTrue(self._may("reception", {"discount": 5}, line), included)
            self.assertFalse(self._may("reception", {"discount": 6}, line), included)

    def test_ten_lines_cost_as_many_queries_as_one(self):
        counts = []
        for number in (10, 1, 10):
            job = self._propose(self._receive(), pads=0)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            job.line_ids = [
                Command.create({"product_id": self.pads.id, "discount": 5, "product_uom_qty": n + 1})
                for n in range(number)
            ]
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_limits_are_percentages_and_the_administrators(self):
        for role in ("reception", "supervisor", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.company).taller_discount_limit_reception = 90
