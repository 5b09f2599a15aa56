from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from odoo.addons.taller_base.tests.common import ROLES

from ..tools.assignment import Candidate, rank
from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestRanking(BaseCase):
    def best(self, *candidates, hours=2):
        return [candidate.name for candidate in rank(candidates, hours)]

    def mechanic(self, name, **values):
        usual = {"key": 1, "fits": True, "is_in": True, "is_absent": False, "booked": 4.0, "free": 10.0}
        return Candidate(name=name, **{**usual, **values})

    def test_the_specialist_comes_before_the_idle(self):
        self.assertEqual(
            self.best(self.mechanic("Idle", fits=False, booked=0), self.mechanic("Expert")),
            ["Expert", "Idle"],
        )

    def test_who_is_there_and_has_time_comes_first(self):
        self.assertEqual(
            self.best(
                self.mechanic("Ill", is_absent=True, booked=0),
                self.mechanic("Busy", free=1, booked=0),
                self.mechanic("Gone", is_in=False),
                self.mechanic("There"),
            ),
            ["There", "Gone", "Busy", "Ill"],
        )

    def test_among_equals_the_least_booked(self):
        self.assertEqual(self.best(self.mechanic("A", booked=5), self.mechanic("B", booked=1)), ["B", "A"])


@tagged("post_install", "-at_install")
class TestAssignment(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.brakes = cls.env["taller.specialty"].create({"name": "Brakes of test cars"})
        cls.mechanic2.specialty_ids = cls.brakes
        (cls.mechanic | cls.mechanic2).shop_id = cls.shop
        cls.elsewhere = cls.env["hr.employee"].create(
            {"name": "Works Elsewhere", "company_id": cls.company.id, "shop_id": cls.other_shop.id}
        )

    def candidates(self, job, role="supervisor"):
        self.env.flush_all()
        return self.as_role(role, job).get_mechanic_candidates()[job.id]

    def test_the_specialist_of_the_shop_is_proposed_first(self):
        job = self._propose(self._receive(), mechanic_ids=False, specialty_id=self.brakes.id)
        found = self.candidates(job)
        self.assertEqual([candidate["name"] for candidate in found], ["Second Mechanic", "Test mechanic"])
        self.assertEqual([candidate["fits"] for candidate in found], [True, False])

    def test_booked_hours_are_what_is_left_shared_among_mechanics(self):
        order = self._receive()
        job = self._propose(order, hours=6, mechanic_ids=(self.mechanic | self.mechanic2).ids)
        order.action_send_estimate()
        self._decide(order.estimate_id)
        self.env["taller.job.time"].create(
            {
                "job_id": job.id,
                "employee_id": self.mechanic.id,
                "start": "2026-03-02 15:00:00",
                "stop": "2026-03-02 17:00:00",
            }
        )
        self.env.flush_all()
        loads = self.as_role("supervisor", "taller.mechanic.load").search(
            [("employee_id", "in", (self.mechanic | self.mechanic2).ids)]
        )
        self.assertEqual([load.booked_hours for load in loads], [2.0, 2.0])
        self.assertEqual(loads[0].action_view_jobs()["res_model"], "taller.job")

    def test_who_has_checked_in_and_who_is_on_leave(self):
        with freeze_time("2026-03-02 15:00:00"):
            job = self._propose(self._receive(), mechanic_ids=False)
            self.env["hr.attendance"].create({"employee_id": self.mechanic.id})
            self.env["resource.calendar.leaves"].create(
                {
                    "name": "Ill",
                    "resource_id": self.mechanic2.resource_id.id,
                    "calendar_id": self.mechanic2.resource_calendar_id.id,
                    "date_from": "2026-03-02 00:00:00",
                    "date_to": "2026-03-03 12:00:00",
                }
            )
            presence = {candidate["name"]: candidate["presence"] for candidate in self.candidates(job)}
        self.assertEqual(presence, {"Test mechanic": "in", "Second Mechanic": "absent"})

    def test_an_expired_certificate_is_told(self):
        self.env["taller.certificate"].create(
            {"name": "Refrigerants", "employee_id": self.mechanic.id, "expires": "2020-01-01"}
        )
        job = self._propose(self._receive(), mechanic_ids=False)
        expired = {candidate["name"]: candidate["expired"] for candidate in self.candidates(job)}
        self.assertEqual(expired, {"Test mechanic": ["Refrigerants"], "Second Mechanic": []})

    def test_one_tap_assigns_and_another_takes_off(self):
        job = self._propose(self._receive(), mechanic_ids=False)
        supervised = self.as_role("supervisor", job)
        self.assertEqual(supervised.action_open_assign()["tag"], "taller_assign")
        supervised.action_assign(self.mechanic.id)
        supervised.action_assign(self.mechanic.id)  # a double tap
        self.assertEqual(job.mechanic_ids, self.mechanic)
        self.assertTrue(self.candidates(job)[0]["is_assigned"] or self.candidates(job)[1]["is_assigned"])
        supervised.action_assign(self.mechanic.id, False)
        self.assertFalse(job.mechanic_ids)

    def test_nobody_of_another_shop_nor_who_has_left(self):
        job = self._propose(self._receive(), mechanic_ids=False)
        supervised = self.as_role("supervisor", job)
        with self.assertRaisesRegex(ValidationError, "works in"):
            supervised.action_assign(self.elsewhere.id)
        self.mechanic.active = False
        with self.assertRaisesRegex(ValidationError, "doesn't work here any more"):
            supervised.action_assign(self.mechanic.id)
        with self.assertRaises(ValidationError):
            self.as_role("reception", job).mechanic_ids = [Command.set(self.elsewhere.ids)]
        with self.assertRaises(ValidationError):
            self._propose(self._receive(), mechanic_ids=self.elsewhere.ids)
        with self.assertRaises(UserError):
            supervised.action_assign(self.elsewhere.id + 10**6)

    def test_who_has_left_since_stays_on_the_job(self):
        job = self._propose(self._receive())
        self.mechanic.active = False
        self.as_role("supervisor", job).action_assign(self.mechanic2.id)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(job.with_context(active_test=False).mechanic_ids, self.mechanic | self.mechanic2)

    def test_only_reception_and_supervisors_assign(self):
        job = self._propose(self._receive(), mechanic_ids=False)
        for user in (
            *(self.users[role] for role in ("mechanic", "parts", "manager", "accounting")),
            self.portal_user,
        ):
            for call in (
                lambda job: job.action_open_assign(),
                lambda job: job.get_mechanic_candidates(),
                lambda job: job.action_assign(self.mechanic.id),
            ):
                with self.assertRaises(AccessError, msg=user.login):
                    call(job.with_user(user))
        _order, done = self._finished_order()
        with self.assertRaises(UserError):
            self.as_role("supervisor", done).action_assign(self.mechanic2.id)

    def test_loads_are_seen_by_who_plans(self):
        for role in ROLES:
            loads = self.as_role(role, "taller.mechanic.load")
            if role in ("mechanic", "parts", "accounting"):
                with self.assertRaises(AccessError, msg=role):
                    loads.search([])
                continue
            seen = loads.search([]).mapped("name")
            self.assertIn("Test mechanic", seen, role)

    def test_many_jobs_cost_as_many_queries_as_one(self):
        order = self._receive()
        jobs = self.env["taller.job"]
        for number in range(6):
            jobs |= self._propose(order, name=f"Job {number}", mechanic_ids=False, pads=0)
        self.env.flush_all()
        jobs = self.as_role("supervisor", jobs)
        jobs.get_mechanic_candidates()
        counts = []
        for batch in (jobs[:1], jobs):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.get_mechanic_candidates()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_a_canned_service_knows_the_specialty(self):
        service = self.env["taller.service"].create({"name": "Brakes", "specialty_id": self.brakes.id})
        order = self._receive()
        job = order.env["taller.job"].create(
            {"order_id": order.id, "service_id": service.id, "name": "Brakes"}
        )
        self.assertEqual(job.specialty_id, self.brakes)
