import base64
import io
import re

from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..report.report_service import ReportService
from .common import OrderCommon

REPORTS = ("taller_ordenes.report_service", "taller_ordenes.report_service_customer")


def picture(colour="red"):
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, "JPEG")
    return base64.b64encode(stream.getvalue())


@tagged("post_install", "-at_install")
class TestDocuments(OrderCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner_user = new_test_user(
            cls.env, login="test_owner", groups="base.group_portal", partner_id=cls.customer.id
        )
        cls.order, cls.job = cls._finished_order(odometer_in=52690.4)
        cls.job.sudo().write({"cause": "Worn pads", "correction": "Pads replaced, discs measured"})
        cls.inner, cls.shown = cls.env["taller.photo"].create(
            [
                {"order_id": cls.order.id, "job_id": cls.job.id, "image": picture(), "note": "For us"},
                {
                    "order_id": cls.order.id,
                    "job_id": cls.job.id,
                    "image": picture("blue"),
                    "note": "For the customer",
                    "shown_to_customer": True,
                },
            ]
        )

    def html(self, report, records, role=None):
        reports = self.as_role(role, "ir.actions.report") if role else self.env["ir.actions.report"]
        return reports._render_qweb_html(report, records.ids)[0].decode()

    def sign_in(self, user):
        user.sudo().password = f"{user.login}_secret"
        self.authenticate(user.login, f"{user.login}_secret")

    def test_the_service_report_tells_what_was_found_and_done(self):
        html = self.html(REPORTS[0], self.order, "reception")
        for text in (
            self.order.name,
            self.vehicle.license_plate,
            self.company.name,
            self.shop.name,
            "52,690",
            "It squeals",
            "Worn pads",
            "Pads replaced",
            "Brake pads",
            self.mechanic.name,
            "For us",
            "For the customer",
        ):
            self.assertIn(text, html)

    def test_the_customers_version_has_no_hours_and_no_inner_photos(self):
        html = self.html(REPORTS[1], self.order, "reception")
        for text in ("Worn pads", "Brake pads", "For the customer"):
            self.assertIn(text, html)
        for text in (self.mechanic.name, "For us"):
            self.assertNotIn(text, html)

    def test_nobody_reads_a_price_in_it(self):
        for report in REPORTS:
            for role in ("mechanic", "parts", "reception"):
                html = re.sub(r'src="data:[^"]*"', "", self.html(report, self.order, role))
                for price in ("420", "175", "350.00", "770"):
                    self.assertNotIn(price, html, (report, role))

    def test_machines_count_hours(self):
        excavator = self._make_vehicle(
            False, self.customer, vin_sn="CAT00320VDKJ00871", equipment_kind="machinery"
        )
        order = self._receive(vehicle_id=excavator.id, odometer_in=7731.5)
        html = self.html(REPORTS[0], order, "mechanic")
        self.assertIn("CAT00320VDKJ00871", html)
        self.assertRegex(html, r"7,731\.5\s+h")

    def test_it_stands_on_its_own(self):
        """Nothing is fetched, and nothing is in a header that an unpatched wkhtmltopdf can't print."""
        html = self.html(REPORTS[0], self.order)
        self.assertNotRegex(html, r'(src|href)="(?!data:)')
        self.assertNotIn('class="header', html)

    def test_other_shops_orders_are_not_printed(self):
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        for report in REPORTS:
            for role in ("mechanic", "parts", "reception", "supervisor", "manager"):
                with self.assertRaises(AccessError, msg=(report, role)):
                    self.html(report, elsewhere, role)
                with self.assertRaises(AccessError, msg=(report, role)):
                    self.html(report, self.order | elsewhere, role)
            self.assertIn(elsewhere.name, self.html(report, elsewhere, "accounting"))

    def test_nor_other_companies(self):
        vehicle = self._make_vehicle("P-444DDD", self.customer, company_id=False)
        foreign = (
            self.env["taller.order"]
            .with_company(self.foreign_company)
            .sudo()
            .create({"vehicle_id": vehicle.id, "shop_id": self.foreign_shop.id})
        )
        for role in self.users:
            with self.assertRaises(AccessError, msg=role):
                self.html(REPORTS[0], foreign, role)

    def test_customers_print_by_the_portal_only(self):
        own = self._receive(partner_id=self.owner_user.partner_id.id)
        records = {
            "report_service": own,
            "report_service_customer": own,
            "report_vehicle_history": self.vehicle,
            "report_partner_history": self.customer,
            "report_employee_history": self.mechanic,
        }
        self.sign_in(self.owner_user)
        for name, record in records.items():
            for converter in ("html", "pdf", "text"):
                url = f"/report/{converter}/taller_ordenes.{name}/{record.id}"
                with self.subTest(url=url):
                    response = self.url_open(url)
                    self.assertNotEqual(response.status_code, 200)
                    self.assertNotIn(self.vehicle.license_plate, response.text)

    def test_staff_print_over_http_what_is_in_their_reach(self):
        elsewhere = self._receive(role="administrator", shop_id=self.other_shop.id)
        self.sign_in(self.users["mechanic"])
        page = self.url_open(f"/report/html/{REPORTS[0]}/{self.order.id}")
        self.assertIn(self.order.name, page.text)
        response = self.url_open(f"/report/html/{REPORTS[0]}/{elsewhere.id}")
        self.assertNotEqual(response.status_code, 200)

    def test_one_prints_a_pdf(self):
        for report, record in (
            (REPORTS[1], self.order),
            ("taller_ordenes.report_vehicle_history", self.vehicle),
        ):
            reports = self.as_role("reception", "ir.actions.report").with_context(force_report_rendering=True)
            pdf, _extension = reports._render_qweb_pdf(report, record.ids)
            self.assertTrue(pdf.startswith(b"%PDF"), report)

    def test_a_history_on_paper(self):
        html = self.html("taller_ordenes.report_vehicle_history", self.vehicle, "mechanic")
        self.assertIn(self.order.name, html)
        self.assertIn("Worn pads", html)
        html = self.html("taller_ordenes.report_partner_history", self.customer, "reception")
        self.assertIn(self.vehicle.license_plate, html)
        with self.assertRaises(AccessError):
            self.html("taller_ordenes.report_partner_history", self.customer, "mechanic")
        employee = self.env["hr.employee.public"].browse(self.mechanic.id)
        html = self.html("taller_ordenes.report_employee_history", employee, "mechanic")
        self.assertIn(self.job.name, html)
        with self.assertRaises(AccessError):
            self.html("taller_ordenes.report_employee_history", employee, "reception")

    def test_ten_reports_cost_as_many_queries_as_one(self):
        orders = self.order
        for _number in range(9):
            order, job = self._finished_order()
            self.env["taller.photo"].create({"order_id": order.id, "job_id": job.id, "image": picture()})
            orders |= order
        queries = []
        for records in (orders[:1], orders[:1], orders):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            values = self.as_role("mechanic", ReportService._name)._get_report_values(records.ids)
            self.assertEqual(len(values["reports"]), len(records))
            queries.append(self.env.cr.sql_log_count - before)
        self.assertEqual(queries[1], queries[2])
