from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TallerCommon


@tagged("post_install", "-at_install")
class TestVehicleSecrets(TallerCommon):
    """Whose vehicle it is, and how to reach them, is told to those only who may read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.lang = "en_US"
        cls.stranger = cls.env["res.partner"].create(
            {"name": "Secret Person", "phone": "+502 5555 1234", "company_id": cls.foreign_company.id}
        )
        cls.foreign_vehicle = cls._make_vehicle("P-999ZZZ", cls.stranger, company_id=cls.foreign_company.id)
        cls.vehicle = cls._make_vehicle("P-100PPP", cls.portal_user.partner_id)

    @classmethod
    def _make_vehicle(cls, plate, owner, **values):
        return cls.env["fleet.vehicle"].create(
            {
                "license_plate": plate,
                "plate_country_id": cls.env.ref("base.gt").id,
                "ownership": "customer",
                "owner_id": owner.id,
                **values,
            }
        )

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def test_customer_does_not_learn_whose_a_plate_is(self):
        other = self._make_vehicle("P-814KTR", self.env["res.partner"].create({"name": "Ana Cifuentes"}))
        mine = self.vehicle.with_user(self.portal_user)
        for attempt in (
            lambda: mine.create({"license_plate": other.license_plate, "ownership": "customer"}),
            lambda: mine.name_create(other.license_plate),
            lambda: mine.write({"license_plate": other.license_plate}),
        ):
            with self.assertRaises(AccessError) as refusal:
                attempt()
            self.assertNotIn("Ana", str(refusal.exception))

    def test_taken_plate_of_another_company_tells_no_name(self):
        vehicles = self.as_role("reception", "fleet.vehicle")
        with self.assertRaises(UserError) as refusal:
            vehicles.create(
                {
                    "license_plate": self.foreign_vehicle.license_plate,
                    "ownership": "customer",
                    "company_id": self.foreign_company.id,
                }
            )
        self.assertNotIn("Secret", str(refusal.exception))

    def test_naming_a_stranger_as_owner_tells_nothing(self):
        vehicles = self.as_role("reception", "fleet.vehicle")
        values = {"license_plate": "P-123QQQ", "ownership": "customer"}
        with self.assertRaises(AccessError):
            vehicles.create({**values, "owner_id": self.stranger.id})
        with self.assertRaises(AccessError):
            vehicles.with_context(default_owner_id=self.stranger.id).create(values)
        with self.assertRaises(AccessError):
            vehicles.create(values).owner_id = self.stranger
        draft = vehicles.new({**values, "owner_id": self.stranger.id})
        self.assertFalse(draft.owner_phone)
        self.assertFalse(draft.owner_whatsapp_url)

    def test_staff_reach_the_owner(self):
        self.vehicle.owner_id.phone = "+502 5512 3344"
        vehicle = self.as_role("mechanic", self.vehicle)
        self.assertEqual(vehicle.owner_phone, "+502 5512 3344")
        self.assertEqual(vehicle.owner_whatsapp_url, "https://wa.me/50255123344")

    def test_transfer_of_another_companys_vehicle_tells_no_owner(self):
        transfer = self.as_role("reception", "taller.vehicle.transfer").create(
            {"vehicle_id": self.foreign_vehicle.id, "new_owner_id": self.vehicle.owner_id.id}
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            transfer.read(["owner_id"])
        with self.assertRaises(AccessError):
            transfer.action_transfer()
