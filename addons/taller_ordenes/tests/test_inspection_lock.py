from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger


@tagged("post_install", "-at_install")
class TestInspectionLock(BaseCase):
    """Two phones at the same moment: with two real transactions, on records both can see.

    A transaction that the database refuses is run again by the server, and then sees what changed.
    """

    def setUp(self):
        super().setUp()
        self.database = db_connect(get_db_name())
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
            shop = env["taller.shop"].create({"name": "Lock Test", "code": "LCKI"})
            vehicle = env["fleet.vehicle"].create({"license_plate": "P-002LCK", "ownership": "customer"})
            customer = env["res.partner"].create({"name": "Lock Test"})
            order = env["taller.order"].create(
                {"vehicle_id": vehicle.id, "shop_id": shop.id, "partner_id": customer.id}
            )
            template = env["taller.inspection.template"].create({"name": "Lock Test"})
            for name in ("Lights", "Brakes"):
                template.line_ids.create({"template_id": template.id, "name": name})
            self.inspection_id = order._start_inspection(template).id
            self.records = (
                ("taller_inspection", self.inspection_id),
                ("taller_order", order.id),
                ("taller_inspection_template", template.id),
                ("fleet_vehicle", vehicle.id),
                ("res_partner", customer.id),
                ("taller_shop", shop.id),
            )
        self.addCleanup(self.remove_records)

    def remove_records(self):
        with self.database.cursor() as cr:
            for table, record_id in self.records:
                cr.execute(SQL("DELETE FROM %s WHERE id = %s", SQL.identifier(table), record_id))

    def open(self, cr):
        """The inspection as one of two phones sees it from now on."""
        inspection = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})["taller.inspection"].browse(
            self.inspection_id
        )
        inspection.line_ids.mapped("rating")
        return inspection

    def answer(self, inspection, number, rating, uid):
        line = inspection.line_ids[number]
        return inspection.save_answers(
            [{"line": line.id, "uid": uid, "base": line.revision, "rating": rating}]
        )

    def test_confirming_looks_again_if_an_answer_is_taken_back(self):
        with self.database.cursor() as cr:
            inspection = self.open(cr)
            for number in (0, 1):
                self.answer(inspection, number, "green", f"all-{number}")
        with self.database.cursor() as first, self.database.cursor() as second:
            mine, theirs = self.open(first), self.open(second)
            self.answer(theirs, 0, "", "taken-back")
            second.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                mine.action_confirm()
                mine.env.flush_all()
            first.rollback()
            mine.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "Lights"):
                mine.action_confirm()
            first.rollback()

    def test_two_who_fill_in_at_once_both_count(self):
        with self.database.cursor() as first, self.database.cursor() as second:
            mine, theirs = self.open(first), self.open(second)
            self.answer(theirs, 0, "red", "theirs")
            second.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                self.answer(mine, 1, "green", "mine")
                mine.env.flush_all()
            first.rollback()
            mine.env.invalidate_all()
            [result] = self.answer(mine, 1, "green", "mine")
            self.assertEqual(result["status"], "saved")
            self.assertEqual(mine.line_ids.mapped("rating"), ["red", "green"])
            first.rollback()

    def test_of_two_answers_to_one_item_none_is_lost_unseen(self):
        with self.database.cursor() as first, self.database.cursor() as second:
            mine, theirs = self.open(first), self.open(second)
            self.answer(theirs, 0, "red", "theirs")
            second.commit()
            base = mine.line_ids[0].revision
            first.rollback()
            mine.env.invalidate_all()
            [result] = mine.save_answers(
                [{"line": mine.line_ids[0].id, "uid": "mine", "base": base, "rating": "green"}]
            )
            self.assertEqual(result["status"], "conflict")
            self.assertEqual(result["line"]["answer"]["rating"], "red")
            first.rollback()
