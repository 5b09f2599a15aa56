import json

from odoo.tests import HttpCase, tagged

from odoo.addons.taller_ordenes.tools.rating import Limits, parse_value

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

    def test_the_screen_rates_as_the_server_does(self):
        """The colour that the phone shows at once is the one that the server will keep."""
        bounds = {"green_from": 13.6, "green_to": 14.7, "amber_from": 13.2, "amber_to": 15.0}
        cases = [
            {**bounds, "worse": worse, "value": value, "rating": Limits(worse, **bounds).get_rating(value)}
            for worse in ("", "lower", "higher", "outside")
            for value in (-1, 0, 13.1, 13.2, 13.3, 13.6, 14, 14.7, 14.8, 15, 15.1, 0.1 + 13.1)
        ]
        written = ["4,5", " 4.5 ", "-37", "0", "", "four", "nan", "1000001", "4 5", "4,5,6", "."]
        numbers = {text: parse_value(text) for text in written}
        script = """
            const { getMeasurementRating, parseMeasurement } = odoo.loader.modules.get(
                "@taller_ordenes/inspection/rating"
            );
            const wrong = CASES.filter((one) => getMeasurementRating(one, one.value) !== (one.rating || ""));
            for (const [text, number] of Object.entries(NUMBERS)) {
                if (parseMeasurement(text) !== number) {
                    wrong.push(text);
                }
            }
            console[wrong.length ? "error" : "log"](wrong.length ? JSON.stringify(wrong) : "test successful");
        """
        script = script.replace("CASES", json.dumps(cases)).replace("NUMBERS", json.dumps(numbers))
        self.browser_js("/odoo", script, ready="odoo.isReady", login="test_mechanic")

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
