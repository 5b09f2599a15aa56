import io
import json
import zipfile

from odoo.tests import HttpCase, tagged

from .test_privacy_request import PrivacyCommon


@tagged("post_install", "-at_install")
class TestPersonalData(PrivacyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        model = cls.env["fleet.vehicle.model"].search([], limit=1)
        Vehicle = cls.env["fleet.vehicle"]
        for plate, owner in (("P-111AAA", cls.customer), ("P-222BBB", cls.stranger_user.partner_id)):
            Vehicle.create(
                {
                    "model_id": model.id,
                    "license_plate": plate,
                    "ownership": "customer",
                    "owner_id": owner.id,
                }
            )
        cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "shop_id": cls.shop.id,
                "invoice_line_ids": [(0, 0, {"name": "Oil change", "price_unit": 250, "tax_ids": False})],
            }
        ).action_post()
        cls.customer.message_post(
            body="¿Cuándo está listo?",
            author_id=cls.customer.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        cls.customer.message_post(body="Cliente difícil", subtype_xmlid="mail.mt_note")

    def _download(self):
        response = self.url_open("/my/personal-data/download")
        self.assertEqual(response.headers["Content-Type"], "application/zip")
        self.assertIn("no-store", response.headers["Cache-Control"])
        return zipfile.ZipFile(io.BytesIO(response.content))

    def test_a_customer_takes_everything_away(self):
        self.authenticate("test_customer", "test_customer")
        archive = self._download()
        data = json.loads(archive.read("personal-data.json"))
        self.assertEqual(data["contact"]["records"][0]["name"], "Petrona Ixcoy")
        self.assertEqual(data["contact"]["records"][0]["phone"], "+502 5512 3344")
        self.assertEqual([v["license_plate"] for v in data["vehicles"]["records"]], ["P-111AAA"])
        self.assertEqual([i["amount_total"] for i in data["invoices"]["records"]], [250])
        self.assertEqual([m["preview"] for m in data["messages"]["records"]], ["¿Cuándo está listo?"])
        page = archive.read("personal-data.html").decode()
        for text in ("Petrona Ixcoy", "P-111AAA", "¿Cuándo está listo?"):
            self.assertIn(text, page)
        self.assertNotIn("P-222BBB", page)
        self.assertNotIn("Cliente difícil", page)

    def test_nobody_takes_somebody_elses(self):
        self.authenticate("test_stranger", "test_stranger")
        response = self.url_open(
            f"/my/personal-data/download?partner_id={self.customer.id}&id={self.customer.id}"
        )
        archive = zipfile.ZipFile(io.BytesIO(response.content))
        text = archive.read("personal-data.json").decode()
        self.assertNotIn("Petrona", text)
        self.assertIn("P-222BBB", text)

    def test_a_company_takes_its_addresses_away_but_not_its_people(self):
        self.customer.is_company = True
        self.env["res.partner"].create(
            [
                {"name": "Depot", "parent_id": self.customer.id, "type": "delivery"},
                {"name": "Driver", "parent_id": self.customer.id, "type": "contact"},
            ]
        )
        addresses = self.customer._get_personal_data()["addresses"]["records"]
        self.assertEqual([address["name"] for address in addresses], ["Depot"])

    def test_markup_in_a_name_stays_text(self):
        self.customer.name = "<script>alert(1)</script>"
        page = zipfile.ZipFile(io.BytesIO(self.customer._get_personal_data_archive())).read(
            "personal-data.html"
        )
        self.assertNotIn(b"<script>alert", page)
