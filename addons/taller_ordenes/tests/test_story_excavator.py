from odoo.fields import Command
from odoo.tests import tagged

from .story import PHONE, StoryCommon


@tagged("post_install", "-at_install")
class TestStoryExcavator(StoryCommon):
    """A machine that is kept by its hours, not by kilometres."""

    def _make_machine_template(self):
        """The only inspection for machines: a condition and a measurement."""
        self.env["taller.inspection.template"].search([("kind", "=", "inspection")]).active = False
        shoes = {
            "item_type": "measurement",
            "worse": "lower",
            "green_from": 15,
            "amber_from": 10,
            "unit": "mm",
        }
        items = [
            {"name": "Walk around", "display_type": "line_section"},
            {"name": "Pins and bushings", "code": "pins"},
            {"name": "Track shoes, height", "code": "shoes", **shoes},
        ]
        lines = [Command.create({"sequence": number, **item}) for number, item in enumerate(items)]
        return self.env["taller.inspection.template"].create(
            {"name": "Machine", "for_machinery": True, "line_ids": lines}
        )

    def test_an_excavator_is_kept_by_its_hours(self):
        self.company.write({"taller_warranty_months": 3, "taller_warranty_hours": 250})
        template = self._make_machine_template()
        machine = self._make_vehicle("O-555XCV", self.customer, equipment_kind="machinery")
        self.assertEqual(machine.odometer_unit, "hours")

        self.step_on(PHONE, "/odoo/reception", "taller_excavator_is_received", login="test_reception")
        order = self.env["taller.order"].search([("vehicle_id", "=", machine.id)])
        inspection = order.inspection_ids
        self.assertEqual((order.odometer_in, machine.odometer), (7731.5, 7731.5))
        self.assertEqual((inspection.template_id, inspection.state), (template, "draft"))

        url = f"/odoo/inspections/{inspection.id}"
        self.step_on(PHONE, url, "taller_excavator_is_inspected", login="test_mechanic")
        pins, shoes = (
            inspection.line_ids.filtered(lambda line, code=code: line.code == code)
            for code in ("pins", "shoes")
        )
        self.assertEqual(inspection.state, "done")
        self.assertEqual((pins.rating, pins.note), ("red", "Play of 4 mm"))
        self.assertEqual((shoes.rating, shoes.value), ("green", 18.5))
        job = order.job_ids
        self.assertEqual((job.inspection_line_id, job.state), (pins, "proposed"))

        self._work_on(self.as_role("reception", job))
        url = f"/odoo/work-orders/{order.id}"
        self.step_on(PHONE, url, "taller_excavator_is_delivered", login="test_reception")
        self.assertEqual(order.state, "delivered")
        self.assertEqual((order.delivery_ids.odometer, machine.odometer), (7733.5, 7733.5))
        self.assertEqual(job.warranty_odometer, 7983.5)
        self.assertTrue(order.delivery_ids.is_intact and order.approval_ids.is_intact)

    def _work_on(self, job):
        """Priced, approved, done and ready, as other stories tell it."""
        job.line_ids = [Command.create({"product_id": self.labour.id, "product_uom_qty": 3})]
        job.mechanic_ids = self.mechanic
        job.order_id.action_send_estimate()
        self._decide(job.order_id.estimate_id)
        job.with_user(self.users["mechanic"]).action_start()
        job.with_user(self.users["mechanic"]).action_finish()
        job.order_id.action_ready()
