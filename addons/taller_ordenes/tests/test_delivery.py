from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import SIGNATURE, OrderCommon


@tagged("post_install", "-at_install")
class TestDelivery(OrderCommon, HttpCase):
    """Who takes the vehicle, with which reading, and what they signed."""

    def _dialog(self, order, role="reception", **values):
        order = self.as_role(role, order)
        action = order.action_open_delivery()
        return (
            self.as_role(role, action["res_model"])
            .with_context(**action["context"])
            .create({"odometer": order.odometer_in, **values})
        )

    def _hand_over(self, order, **values):
        self._dialog(order, **{"signature": SIGNATURE, **values}).action_deliver()
        return order.delivery_ids

    def test_the_customer_takes_the_car_and_signs(self):
        order, _job = self._finished_order(odometer_in=80100)
        dialog = self._dialog(order, odometer=80112, fuel_level="2", signature=SIGNATURE)
        self.assertEqual(dialog.picked_up_by, "Ana Lucía Cifuentes")
        dialog.line_ids.replaced_parts = "returned"
        dialog.action_deliver()
        delivery = order.delivery_ids
        self.assertEqual(order.state, "delivered")
        self.assertEqual((delivery.picked_up_by, delivery.is_customer), ("Ana Lucía Cifuentes", True))
        self.assertEqual(delivery.odometer, 80112)
        self.assertEqual(self.vehicle.odometer, 80112)
        self.assertEqual(delivery.user_id, self.users["reception"])
        self.assertEqual(order.job_ids.replaced_parts, "returned")
        self.assertEqual(delivery.content["jobs"][0]["replaced_parts"], "Returned to the Customer")
        self.assertTrue(delivery.is_intact)

    def test_somebody_else_shows_a_document(self):
        order, _job = self._finished_order()
        dialog = self._dialog(order, is_customer=False, picked_up_by="Marta Tzunún")
        with self.assertRaisesRegex(UserError, "document"):
            dialog.action_deliver()
        dialog.picked_up_document = "DPI 2345 67890 0101"
        dialog.action_deliver()
        self.assertFalse(order.delivery_ids.is_customer)
        self.assertEqual(order.delivery_ids.content["picked_up_document"], "DPI 2345 67890 0101")

    def test_somebody_has_to_take_it(self):
        order, _job = self._finished_order()
        with self.assertRaisesRegex(UserError, "who picks"):
            self._dialog(order, picked_up_by="  ").action_deliver()

    def test_the_meter_does_not_run_backwards(self):
        order, _job = self._finished_order(odometer_in=80100)
        for reading, message in (
            (80099, "less than"),
            (-1, "negative"),
            (8010000, "digit too many|any meter"),
        ):
            with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
                self._dialog(order, odometer=reading).action_deliver()
        self.assertEqual(order.state, "ready")
        self._hand_over(order, odometer=12, odometer_reason="The meter was exchanged")
        self.assertEqual(self.vehicle.odometer, 12)

    def test_an_excavator_leaves_by_its_hours(self):
        self.company.write({"taller_warranty_months": 0, "taller_warranty_hours": 250})
        excavator = self._make_vehicle("O-320CAT", self.customer, equipment_kind="machinery")
        order, job = self._finished_order(vehicle_id=excavator.id, odometer_in=7731.5)
        self._hand_over(order, odometer=7732.5)
        self.assertEqual(job.warranty_odometer, 7982.5)
        self.assertIn("250 h, until 7,982.5 h", order.delivery_ids.content["jobs"][0]["warranty"])

    def test_a_signature_is_a_picture(self):
        order, _job = self._finished_order()
        with self.assertRaisesRegex(UserError, "signature"):
            self._hand_over(order, signature="bm8gcGljdHVyZQ==")

    def test_what_was_signed_stays(self):
        order, job = self._finished_order()
        delivery = self._hand_over(order)
        for attempt in (
            lambda: delivery.sudo().write({"picked_up_by": "Nobody"}),
            lambda: delivery.sudo().unlink(),
            lambda: job.write({"replaced_parts": "disposed"}),
        ):
            with self.assertRaises(UserError):
                attempt()
        with self.assertRaises(UserError):
            order.action_deliver()
        for role in ROLES:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.delivery").create(
                    {"order_id": order.id, "picked_up_by": "Nobody", "content": {}}
                )

    def test_the_note_says_what_it_said_whatever_changes(self):
        order, job = self._finished_order()
        delivery = self._hand_over(order)
        before = delivery.content
        job.sudo().name = "Renamed"
        self.env.invalidate_all()
        self.assertEqual(delivery.content, before)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("taller_ordenes.report_taller_delivery", delivery.ids)[0]
            .decode()
        )
        self.assertIn("Front brakes", html)
        self.assertNotIn("Renamed", html)
        self.assertIn(delivery.content_hash, html)

    def test_gates_ask_for_reading_signature_and_parts(self):
        self.company.write(
            {
                "taller_gate_odometer": True,
                "taller_gate_signature": True,
                "taller_gate_replaced_parts": True,
            }
        )
        order, _job = self._finished_order(odometer_in=80100)
        with self.assertRaisesRegex(UserError, "reading.*replaced in: Front brakes.*signature"):
            order.action_deliver()
        gate = next(gate for gate in order.gate_list if gate["name"] == "signature")
        self.assertEqual(gate["action"]["res_model"], "taller.order.deliver")
        with self.assertRaisesRegex(UserError, "signature is missing"), self.env.cr.savepoint():
            self._dialog(order).action_deliver()
        self.assertFalse(order.delivery_ids)
        dialog = self._dialog(order, signature=SIGNATURE)
        dialog.line_ids.replaced_parts = "none"
        dialog.action_deliver()
        self.assertEqual(order.state, "delivered")

    def test_jobs_of_other_orders_are_not_touched(self):
        order, _job = self._finished_order()
        _other, other_job = self._finished_order()
        dialog = self._dialog(order)
        dialog.line_ids = [Command.create({"job_id": other_job.id, "replaced_parts": "disposed"})]
        with self.assertRaisesRegex(UserError, "another order"):
            dialog.action_deliver()

    def test_only_reception_and_above_hand_over(self):
        order, _job = self._finished_order()
        for role in set(ROLES) - {"reception", "supervisor", "administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order).action_open_delivery()
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.order.deliver").create(
                    {"order_id": order.id, "picked_up_by": "Me"}
                )
        dialog = self._dialog(order)
        with self.assertRaises(AccessError):
            dialog.with_user(self.users["mechanic"]).action_deliver()

    def test_mechanics_do_not_read_who_came_for_it(self):
        order, _job = self._finished_order()
        delivery = self._hand_over(order)
        for role in ("mechanic", "parts"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, delivery).read(["picked_up_document"])
        for role in ("reception", "supervisor", "manager", "accounting"):
            self.assertEqual(self.as_role(role, order).delivery_ids, delivery, role)

    def test_other_shops_notes_are_out_of_reach(self):
        order, job = self._approved_order(role="administrator", shop_id=self.other_shop.id)
        self.as_role("administrator", job).action_start()
        self.as_role("administrator", job).action_finish()
        order.action_ready()
        with self.assertRaises(AccessError):
            self.as_role("reception", "taller.order.deliver").with_context(default_order_id=order.id).create(
                {"picked_up_by": "Me"}
            ).action_deliver()
        delivery = self._hand_over(order, role="administrator")
        for role in ("reception", "supervisor", "manager"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, delivery).read(["picked_up_by"])

    def test_only_its_customer_downloads_the_note(self):
        order, _job = self._finished_order(partner_id=self.portal_user.partner_id.id)
        stranger, _job = self._finished_order()
        for visit in (order, stranger):
            self._hand_over(visit)
        self.authenticate(self.portal_user.login, self.portal_user.login)
        mine = self.url_open(f"/my/taller/orders/{order.id}/delivery")
        self.assertEqual(mine.headers["Content-Type"], "application/pdf")
        self.assertTrue(mine.content.startswith(b"%PDF"))
        theirs = f"/my/taller/orders/{stranger.id}/delivery"
        self.assertEqual(self.url_open(theirs).status_code, 403)
        self.assertEqual(self.url_open(f"{theirs}?access_token=guess").status_code, 403)
        self.assertEqual(self.url_open("/my/taller/orders/0/delivery").status_code, 403)
        token = stranger.sudo()._portal_ensure_token()
        self.assertEqual(self.url_open(f"{theirs}?access_token={token}").status_code, 200)
        printed = f"/report/pdf/taller_ordenes.report_taller_delivery/{stranger.delivery_ids.id}"
        self.assertNotEqual(self.url_open(printed).status_code, 200)

    def test_ready_and_delivered_are_told(self):
        order, _job = self._finished_order()
        self._hand_over(order)
        events = self.env["taller.notice"].search(
            [("res_model", "=", "taller.order"), ("res_id", "=", order.id)]
        )
        self.assertIn("ready", events.mapped("event"))
        self.assertIn("delivered", events.mapped("event"))
        [(name, pdf)] = order._get_notice_attachments("delivered")[-1:]
        self.assertTrue(name.endswith("-D.pdf"))
        self.assertTrue(pdf.startswith(b"%PDF"))

    def test_people_are_told_what_the_notes_say_of_them(self):
        order, _job = self._finished_order()
        self._hand_over(order)
        section = self.customer.sudo()._get_personal_data()["deliveries"]
        self.assertIn("Ana Lucía Cifuentes", str(section))

    def test_warranty_begins_with_the_delivery(self):
        self.company.write({"taller_warranty_months": 3, "taller_warranty_km": 5000})
        order, job = self._finished_order(odometer_in=80100)
        self.assertEqual((job.warranty_months, job.warranty_distance), (3, 5000))
        self.assertFalse(job.warranty_from)
        self._hand_over(order, odometer=80110)
        today = fields.Date.context_today(order)
        self.assertEqual(job.warranty_from, today)
        self.assertEqual(job.warranty_until, fields.Date.add(today, months=3))
        self.assertEqual(job.warranty_odometer, 85110)
        self.assertIn("3 months or 5,000 km", order.delivery_ids.content["jobs"][0]["warranty"])
