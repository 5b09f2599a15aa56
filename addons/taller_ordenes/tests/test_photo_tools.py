import io
import struct
import zlib

from PIL import Image

from odoo.tests import BaseCase, tagged

from ..tools.photo import MAX_BYTES, NotAPhotoError, PhotoTooLargeError, to_jpeg

ORIENTATION, GPS = 0x0112, 0x8825


def picture(size=(64, 48), image_format="JPEG", mode="RGB", **options):
    file = io.BytesIO()
    Image.new(mode, size, 0).save(file, image_format, **options)
    return file.getvalue()


@tagged("post_install", "-at_install")
class TestPhotoTools(BaseCase):
    def open(self, data):
        image = Image.open(io.BytesIO(data))
        self.assertEqual(image.format, "JPEG")
        return image

    def test_a_small_jpeg_stays_as_it_is(self):
        self.assertEqual(to_jpeg(picture()), picture())

    def test_every_other_kind_becomes_jpeg(self):
        for image_format, mode in (("PNG", "RGB"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")):
            image = self.open(to_jpeg(picture((2000, 10), image_format, mode)))
            self.assertEqual(image.size, (1920, 10), (image_format, mode))

    def test_what_was_transparent_is_white(self):
        image = self.open(to_jpeg(picture(image_format="PNG", mode="RGBA")))
        self.assertEqual(image.getpixel((5, 5)), (255, 255, 255))

    def test_it_stands_upright_and_tells_no_place(self):
        exif = Image.Exif()
        exif[ORIENTATION] = 6  # turned by a quarter
        exif[GPS] = {1: "N", 2: (14.0, 36.0, 0.0)}
        image = self.open(to_jpeg(picture((64, 48), exif=exif)))
        self.assertEqual(image.size, (48, 64))
        self.assertFalse(image.getexif())

    def test_what_is_no_picture_is_refused(self):
        for data in (
            b"",
            b"%PDF-1.7 a document named photo.jpg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            b"\xff\xd8\xff\xe0 hardly a JPEG",
            picture((640, 480))[:400],
            picture(image_format="GIF"),
        ):
            with self.assertRaises(NotAPhotoError, msg=data[:20]):
                to_jpeg(data)

    def test_bombs_are_refused_before_they_are_unpacked(self):
        header = struct.pack(">IIBBBBB", 40000, 40000, 8, 2, 0, 0, 0)
        bomb = b"\x89PNG\r\n\x1a\n"
        for kind, content in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")):
            checksum = zlib.crc32(kind + content)
            bomb += struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
        with self.assertRaises(PhotoTooLargeError):
            to_jpeg(bomb)
        with self.assertRaises(PhotoTooLargeError):
            to_jpeg(picture() + b"\0" * MAX_BYTES)
