import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.sql_db import Cursor
from odoo.tools.misc import file_open

from . import import_files
from .test_customer import CustomerCommon

REASONS = {
    "check digit": r"is mistyped: after \d+ comes",
    "letters": r"is not a NIT",
    "twice": r"is twice in the file.* It is in row \d+ too",
    "known": r"registered already",
    "phone": r"cannot be a telephone number",
    "name": r"name is missing",
    "e-mail": r"is no e-mail address",
    "channel": r"“paloma” is none of the words for",
    "department": r"“Xela” is no department",
    "plate": r"is no plate of",
    "vin": r"is no VIN|a VIN has 17",
    "year": r"is no model year: it goes from 1970",
    "owner": r"No customer has the name or tax id",
    "reading": r"is no reading of a meter|cannot be what",
    "kind": r"“nave” is none of the words for",
}


class ImportCommon(CustomerCommon):
    def bring_in(self, model, headings, fields, rows, dryrun=False, role="reception", **options):
        """Import a spreadsheet on the import screen, as the role does from the workshop's own list."""
        wizard = (
            self.env["base_import.import"]
            .with_user(self.users[role])
            .with_context(lang="en_US", tracking_disable=True, **self.get_list_context(model))
            .create(
                {
                    "res_model": model,
                    "file": import_files.make_xlsx(headings, rows),
                    "file_name": "archivo.xlsx",
                    "file_type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                }
            )
        )
        options = {"has_headers": True, "quoting": '"', "separator": ",", **options}
        preview = wizard.parse_preview(options)
        self.assertNotIn("error", preview)
        mapped = [preview["matches"].get(column, [None])[0] for column in range(len(headings))]
        self.assertEqual(mapped, fields, "The headings are understood")
        return wizard.execute_import(fields, headings, preview["options"], dryrun=dryrun)

    def get_list_context(self, model):
        if model == "res.partner":
            return {"res_partner_search_mode": "customer", "default_customer_rank": 1}
        return {"default_ownership": "customer"}

    def bring_customers(self, rows, **options):
        return self.bring_in(
            "res.partner", import_files.CUSTOMER_HEADINGS, import_files.CUSTOMER_FIELDS, rows, **options
        )

    def bring_vehicles(self, rows, **options):
        return self.bring_in(
            "fleet.vehicle", import_files.VEHICLE_HEADINGS, import_files.VEHICLE_FIELDS, rows, **options
        )

    def assertLeftOut(self, result, slips):
        """Just the rows with a slip are named, each with its reason."""
        messages = {message["sheet_row"]: message["message"] for message in result["messages"]}
        self.assertEqual(set(messages), set(slips))
        for row, kind in slips.items():
            self.assertRegex(messages[row], rf"^Row {row}: ")
            self.assertRegex(messages[row], REASONS[kind])

    def count_customers(self):
        return self.env["res.partner"].search_count([("customer_rank", ">", 0)])


class TestImport(ImportCommon):
    def test_five_hundred_customers_and_six_hundred_vehicles(self):
        known = self.register("Ya Registrado", vat="3952550-3")
        self.bring(known, "P-999ZZZ")
        before = self.count_customers()
        customers, slips = import_files.make_customers(known_nit="39525503")
        result = self.bring_customers(customers)
        self.assertLeftOut(result, slips)
        self.assertEqual(len(slips), 85)
        self.assertEqual(len(result["ids"]), 415)
        self.assertEqual(self.count_customers() - before, 415)
        first = self.env["res.partner"].browse(result["ids"][1])
        self.assertEqual(first.name, customers[1][0])
        self.assertEqual(first.phone, "+502 5001 1001")
        self.assertEqual(first.vat, customers[1][1].replace("-", ""))
        self.assertEqual(first.state_id.name, "Guatemala")
        self.assertEqual(first.country_id, self.guatemala)
        self.assertEqual(self.env["res.partner"].browse(result["ids"][0]).vat, "CF")

        owners = [row for number, row in enumerate(customers, 2) if number not in slips]
        vehicles, slips = import_files.make_vehicles(owners, known_plate="p 999-zzz")
        before = self.env["fleet.vehicle"].search_count([("ownership", "=", "customer")])
        result = self.bring_vehicles(vehicles)
        self.assertLeftOut(result, slips)
        self.assertEqual(len(slips), 100)
        self.assertEqual(len(result["ids"]), 500)
        self.assertEqual(
            self.env["fleet.vehicle"].search_count([("ownership", "=", "customer")]) - before, 500
        )
        imported = self.env["fleet.vehicle"].browse(result["ids"])
        self.assertTrue(all(imported.mapped("owner_id.customer_rank")))
        self.assertEqual(len(imported.filtered(lambda v: not v.owner_id)), 0)
        hilux = imported.model_id.filtered(lambda model: model.name.lower() == "hilux")
        self.assertEqual(len(hilux), 1, "Make and model are found whatever their case")
        machine = imported.filtered(lambda v: v.equipment_kind == "machinery")[0]
        self.assertEqual(machine.odometer_unit, "hours")
        self.assertGreater(machine.odometer, 0)

    def test_the_test_button_tells_the_same_and_writes_nothing(self):
        before = self.count_customers()
        customers, slips = import_files.make_customers(total=60, wrong={"phone": 3, "twice": 2})
        result = self.bring_customers(customers, dryrun=True)
        self.assertLeftOut(result, slips)
        self.assertEqual(len(result["ids"]), 55)
        self.assertEqual(self.count_customers(), before)

    def test_what_came_in_is_not_taken_twice(self):
        customers, slips = import_files.make_customers(total=40, wrong={"phone": 2})
        self.assertLeftOut(self.bring_customers(customers), slips)
        again = self.bring_customers(customers)
        self.assertFalse(again["ids"])
        self.assertLeftOut(again, {row: slips.get(row, "known") for row in range(2, 42)})

    def test_rows_are_numbered_as_in_the_sheet_past_empty_ones(self):
        rows, _slips = import_files.make_customers(total=24, wrong={})
        rows[10][2] = "123"
        rows[5:5] = [[""] * 8, [None] * 8]
        self.assertLeftOut(self.bring_customers(rows), {14: "phone"})

    def test_batches_go_on_after_a_wrong_row(self):
        rows, slips = import_files.make_customers(total=30, wrong={"phone": 2})
        first = self.bring_customers(rows, limit=25)
        self.assertEqual(first["nextrow"], 25)
        second = self.bring_customers(rows, limit=25, skip=25)
        self.assertEqual(second["nextrow"], 0)
        self.assertEqual(len(first["ids"]) + len(second["ids"]), 28)
        self.assertLeftOut({"messages": first["messages"] + second["messages"]}, slips)

    def test_a_failure_that_no_check_foresaw_costs_only_its_row(self):
        rows, _slips = import_files.make_customers(total=30, wrong={})
        barcode = [[*row, ""] for row in rows]
        barcode[7][-1] = barcode[21][-1] = "779"
        result = self.bring_in(
            "res.partner",
            [*import_files.CUSTOMER_HEADINGS, "barcode"],
            [*import_files.CUSTOMER_FIELDS, "barcode"],
            barcode,
        )
        self.assertEqual(len(result["ids"]), 29)
        (message,) = result["messages"]
        self.assertEqual(message["sheet_row"], 23)

    def test_values_of_core_fields_are_named_by_row_too(self):
        rows = [[*row, "person"] for row in import_files.make_customers(total=22, wrong={})[0]]
        rows[3][-1] = "planta"
        result = self.bring_in(
            "res.partner",
            [*import_files.CUSTOMER_HEADINGS, "company_type"],
            [*import_files.CUSTOMER_FIELDS, "company_type"],
            rows,
        )
        self.assertEqual([message["sheet_row"] for message in result["messages"]], [5])
        self.assertEqual(len(result["ids"]), 21)

    def test_mechanic_may_not_import(self):
        rows, _slips = import_files.make_customers(total=20, wrong={})
        with self.assertRaises(AccessError):
            self.bring_customers(rows, role="mechanic")

    def test_the_templates_come_in_whole(self):
        for model, path in (
            ("res.partner", "taller_base/static/xls/clientes.xlsx"),
            ("fleet.vehicle", "taller_base/static/xls/vehiculos.xlsx"),
        ):
            with self.subTest(model=model):
                templates = (
                    self.env[model].with_context(**self.get_list_context(model)).get_import_templates()
                )
                self.assertEqual(templates[0]["template"], f"/{path}")
                with file_open(path, "rb") as stream:
                    rows = import_files.read_xlsx(stream.read())
                result = getattr(self, "bring_customers" if model == "res.partner" else "bring_vehicles")(
                    rows[1:]
                )
                self.assertFalse(result["messages"])
                self.assertEqual(len(result["ids"]), len(rows) - 1)

    def test_contacts_keep_cores_template(self):
        templates = self.env["res.partner"].get_import_templates()
        self.assertIn("/base/static/xls/contacts_import_template.xlsx", [t["template"] for t in templates])

    def test_load_from_elsewhere_stays_all_or_nothing(self):
        result = self.Customer.load(
            ["name", "vat", "country_id"], [["Ana", "CF", "Guatemala"], ["Eva", "1-1", "Guatemala"]]
        )
        self.assertFalse(result["ids"])
        self.assertTrue(any(message["type"] == "error" for message in result["messages"]))


class TestImportQueries(ImportCommon):
    """The cost in queries does not depend on the number of rows, but for inserts."""

    def count_queries(self, bring, rows):
        queries = []
        execute = Cursor.execute

        def spy(cursor, query, params=None, log_exceptions=True):
            queries.append(str(getattr(query, "code", query)))
            return execute(cursor, query, params, log_exceptions)

        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", spy):
            result = bring(rows)
        self.assertFalse(result["messages"])
        self.assertEqual(len(result["ids"]), len(rows))
        return [query for query in queries if not re.match(r"\s*INSERT", query)]

    def assertSameCost(self, bring, warm, few, many):
        self.count_queries(bring, warm)
        cost_of_few = self.count_queries(bring, few)
        cost_of_many = self.count_queries(bring, many)
        self.assertLessEqual(len(cost_of_many), len(cost_of_few) + 2)

    def test_customers(self):
        rows, _slips = import_files.make_customers(total=140, wrong={})
        self.assertSameCost(self.bring_customers, rows[:20], rows[20:30], rows[30:130])

    def test_vehicles(self):
        customers, _slips = import_files.make_customers(total=40, wrong={})
        self.bring_customers(customers)
        rows, _slips = import_files.make_vehicles(customers, total=140, wrong={})
        self.assertSameCost(self.bring_vehicles, rows[:20], rows[20:30], rows[30:130])
