from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

ROLES = ("mechanic", "parts", "reception", "supervisor", "manager", "accounting", "administrator")


class TallerCommon(TransactionCase):
    """Two shops of one company, a shop of another company, and one user per role in the first shop.

    `cls.users["mechanic"]` … are members of `cls.shop`; nobody is a member of `cls.other_shop`
    (same company) nor of `cls.foreign_shop` (another company).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.foreign_company = cls.env["res.company"].create({"name": "Foreign Garage"})
        Shop = cls.env["taller.shop"]
        cls.shop = Shop.create({"name": "Test Shop One", "code": "T1"})
        cls.other_shop = Shop.create({"name": "Test Shop Two", "code": "T2"})
        cls.foreign_shop = Shop.create(
            {
                "name": "Foreign Shop",
                "code": "F1",
                "company_id": cls.foreign_company.id,
                "resource_calendar_id": False,
            }
        )
        cls.users = {
            role: new_test_user(
                cls.env,
                login=f"test_{role}",
                name=f"Test {role}",
                groups=f"taller_base.taller_base_group_{role}",
                shop_ids=[Command.link(cls.shop.id)],
                shop_id=cls.shop.id,
            )
            for role in ROLES
        }
        cls.shop.supervisor_ids = cls.users["supervisor"]
        cls.shop.manager_ids = cls.users["manager"]
        cls.portal_user = new_test_user(cls.env, login="test_customer", groups="base.group_portal")

    @classmethod
    def as_role(cls, role, record_or_model):
        """The record, or the model of that name, in the hands of the role's test user."""
        if isinstance(record_or_model, str):
            record_or_model = cls.env[record_or_model]
        return record_or_model.with_user(cls.users[role])

    @classmethod
    def _send_notices(cls):
        """What the scheduled action does with the outbox, in the test's transaction; the notices."""
        notices = cls.env["taller.notice"].search([("state", "=", "queued")])
        for notice in notices:
            notice.tries += 1
            notice._send()
        return notices
