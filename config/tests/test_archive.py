import hashlib
import json
import zipfile

from config import archive
from config.errors import TallerError
from config.tests.folder import FolderCase

MANIFEST = {"major_version": "19.0", "modules": {"base": "19.0.1.3", "taller_base": "19.0.1.0.0"}}


class TestArchive(FolderCase):
    """What must not be brought back is refused, and says why."""

    def make(self, manifest=MANIFEST, product="taller", alter=None, add=None, leave_out=()):
        members = {
            "manifest.json": json.dumps(manifest),
            "dump.sql": "SELECT 1;\n" * 1000,
            "filestore/0a/0abc": "a picture",
        }
        sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in members.items()}
        members["taller.json"] = json.dumps({"product": product, "sha256": sums | (add or {})})
        members |= alter or {}
        members |= dict.fromkeys(add or {}, "x")
        path = self.folder / "backup.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, text in members.items():
                if name not in leave_out:
                    packed.writestr(name, text)
        return path

    def refuse(self, path, sentence):
        before = path.read_bytes()
        with self.assertRaisesRegex(TallerError, sentence):
            archive.verified(path)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual([file.name for file in self.folder.iterdir()], [path.name])

    def test_a_whole_one_is_taken(self):
        self.assertEqual(archive.verified(self.make()).modules, MANIFEST["modules"])

    def test_one_that_was_cut_off(self):
        path = self.make()
        path.write_bytes(path.read_bytes()[:-100])
        self.refuse(path, "damaged or no backup")

    def test_one_with_a_flipped_bit(self):
        path = self.make()
        with zipfile.ZipFile(path) as packed:
            position = packed.getinfo("dump.sql").header_offset + 45
        data = bytearray(path.read_bytes())
        data[position] ^= 0x10
        path.write_bytes(data)
        self.refuse(path, "damaged|altered")

    def test_one_whose_dump_was_exchanged(self):
        self.refuse(self.make(alter={"dump.sql": "DROP TABLE res_users;"}), "altered: dump.sql is not what")

    def test_one_that_lacks_a_picture(self):
        self.refuse(self.make(leave_out=("filestore/0a/0abc",)), "altered: its list of files")

    def test_one_with_a_file_more(self):
        self.refuse(self.make(alter={"filestore/0b/0bcd": "more"}), "altered: its list of files")

    def test_one_that_would_write_elsewhere(self):
        name = "filestore/../../../etc/passwd"
        self.refuse(self.make(add={name: hashlib.sha256(b"x").hexdigest()}), "land elsewhere")

    def test_a_backup_of_plain_odoo(self):
        self.refuse(self.make(leave_out=("taller.json",)), "not a backup made by ./taller backup")

    def test_a_backup_of_another_product(self):
        self.refuse(self.make(product="garage"), "not a backup of Taller")

    def test_a_backup_of_another_odoo(self):
        self.refuse(self.make(manifest=MANIFEST | {"major_version": "18.0"}), "made with Odoo 18.0")

    def test_a_file_that_is_no_archive(self):
        self.refuse(self.write("notes.zip", "no zip at all"), "damaged or no backup")
