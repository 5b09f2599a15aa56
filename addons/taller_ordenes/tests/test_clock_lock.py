from functools import partial

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger


@tagged("post_install", "-at_install")
class TestClockLock(BaseCase):
    """Two phones of one mechanic at the same moment: with two real transactions."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(get_db_name())
        with self.database.cursor() as cr:
            env = self._environment(cr)
            shop = env["taller.shop"].create({"name": "Clock Lock Test", "code": "CLCK"})
            customer = env["res.partner"].create({"name": "Clock Lock Test"})
            vehicle = env["fleet.vehicle"].create(
                {"license_plate": "P-002LCK", "ownership": "customer", "owner_id": customer.id}
            )
            mechanic = env["hr.employee"].create({"name": "Clock Lock Test"})
            order = env["taller.order"].create({"vehicle_id": vehicle.id, "shop_id": shop.id})
            jobs = env["taller.job"].create(
                [
                    {"order_id": order.id, "name": name, "mechanic_ids": [Command.link(mechanic.id)]}
                    for name in ("Brakes", "Clutch")
                ]
            )
            attendance = env["hr.attendance"].create(
                {"employee_id": mechanic.id, "check_in": fields.Datetime.now()}
            )
            jobs.state = "approved"
            order._set_state("in_progress")
            self.job_ids, self.mechanic_id = jobs.ids, mechanic.id
            self.records = (
                ("taller_job", jobs.ids),
                ("sale_order", jobs.sale_order_id.ids),
                ("taller_order", order.ids),
                ("taller_vehicle_ownership", vehicle.ownership_ids.ids),
                ("fleet_vehicle", vehicle.ids),
                ("hr_attendance", attendance.ids),
                ("res_partner", customer.ids),
                ("taller_shop", shop.ids),
            )
        self.addCleanup(self._remove_records)

    def _environment(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})

    def _remove_records(self):
        with self.database.cursor() as cr:
            cr.execute(SQL("DELETE FROM taller_job_time WHERE employee_id = %s", self.mechanic_id))
            for table, record_ids in self.records:
                cr.execute(SQL("DELETE FROM %s WHERE id IN %s", SQL.identifier(table), tuple(record_ids)))
            self._environment(cr)["hr.employee"].browse(self.mechanic_id).unlink()

    def test_of_two_clocks_at_the_same_moment_one_starts(self):
        with self.database.cursor() as first, self.database.cursor() as second:
            jobs = [
                self._environment(cr)["taller.job"].browse(job_id)
                for cr, job_id in zip((first, second), self.job_ids, strict=True)
            ]
            self.assertFalse(jobs[1].time_ids)  # from here on the second phone sees the world as it is now
            jobs[0].action_start()
            first.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(UserError, "on the clock for another job"),
            ):
                retrying(partial(jobs[1].action_start), jobs[1].env)
            second.rollback()
        with self.database.cursor() as cr:
            times = self._environment(cr)["taller.job.time"].search([("employee_id", "=", self.mechanic_id)])
            self.assertEqual(times.job_id.ids, self.job_ids[:1])
