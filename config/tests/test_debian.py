import hashlib
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from config import debian
from config.errors import TallerError
from config.tests.folder import FolderCase

PRINTED = (
    "'http://mirror.example/debian/pool/main/o/odoo-19/odoo-19_19.0.0%2bdfsg-1_all.deb'"
    f" odoo-19_19.0.0+dfsg-1_all.deb 122871904 SHA256:{debian.TESTED_SHA256}\n"
)


class TestDebian(FolderCase):
    def test_the_mirror_is_the_one_that_serves_debian_itself(self):
        sites = ["http://mirror.example/debian-security", "http://mirror.example/debian/"]
        self.assertEqual(debian.mirror(sites), "http://mirror.example/debian/")

    def test_a_machine_without_a_debian_mirror(self):
        with self.assertRaisesRegex(TallerError, "--odoo PATH"):
            debian.mirror(["http://mirror.example/ubuntu"])

    def test_an_offer_is_read(self):
        offer = debian.parse_offer(PRINTED)
        self.assertEqual(offer, debian.Download("odoo-19", debian.TESTED_VERSION, debian.TESTED_SHA256))

    def test_an_offer_nobody_understands(self):
        with self.assertRaisesRegex(TallerError, "not understood"):
            debian.parse_offer("Reading package lists...")

    def test_a_download_with_another_checksum_is_refused_and_removed(self):
        deb = self.write("debs/odoo-19_19.0.0+dfsg-1_all.deb", "half of it")
        with self.assertRaisesRegex(TallerError, "damaged or altered"):
            debian.check(deb.parent, debian.parse_offer(PRINTED))
        self.assertFalse(deb.parent.exists())

    def test_a_newer_package_is_held_against_the_signed_index(self):
        deb = self.write("debs/odoo-19_19.0.1_all.deb", "all of it")
        offer = debian.Download("odoo-19", "19.0.1", hashlib.sha256(b"all of it").hexdigest())
        debian.check(deb.parent, offer)

    def test_the_tested_version_is_preferred_and_no_half_built_one_taken(self):
        for name in ("odoo-19.0.1", "odoo-19.0.2.part"):
            (self.folder / name).mkdir()
        self.assertEqual(debian.unpacked(self.folder), self.folder / "odoo-19.0.1" / debian.DIST)
        (self.folder / f"odoo-{debian.TESTED_VERSION}").mkdir()
        self.assertEqual(
            debian.unpacked(self.folder), self.folder / f"odoo-{debian.TESTED_VERSION}" / debian.DIST
        )

    def test_a_machine_without_apt(self):
        with (
            mock.patch("shutil.which", return_value=None),
            self.assertRaisesRegex(TallerError, "give an Odoo 19 source tree"),
        ):
            debian.unpacked(self.folder)


class TestUnpack(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.base)
        for name in ("odoo/release.py", "addons/sale.py"):
            path = cls.base / "root" / debian.DIST / name
            path.parent.mkdir(parents=True)
            path.touch()
        control = cls.base / "root" / "DEBIAN" / "control"
        control.parent.mkdir()
        control.write_text(
            "Package: odoo-19\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.com>\nDescription: x\n"
        )
        cls.deb = cls.base / "odoo-19_1_all.deb"
        subprocess.run(["dpkg-deb", "--build", cls.base / "root", cls.deb], check=True, capture_output=True)

    def test_of_odoo_only_its_package_is_unpacked(self):
        tree = self.base / "tree"
        tree.mkdir()
        debian.unpack(self.deb, tree)
        self.assertTrue((tree / debian.DIST / "odoo/release.py").exists())
        self.assertFalse((tree / debian.DIST / "addons").exists())

    def test_a_broken_archive_is_refused(self):
        broken = self.base / "odoo-19_2_all.deb"
        broken.write_bytes(self.deb.read_bytes()[:-40])
        tree = self.base / "other"
        tree.mkdir()
        with self.assertRaisesRegex(TallerError, "cannot be unpacked"):
            debian.unpack(broken, tree)
