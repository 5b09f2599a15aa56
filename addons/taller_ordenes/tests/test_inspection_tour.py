from odoo.tests import HttpCase, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestInspectionTour(OrderCommon, HttpCase):
    """The inspection on the mechanic's phone."""

    browser_size = "412x915"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.template = self._make_template()
        self.order = self._receive()
        self.inspection = self._inspect(self.order, self.template)

    def items(self, inspection):
        self.env.invalidate_all()
        return {line.code: line for line in inspection.line_ids}

    def inspect_on_phone(self, tour, inspection):
        self.start_tour(f"/odoo/inspections/{inspection.id}", tour, login="test_mechanic")

    def test_nothing_is_lost_without_connection(self):
        pads = self.inspection.line_ids.filtered(lambda line: line.code == "pads_front")
        pads.sudo().photo_policy = "defect"
        self.inspect_on_phone("taller_inspection_without_connection", self.inspection)
        items = self.items(self.inspection)
        self.assertEqual(self.inspection.state, "done")
        self.assertEqual(
            {code: line.rating for code, line in items.items()},
            {"headlights": "red", "wipers": "red", "pads_front": "red", "oil": "green", "remarks": False},
        )
        pads = items["pads_front"]
        self.assertEqual((pads.value, pads.note), (2.5, "Worn on one side"))
        self.assertEqual(items["wipers"].revision, 1, "sent again after the reload, counted once")
        self.assertEqual(items["oil"].revision, 1, "sent twice, counted once")
        self.assertEqual(len(pads.photo_ids), 1)
        self.assertEqual(self.order.job_ids.inspection_line_id, pads)
        self.assertEqual(pads.photo_ids.job_id, self.order.job_ids)

    def test_with_one_thumb(self):
        self._answer_all(self.inspection)
        self._answer(self.inspection, wipers="red")
        self.inspection.action_confirm()
        inspection = self._inspect(self._receive(), self.template)
        self.inspect_on_phone("taller_inspection_thumb", inspection)
        items = self.items(inspection)
        self.assertEqual(inspection.state, "done")
        self.assertEqual([items[code].rating for code in ("headlights", "wipers")], ["green", "amber"])
        self.assertEqual(inspection.order_id.job_ids.inspection_line_id, items["wipers"])
