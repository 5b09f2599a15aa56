import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon, make_picture


@tagged("post_install", "-at_install")
class TestPhoto(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._receive()

    def test_reception_parts_room_and_own_mechanics_take_photos(self):
        job = self._propose(self.order)
        for role in ("reception", "supervisor", "parts", "administrator"):
            self.assertTrue(self._take_photo(self.order, role), role)
        photo = self._take_photo(job, "mechanic")
        self.assertEqual(photo.order_id, self.order)
        self.assertEqual(photo.taken_by_id, self.users["mechanic"])
        for role in ("manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self._take_photo(self.order, role)
        for user, values in (
            (self.second_mechanic, {"job_id": job.id}),
            (self.second_mechanic, {"order_id": self.order.id}),
            (self.users["mechanic"], {"order_id": self.order.id}),
        ):
            with self.assertRaises(AccessError, msg=values):
                self.env["taller.photo"].with_user(user).create({"image": make_picture(), **values})

    def test_staff_of_the_shop_see_them_and_nobody_else(self):
        photo = self._take_photo(self.order)
        elsewhere = self._take_photo(
            self._receive(role="administrator", shop_id=self.other_shop.id), "administrator"
        )
        for role in ROLES:
            seen = self.as_role(role, "taller.photo").search([])
            self.assertIn(photo, seen, role)
            self.assertEqual(elsewhere in seen, role in ("accounting", "administrator"), role)
        for user in (self.portal_user, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                photo.with_user(user).read(["image"])
        with self.assertRaises(AccessError):
            self._take_photo(elsewhere.order_id)

    def test_a_wrong_file_behind_a_right_name_is_refused(self):
        for content, message in (
            (base64.b64encode(b"%PDF-1.7").decode(), "isn't a photo"),
            (base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(), "isn't a photo"),
            ("no base64 at all!", "isn't a photo"),
            (False, "isn't a photo"),
            (make_picture((9000, 9000), "PNG"), "too large"),
        ):
            with self.assertRaisesRegex(UserError, message):
                self._take_photo(self.order, image=content)
        self.assertFalse(self.order.photo_ids)

    def test_large_photos_are_shrunk_and_have_a_thumbnail(self):
        photo = self._take_photo(self.order, image=make_picture((2400, 1800)))
        sizes = [
            Image.open(io.BytesIO(base64.b64decode(data))).size for data in (photo.image, photo.image_512)
        ]
        self.assertEqual(sizes, [(1920, 1440), (512, 384)])

    def test_the_same_photo_sent_twice_is_one(self):
        photos = self.as_role("reception", "taller.photo")
        values = {"order_id": self.order.id, "image": make_picture(), "upload_key": "f00d"}
        first, again = photos.upload(values), photos.upload(values)
        self.assertEqual(first["id"], again["id"])
        self.assertEqual(len(self.order.photo_ids), 1)
        other = self.as_role("supervisor", "taller.photo").upload(values)
        self.assertNotEqual(other["id"], first["id"])

    def test_the_author_deletes_and_describes_nobody_replaces(self):
        photo = self._take_photo(self.order, role="supervisor")
        with self.assertRaises(AccessError):
            self.as_role("reception", photo).unlink()
        self.as_role("reception", photo).note = "Dent on the left door"
        with self.assertRaises(AccessError):
            self.as_role("parts", photo).note = "Nothing to be seen"
        other = self._receive()
        for values in (
            {"image": make_picture(colour="red")},
            {"order_id": other.id},
            {"taken_by_id": self.users["reception"].id},
            {"taken_at": "2026-01-01 10:00:00"},
            {"job_id": self._propose(self.order).id},
        ):
            with self.assertRaises(AccessError, msg=values):
                self._state_via_rpc(self.users["supervisor"], photo, values)
        with self.assertRaises(AccessError):
            self._take_photo(self.order, taken_by_id=self.users["supervisor"].id)
        photo.unlink()

    def test_nor_by_the_file_behind_it(self):
        photo = self._take_photo(self.order)
        files = self.env["ir.attachment"].sudo()
        file = files.search([("res_model", "=", photo._name), ("res_field", "=", "image")], limit=1)
        for role in ("reception", "administrator"):
            own = self.as_role(role, file)
            with self.assertRaises(AccessError, msg=role):
                own.datas = make_picture(colour="red")
            with self.assertRaises(AccessError, msg=role):
                own.unlink()
            values = {"name": "image", "res_model": photo._name, "res_id": photo.id, "res_field": "image"}
            with self.assertRaises(AccessError, msg=role):
                own.create({**values, "datas": make_picture(colour="red")})
            loose = own.create({"name": "red", "datas": make_picture(colour="red")})
            with self.assertRaises(AccessError, msg=role):
                loose.write(values)

    def test_what_the_customer_was_shown_stays(self):
        job = self._propose(self.order)
        photo = self._take_photo(job, shown_to_customer=True)
        other = self._take_photo(job)
        self.assertTrue(photo.may_change)
        self.order.action_send_estimate()
        photo.invalidate_recordset()
        self.assertFalse(photo.may_change)
        for change in (
            photo.unlink,
            lambda: photo.write({"shown_to_customer": False}),
            lambda: photo.write({"note": "Something else"}),
        ):
            with self.assertRaisesRegex(UserError, "has been shown"):
                change()
        other.unlink()

    def test_photos_of_closed_orders_stay_as_they_are(self):
        photo = self._take_photo(self.order)
        self.order.action_cancel("The customer went home")
        for change in (
            photo.unlink,
            lambda: photo.write({"note": "Late"}),
            lambda: self._take_photo(self.order),
        ):
            with self.assertRaisesRegex(UserError, "is closed"):
                change()

    def test_a_photo_belongs_to_the_order_of_its_job(self):
        job = self._propose(self.order)
        other = self._receive()
        with self.assertRaises(UserError):
            self._take_photo(job, order_id=other.id)

    def test_many_photos_cost_no_more_queries_than_one(self):
        def create(count):
            values = [{"order_id": self.order.id, "image": make_picture()} for _number in range(count)]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.as_role("reception", "taller.photo").create(values)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        create(1)
        self.assertEqual(create(10), create(1))


@tagged("post_install", "-at_install")
class TestPhotoBrowser(OrderCommon, HttpCase):
    browser_size = "412x915"
    touch_enabled = True

    def test_photos_from_the_phone(self):
        order = self._receive()
        self._take_photo(order)
        url = f"/odoo/work-orders/{order.id}"
        self.start_tour(url, "taller_photos_from_the_phone", login="test_reception")
        order.invalidate_recordset(["photo_ids"])
        self.assertEqual(order.photo_ids.sorted("id").mapped("note"), [False, "Scratch at the door"])
        self.assertEqual(order.photo_ids.mapped("moment"), ["work", "reception"])
        size = Image.open(io.BytesIO(base64.b64decode(order.photo_ids[-1].image))).size
        self.assertEqual(size, (1600, 1200))
