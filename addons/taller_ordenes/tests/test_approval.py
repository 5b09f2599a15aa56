import base64
import hashlib
import io
import zlib
from datetime import timedelta

from pdfminer.high_level import extract_text

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.taller_base.tests.common import ROLES

from ..tools.estimate_content import get_digest
from .common import SIGNATURE, OrderCommon


@tagged("post_install", "-at_install")
class TestApproval(OrderCommon):
    def setUp(self):
        super().setUp()
        self.order = self._receive()
        self.brakes = self._propose(self.order)
        self.battery = self._propose(self.order, name="Battery", hours=0.5, pads=0)
        self.order.action_send_estimate()
        self.estimate = self.order.sudo().estimate_id

    def test_accepted_jobs_are_ordered_and_declined_ones_kept_aside(self):
        self._decide(self.estimate, accepted=self.brakes, reason="Too expensive")
        self.assertEqual((self.brakes.state, self.battery.state), ("approved", "declined"))
        self.assertEqual(self.battery.decline_reason, "Too expensive")
        self.assertEqual(self.estimate.state, "sale")
        self.assertEqual(self.estimate.order_line, self.brakes.line_ids)
        self.assertEqual(self.estimate.amount_total, 2 * 175 + 420)
        aside = self.battery.sale_order_id
        self.assertEqual((aside.state, aside.taller_declined_of_id), ("cancel", self.estimate))
        self.assertEqual(self.battery.amount_total, 87.5, "declined work keeps its price")
        self.assertEqual(self.order.amount_approved, 2 * 175 + 420)
        self.assertEqual(self.order.amount_estimated, 0)

    def test_declining_everything_leaves_the_order_open(self):
        self._decide(self.estimate, accepted=self.brakes.browse())
        self.assertEqual(self.estimate.state, "cancel")
        self.assertEqual(self.order.state, "estimating")
        self.assertEqual(self.order.amount_approved, 0)
        again = self._propose(self.order, name="Only look at it")
        self.assertNotEqual(again.sale_order_id, self.estimate)
        self.assertEqual(again.sale_order_id.name, f"{self.order.name}-2")

    def test_extra_work_is_a_round_of_its_own(self):
        self._decide(self.estimate)
        extra = self._propose(self.order, name="Brake discs")
        self.assertEqual(self.order.estimate_id, extra.sale_order_id)
        self.order.action_send_estimate()
        self.assertEqual(self.order.state, "in_progress", "work on the approved jobs goes on")
        self._decide(self.order.sudo().estimate_id)
        self.assertEqual(extra.state, "approved")
        self.assertEqual(self.order.sale_order_ids.mapped("state"), ["sale", "sale"])

    def test_the_evidence_says_what_was_shown_and_decided(self):
        shown = self.estimate._get_taller_content()
        approval = self._decide(
            self.estimate, accepted=self.brakes, ip_address="190.56.1.2", user_agent="Phone"
        )
        self.assertEqual(approval.content, shown)
        self.assertEqual(approval.content_hash, get_digest(shown))
        self.assertEqual(approval.signed_by, "Ana Lucía Cifuentes")
        self.assertEqual((approval.ip_address, approval.user_agent), ("190.56.1.2", "Phone"))
        self.assertEqual(approval.signature, SIGNATURE.encode())
        self.assertEqual(approval.line_ids.mapped("is_accepted"), [True, False])
        self.assertEqual(approval.amount_accepted, 770)
        self.assertEqual(approval.amount_declined, 87.5)
        pdf = base64.b64decode(approval.pdf)
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertEqual(hashlib.sha256(pdf).hexdigest(), approval.pdf_hash)
        self.assertTrue(approval.is_intact)

    def test_findings_and_photos_are_part_of_what_is_decided_on(self):
        inspection = self._inspect(self.order)
        self._answer_all(inspection, pads=2.0)
        self._answer(inspection, wipers={"rating": "amber", "note": "They smear"})
        inspection.action_confirm()
        pads = inspection.line_ids.filtered(lambda line: line.code == "pads_front")
        pads_job = self.env["taller.job"].browse(pads.action_propose_job())
        self.env["sale.order.line"].create({"taller_job_id": pads_job.id, "product_id": self.pads.id})
        photo = self._take_photo(pads_job, note="Down to the metal", shown_to_customer=True)
        self.assertTrue(self.order.estimate_is_outdated)
        self.order.action_send_estimate()
        content = self.estimate._get_taller_content()
        shown = content["jobs"][-1]
        self.assertEqual((shown["concern"], shown["findings"][0]["rating"]), ("", "red"))
        self.assertIn("2 mm", shown["findings"][0]["text"])
        self.assertEqual(
            shown["photos"], [{"id": photo.id, "digest": photo.digest, "note": "Down to the metal"}]
        )
        self.assertEqual(
            content["findings"],
            [{"rating": "amber", "label": "Soon", "name": "Wipers", "text": "They smear"}],
        )
        approval = self._decide(self.estimate)
        text = " ".join(extract_text(io.BytesIO(approval._get_pdf())).split())
        for words in ("Down to the metal", "They smear", "2 mm"):
            self.assertIn(words, text)
        self.assertTrue(approval.is_intact)
        with self.assertRaises(UserError):
            photo.unlink()

    def test_the_lines_shown_add_up_to_their_job(self):
        tax = self.env["account.tax"].create(
            {
                "name": "12 % inside",
                "amount": 12,
                "price_include_override": "tax_included",
                "type_tax_use": "sale",
            }
        )
        self.brakes.line_ids.tax_ids = tax
        self.brakes.line_ids[0].price_unit = 131.25
        self.brakes.line_ids[1].price_unit = 980
        shown = self.estimate._get_taller_content()["jobs"][0]
        self.assertEqual([line["total"] for line in shown["lines"]], ["262.50", "980.00"])
        self.assertEqual(shown["total"], "1242.50")

    def test_another_photo_is_another_estimate(self):
        self._take_photo(self.brakes)
        self.assertFalse(self.order.estimate_is_outdated, "what isn't for the customer changes nothing")
        self._take_photo(self.brakes, shown_to_customer=True)
        with self.assertRaisesRegex(UserError, "has changed this estimate"):
            self._decide(self.estimate)

    def test_evidence_that_was_tampered_with_is_noticed(self):
        approval = self._decide(self.estimate)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE taller_approval SET content = jsonb_set(content, '{total}', '\"1.00\"') WHERE id = %s",
            [approval.id],
        )
        approval.invalidate_recordset()
        self.assertFalse(approval.is_intact)

    def test_nobody_changes_or_deletes_evidence(self):
        approval = self._decide(self.estimate)
        for record, values in (
            (approval, {"signed_by": "Somebody else"}),
            (approval.line_ids, {"is_accepted": False}),
        ):
            with self.assertRaises(UserError):
                record.sudo().write(values)
            with self.assertRaises(UserError):
                record.sudo().unlink()
            for role in ROLES:
                with self.assertRaises(UserError, msg=role):
                    self.as_role(role, record).write(values)
                with self.assertRaises(AccessError, msg=role):
                    self.as_role(role, record).unlink()
                with self.assertRaises(AccessError, msg=role):
                    self.as_role(role, record._name).create({"signed_by": "Nobody"})

    def test_a_signed_estimate_never_changes(self):
        self._decide(self.estimate)
        line = self.estimate.order_line[0]
        for user in (self.env.ref("base.user_root"), self.users["administrator"], self.users["reception"]):
            for values in ({"price_unit": 1}, {"product_uom_qty": 99}, {"discount": 50}, {"name": "Less"}):
                with self.assertRaises(UserError, msg=(user.login, values)):
                    line.with_user(user).write(values)
            with self.assertRaises(UserError, msg=user.login):
                line.with_user(user).unlink()
            with self.assertRaises(UserError, msg=user.login):
                self.env["sale.order.line"].with_user(user).create(
                    {"order_id": self.estimate.id, "product_id": self.pads.id}
                )
        self.as_role("administrator", self.estimate).action_draft()
        self.assertEqual(self.estimate.state, "sale")

    def test_nothing_but_a_decision_confirms_an_estimate(self):
        with self.assertRaises(UserError):
            self.estimate.sudo().action_confirm()
        self.assertFalse(self.estimate._is_confirmation_amount_reached())

    def test_signing_twice(self):
        self._decide(self.estimate)
        with self.assertRaisesRegex(UserError, "decided already, by Ana"):
            self._decide(self.estimate, accepted=self.brakes.browse())
        self.assertEqual(len(self.order.approval_ids), 1)
        self.assertEqual(self.brakes.state, "approved")

    def test_an_expired_estimate(self):
        self.estimate.validity_date = fields.Date.today() - timedelta(days=2)
        self.estimate.taller_sent_hash = self.estimate._get_taller_hash()
        with self.assertRaisesRegex(UserError, "valid until"):
            self._decide(self.estimate)
        self.order.action_send_estimate()
        self.assertGreater(self.estimate.validity_date, fields.Date.today())
        self._decide(self.estimate)

    def test_a_price_changed_since_sending(self):
        shown = self.estimate._get_taller_hash()
        self.assertFalse(self.order.estimate_is_outdated)
        self.brakes.line_ids[0].price_unit = 500
        self.assertTrue(self.order.estimate_is_outdated)
        with self.assertRaisesRegex(UserError, "has changed this estimate"):
            self._decide(self.estimate)
        self.order.action_send_estimate()
        decisions = {job.id: (True, "") for job in self.brakes | self.battery}
        with self.assertRaisesRegex(UserError, "has changed this estimate"):
            self.env["taller.approval"]._decide(self.estimate, decisions, shown, "Ana", SIGNATURE)
        self.assertEqual(self.brakes.state, "proposed")

    def test_a_job_added_renamed_or_taken_away_since_sending(self):
        self.battery.name = "Bigger battery"
        with self.assertRaisesRegex(UserError, "has changed this estimate"):
            self._decide(self.estimate)
        self.battery.name = "Battery"
        self._decide(self.estimate)

    def test_a_cancelled_order_withdraws_its_estimate(self):
        self.order.action_cancel("The customer takes it home")
        with self.assertRaisesRegex(UserError, "withdrawn"):
            self._decide(self.estimate)

    def test_an_incomplete_decision(self):
        decide = self.env["taller.approval"]._decide
        shown = self.estimate._get_taller_hash()
        both = {self.brakes.id: (True, ""), self.battery.id: (True, "")}
        with self.assertRaisesRegex(UserError, "Battery"):
            decide(self.estimate, {self.brakes.id: (True, "")}, shown, "Ana", SIGNATURE)
        with self.assertRaisesRegex(UserError, "why you decline"):
            decide(self.estimate, {**both, self.battery.id: (False, " ")}, shown, "Ana", SIGNATURE)
        with self.assertRaisesRegex(UserError, "isn't part of this estimate"):
            decide(self.estimate, {**both, 999999: (True, "")}, shown, "Ana", SIGNATURE)
        with self.assertRaisesRegex(UserError, "your name"):
            decide(self.estimate, both, shown, "  ", SIGNATURE)
        for signature in ("", None, "%%%", "aGVsbG8="):
            with self.assertRaisesRegex(UserError, "sign again"):
                decide(self.estimate, both, shown, "Ana", signature)
        self.assertEqual(self.order.state, "waiting")

    def test_a_picture_that_is_none_is_no_signature(self):
        png = self._signature_bytes()
        size = (60_000).to_bytes(4) * 2
        header = b"IHDR" + size + png[24:29]
        bomb = png[:12] + header + zlib.crc32(header).to_bytes(4) + png[33:]
        for signature in (png[:20], png[:8] + b"x" * 100, b"\xff\xd8\xff", b"GIF89a" + png, bomb):
            with self.assertRaisesRegex(UserError, "sign again", msg=signature):
                self.env["taller.approval"]._check_signature(base64.b64encode(signature).decode())

    def test_lines_of_no_job_are_decided_with_the_rest(self):
        self.env["sale.order.line"].with_user(self.users["reception"]).create(
            {"order_id": self.estimate.id, "product_id": self.pads.id, "price_unit": 30}
        )
        self.order.action_send_estimate()
        approval = self._decide(self.estimate, accepted=self.brakes)
        self.assertEqual(approval.amount_accepted, 800)
        self.assertEqual(self.estimate.amount_total, 800)

    def test_a_line_belongs_to_the_estimate_of_its_job(self):
        other = self._receive()
        job = self._propose(other)
        with self.assertRaises(UserError):
            self.brakes.line_ids[0].taller_job_id = job
        with self.assertRaises(UserError):
            self.env["sale.order.line"].create(
                {"order_id": self.estimate.id, "taller_job_id": job.id, "product_id": self.pads.id}
            )

    def test_reception_edits_lines_on_the_jobs_form(self):
        job = self.as_role("reception", self.brakes)
        job.line_ids = [
            Command.create({"product_id": self.pads.id, "product_uom_qty": 2}),
            Command.delete(job.line_ids[0].id),
        ]
        self.assertEqual(job.line_ids.order_id, self.estimate)
        self.assertEqual(job.amount_total, 3 * 420)
