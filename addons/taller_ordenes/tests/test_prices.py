import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestPrices(OrderCommon, HttpCase):
    """Mechanics see no prices, by whatever way they ask; everybody else sees what they saw."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pads.standard_price = 261.37
        cls.supplier = cls.env["res.partner"].create({"name": "Parts Supplier"})
        cls.pads.seller_ids = [(0, 0, {"partner_id": cls.supplier.id, "price": 243.21})]
        cls.pricelist = cls.env["product.pricelist"].create({"name": "Fleet"})
        cls.pricelist.item_ids = [
            (0, 0, {"fixed_price": 398.76, "product_tmpl_id": cls.pads.product_tmpl_id.id})
        ]
        cls.mechanic_user = cls.users["mechanic"]

    def _pads(self, role="mechanic", template=False):
        return self.as_role(role, self.pads.product_tmpl_id if template else self.pads)

    def test_no_price_of_a_product_is_read(self):
        prices = {
            "product.product": ("list_price", "lst_price", "standard_price", "price_extra", "tax_string"),
            "product.template": ("list_price", "standard_price", "tax_string"),
            "product.attribute.value": ("default_extra_price",),
            "product.template.attribute.value": ("price_extra",),
            "product.combo": ("base_price",),
            "product.combo.item": ("extra_price", "lst_price"),
            "product.supplierinfo": ("price", "price_discounted"),
            "product.pricelist.item": ("fixed_price", "price", "price_surcharge"),
        }
        for model, names in prices.items():
            of_mechanic = self.as_role("mechanic", model)
            for name in names:
                field = of_mechanic._fields[name]
                self.assertFalse(of_mechanic._has_field_access(field, "read"), (model, name))
                self.assertNotIn(name, of_mechanic.fields_get(), (model, name))
                for role in ("parts", "reception", "supervisor", "manager", "accounting", "administrator"):
                    self.assertTrue(self.as_role(role, model)._has_field_access(field, "read"), (role, name))
        for template in (False, True):
            pads = self._pads(template=template)
            self.assertEqual(pads.read(["name"])[0]["name"], "Brake pads")
            self.assertFalse({"list_price", "standard_price", "lst_price"} & pads.read()[0].keys())

    def test_nor_by_any_other_call(self):
        self.mechanic_user.group_ids += self.env.ref("base.group_allow_export")
        pads, template = self._pads(), self._pads(template=True)
        products = self.as_role("mechanic", "product.product")
        attempts = {
            "read": lambda: pads.read(["lst_price"]),
            "attribute": lambda: pads.list_price,
            "cost": lambda: pads.standard_price,
            "text": lambda: template.tax_string,
            "web_read": lambda: pads.web_read({"standard_price": {}}),
            "search_read": lambda: products.search_read([], ["list_price"], limit=1),
            "export": lambda: pads.export_data(["name", "lst_price"]),
            "related export": lambda: pads.export_data(["product_tmpl_id/list_price"]),
            "contextual price": lambda: pads.get_contextual_price(),
            "template's price": lambda: template.get_contextual_price(),
            "compute": lambda: pads._price_compute("list_price"),
            "group": lambda: products.formatted_read_group([], ["list_price"], []),
            "aggregate": lambda: products.formatted_read_group([], [], ["list_price:sum"]),
            "cost aggregate": lambda: products.formatted_read_group([], [], ["standard_price:avg"]),
            "old group": lambda: products.read_group([], ["lst_price:max"], ["categ_id"]),
            "having": lambda: products.formatted_read_group(
                [], ["categ_id"], [], having=[("list_price:sum", ">", 1)]
            ),
            "sort": lambda: products.search([], order="list_price desc"),
            "guess": lambda: products.search([("list_price", ">", 400)]),
            "guess a cost": lambda: products.search_count([("standard_price", "=", 261.37)]),
            "guess through": lambda: products.search([("product_tmpl_id.list_price", ">", 400)]),
            "guess any": lambda: products.search([("product_tmpl_id", "any", [("list_price", ">", 400)])]),
            "guess a supplier's": lambda: products.search([("seller_ids.price", "<", 300)]),
            "guess by name": lambda: products.name_search("Brake", [("list_price", ">", 400)]),
            "filter": lambda: pads.filtered_domain([("list_price", ">", 400)]),
            "write": lambda: pads.write({"list_price": 1}),
        }
        for how, attempt in attempts.items():
            self.env.invalidate_all()
            with self.assertRaises(AccessError, msg=how):
                attempt()

    def test_nor_by_way_of_price_lists_suppliers_and_documents(self):
        order, job = self._approved_order()
        for model in ("product.supplierinfo", "product.pricelist.item"):
            self.assertFalse(self.as_role("mechanic", model).search([]), model)
            self.assertTrue(self.as_role("parts", model).search([], limit=1), model)
        for record in (self.pads.seller_ids, self.pricelist.item_ids, order.sale_order_ids.order_line):
            with self.assertRaises(AccessError, msg=record):
                self.as_role("mechanic", record).read(["display_name"])
        jobs = self.as_role("mechanic", "taller.job")
        for domain in (
            [("line_ids.price_unit", ">", 100)],
            [("amount_total", ">", 100)],
            [("order_id.amount_approved", ">", 100)],
            [("sale_order_id.amount_total", ">", 100)],
            [("order_id.invoice_ids.amount_total", ">", 100)],
        ):
            with self.assertRaises(AccessError, msg=domain):
                jobs.search(domain)
        self.assertFalse(self.as_role("mechanic", job).has_access("create"))

    def test_screens_open_without_the_prices(self):
        for model in (
            "product.template",
            "product.product",
            "product.supplierinfo",
            "product.pricelist.item",
        ):
            for kind in ("form", "list", "kanban", "search"):
                views = self.as_role("mechanic", model).get_views([(False, kind)])
                arch = views["views"][kind]["arch"]
                for name in ("list_price", "lst_price", "standard_price"):
                    self.assertNotIn(f'name="{name}"', arch, (model, kind))
        arch = self.as_role("reception", "product.template").get_views([(False, "form")])["views"]["form"][
            "arch"
        ]
        self.assertIn('name="list_price"', arch)

    def test_who_is_more_than_a_mechanic_sees_prices(self):
        both = new_test_user(
            self.env,
            login="mechanic_and_reception",
            groups="taller_base.taller_base_group_mechanic,taller_base.taller_base_group_reception",
        )
        self.assertEqual(self.pads.with_user(both).list_price, 420)
        self.assertEqual(self._pads("administrator").list_price, 420)
        self.assertEqual(self.pads.with_user(self.env.ref("base.public_user")).sudo().list_price, 420)

    def test_a_setting_lets_mechanics_see_prices(self):
        _order, job = self._approved_order()
        settings = self.as_role("administrator", "res.config.settings")
        settings.create({"group_taller_prices": True}).execute()
        self.assertEqual(self._pads().list_price, 420)
        self.assertEqual(
            self.as_role("mechanic", "product.supplierinfo").search([]).mapped("price"), [243.21]
        )
        self.assertTrue(self.as_role("mechanic", job).amount_total)
        self.assertIn("amount_total", self._job_list())
        with self.assertRaises(AccessError):
            self.as_role("mechanic", job.order_id).read(["access_token"])
        settings.create({"group_taller_prices": False}).execute()
        with self.assertRaises(AccessError):
            self.assertTrue(self._pads().list_price)
        self.assertNotIn("amount_total", self._job_list())

    def _job_list(self):
        return self.as_role("mechanic", "taller.job").get_views([(False, "list")])["views"]["list"]["arch"]

    def test_not_over_the_wire_either(self):
        """What a phone's browser can ask for with the mechanic's session."""
        order, _job = self._approved_order()
        estimate, approval = order.sale_order_ids, order.sudo().approval_ids
        self.authenticate("test_mechanic", "test_mechanic")
        for model, method, args in (
            ("product.product", "read", [self.pads.ids, ["list_price"]]),
            ("product.product", "search_count", [[("standard_price", ">", 1)]]),
            ("sale.order", "read", [estimate.ids, ["amount_total"]]),
            ("sale.order.line", "search_read", [[], ["price_unit"]]),
            ("taller.approval", "search_read", [[], ["amount_total"]]),
            ("account.move", "search_read", [[], ["amount_total"]]),
        ):
            answer = self.make_jsonrpc_request_raw(model, method, args)
            self.assertIn("AccessError", answer["error"]["data"]["name"], (model, method))
        for url in (
            f"/report/pdf/sale.report_saleorder/{estimate.id}",
            f"/report/html/sale.report_saleorder/{estimate.id}",
            f"/report/html/product.report_producttemplatelabel2x7/{self.pads.product_tmpl_id.id}",
            f"/report/html/product.report_pricelist/{self.pads.product_tmpl_id.id}",
            f"/report/html/taller_ordenes.taller_approval_report/{approval.id}",
            f"/my/taller/orders/{order.id}",
            f"/my/taller/estimates/{estimate.id}",
            f"/my/orders/{estimate.id}",
        ):
            page = self.url_open(url)
            for amount in ("420", "398", "261", "243", "862", "470"):
                self.assertNotIn(amount, page.text.replace(",", ""), url)

    def make_jsonrpc_request_raw(self, model, method, args):
        body = {"model": model, "method": method, "args": args, "kwargs": {}}
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": body}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()
