from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ROLES, TallerCommon


class PeopleCommon(TallerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env["taller.certificate"])
        cls.brakes = cls.env.ref("taller_base.taller_specialty_brakes")
        Employee = cls.env["hr.employee"]
        cls.mechanic = Employee.create(
            {
                "name": "Test Mechanic",
                "user_id": cls.users["mechanic"].id,
                "shop_id": cls.shop.id,
                "specialty_ids": [Command.link(cls.brakes.id)],
                "hourly_cost": 40,
                "target_rate": 175,
            }
        )
        cls.far_mechanic = Employee.create({"name": "Far Mechanic", "shop_id": cls.other_shop.id})
        cls.foreign_mechanic = Employee.create(
            {
                "name": "Foreign Mechanic",
                "company_id": cls.foreign_company.id,
                "shop_id": cls.foreign_shop.id,
            }
        )

    @classmethod
    def certify(cls, employee, days, **values):
        return cls.env["taller.certificate"].create(
            {
                "name": "ASE A5 Brakes",
                "employee_id": employee.id,
                "expires": cls.today + timedelta(days=days),
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestPeople(PeopleCommon):
    def test_every_role_reads_shop_and_specialties(self):
        for role in ROLES:
            employee = self.as_role(role, self.mechanic)
            self.assertEqual(employee.shop_id, self.shop, role)
            self.assertEqual(employee.specialty_ids, self.brakes, role)
            public = self.as_role(role, "hr.employee.public").search([("shop_id", "=", self.shop.id)])
            self.assertEqual(public.employee_id, self.mechanic, role)
            found = self.as_role(role, "hr.employee").search([("specialty_ids", "=", self.brakes.id)])
            self.assertIn(self.mechanic, found, role)

    def test_cost_and_target_rate_are_for_personnel_officers(self):
        for role in set(ROLES) - {"administrator"}:
            for field in ("hourly_cost", "target_rate"):
                with self.assertRaises(AccessError, msg=f"{role} {field}"):
                    self.as_role(role, self.mechanic).read([field])
                self.assertNotIn(field, self.as_role(role, "hr.employee.public").fields_get())
        self.assertEqual(self.as_role("administrator", self.mechanic).target_rate, 175)

    def test_only_administrators_change_people(self):
        for role in set(ROLES) - {"administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.mechanic).write({"shop_id": self.other_shop.id})
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.specialty").create({"name": f"Juggling {role}"})
        self.as_role("administrator", self.mechanic).shop_id = self.other_shop
        self.assertEqual(self.mechanic.shop_id, self.other_shop)

    def test_portal_users_reach_nobody(self):
        for model in ("hr.employee", "hr.employee.public", "taller.certificate", "taller.specialty"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.portal_user).search([])

    def test_a_shop_of_another_company_is_refused(self):
        with self.assertRaises(ValidationError):
            self.mechanic.shop_id = self.foreign_shop

    def test_a_negative_rate_is_refused(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.mechanic.target_rate = -1
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestCertificates(PeopleCommon):
    def _activities(self, certificate):
        return certificate.activity_ids.filtered(
            lambda activity: activity.activity_type_id
            == self.env.ref("taller_base.mail_activity_type_certificate")
        )

    def test_who_sees_whose_certificate(self):
        own = self.certify(self.mechanic, 100)
        far = self.certify(self.far_mechanic, 100)
        foreign = self.certify(self.foreign_mechanic, 100)
        visible = {
            role: self.as_role(role, "taller.certificate").search([("id", "in", (own | far | foreign).ids)])
            for role in ROLES
        }
        self.assertEqual(visible["mechanic"], own)
        self.assertEqual(visible["supervisor"], own)
        self.assertEqual(visible["manager"], own)
        self.assertEqual(visible["administrator"], own | far)
        for role in ("parts", "reception", "accounting"):
            self.assertFalse(visible[role], role)

    def test_supervisor_renews_certificates_of_the_own_shop_only(self):
        own = self.certify(self.mechanic, 10)
        far = self.certify(self.far_mechanic, 10)
        self.as_role("supervisor", own).expires = self.today + timedelta(days=400)
        self.assertEqual(own.state, "valid")
        with self.assertRaises(AccessError):
            self.as_role("supervisor", far).expires = self.today
        with self.assertRaises(AccessError):
            self.as_role("supervisor", own).employee_id = self.far_mechanic
        with self.assertRaises(AccessError):
            self.as_role("supervisor", "taller.certificate").create(
                {"name": "Forged", "employee_id": self.far_mechanic.id}
            )
        with self.assertRaises(AccessError):
            self.as_role("supervisor", own).unlink()

    def test_a_certificate_is_of_the_employees_shop_whatever_is_said(self):
        forged = {"shop_id": self.shop.id, "company_id": self.company.id}
        certificates = self.as_role("supervisor", "taller.certificate")
        values = {"name": "Forged", "employee_id": self.far_mechanic.id}
        with self.assertRaises(AccessError):
            certificates.create({**values, **forged})
        with self.assertRaises(AccessError):
            certificates.with_context(**{f"default_{k}": v for k, v in forged.items()}).create(values)
        certificate = self.certify(self.mechanic, 10)
        self.as_role("supervisor", certificate).shop_id = self.other_shop
        self.assertEqual(certificate.shop_id, self.shop)

    def test_others_do_not_write_certificates(self):
        certificate = self.certify(self.mechanic, 10)
        for role in ("mechanic", "parts", "reception", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, certificate).expires = self.today + timedelta(days=900)

    def test_states_and_their_search(self):
        expired = self.certify(self.mechanic, -1)
        today = self.certify(self.mechanic, 0)
        soon = self.certify(self.mechanic, 30)
        later = self.certify(self.mechanic, 31)
        for_ever = self.certify(self.mechanic, 0, expires=False)
        everything = expired | today | soon | later | for_ever
        expected = {"expired": expired, "expiring": today | soon, "valid": later | for_ever}
        for state, certificates in expected.items():
            self.assertEqual(set(certificates.mapped("state")), {state})
            found = everything.search([("id", "in", everything.ids), ("state", "=", state)])
            self.assertEqual(found, certificates, state)

    def test_expiry_before_issue_is_refused(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.certify(self.mechanic, 0, issued=self.today + timedelta(days=1))
            self.env.flush_all()

    def test_supervisor_is_told_once(self):
        soon = self.certify(self.mechanic, 29)
        later = self.certify(self.mechanic, 60)
        Certificate = self.env["taller.certificate"]
        Certificate._cron_notice_expiry()
        Certificate._cron_notice_expiry()
        activity = self._activities(soon)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.users["supervisor"])
        self.assertEqual(activity.date_deadline, soon.expires)
        self.assertFalse(self._activities(later))
        activity.with_user(self.users["supervisor"]).action_feedback()
        Certificate._cron_notice_expiry()
        self.assertFalse(self._activities(soon), "done is done, until the date changes")

    def test_renewal_closes_the_notice_and_starts_over(self):
        certificate = self.certify(self.mechanic, 5)
        certificate._cron_notice_expiry()
        self.as_role("supervisor", certificate).expires = self.today + timedelta(days=200)
        self.assertFalse(self._activities(certificate))
        certificate.expires = self.today + timedelta(days=3)
        certificate._cron_notice_expiry()
        self.assertEqual(len(self._activities(certificate)), 1)

    def test_without_supervisor_the_manager_then_an_administrator_is_told(self):
        self.shop.supervisor_ids = False
        certificate = self.certify(self.mechanic, 5)
        self.assertEqual(certificate._get_responsible(), self.users["manager"])
        self.shop.manager_ids = False
        self.assertIn(
            self.env.ref("taller_base.taller_base_group_administrator"),
            certificate._get_responsible().all_group_ids,
        )

    def test_people_who_left_raise_no_notice(self):
        certificate = self.certify(self.far_mechanic, 5)
        self.far_mechanic.active = False
        certificate._cron_notice_expiry()
        self.assertFalse(self._activities(certificate))

    def test_notice_days_are_a_setting(self):
        certificate = self.certify(self.mechanic, 45)
        self.assertEqual(certificate.state, "valid")
        self.env["ir.config_parameter"].set_param("taller_base.certificate_notice_days", "60")
        certificate.invalidate_recordset(["state"])
        self.assertEqual(certificate.state, "expiring")
