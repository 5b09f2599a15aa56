"""docker-compose.yml as far as it can be judged without containers."""

import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent


class TestCompose(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
        cls.compose = yaml.safe_load(cls.text)
        cls.services = cls.compose["services"]

    def test_the_official_images_are_used(self):
        self.assertRegex(self.services["database"]["image"], r"^postgres:\d+$")
        dockerfile = (ROOT / self.services["odoo"]["build"]["dockerfile"]).read_text(encoding="utf-8")
        self.assertIn("\nFROM odoo:19.0\n", dockerfile)

    def test_every_password_must_be_chosen(self):
        for name, service in self.services.items():
            for variable, value in service["environment"].items():
                if "PASSWORD" in variable:
                    self.assertRegex(value, r"^\$\{TALLER_\w+:\?.+\}$", f"{name}: {variable}")

    def test_what_goes_on_running_is_watched(self):
        for name in ("database", "odoo"):
            self.assertIn("test", self.services[name]["healthcheck"])
            self.assertEqual(self.services[name]["restart"], "unless-stopped")

    def test_each_waits_for_what_it_needs(self):
        self.assertEqual(
            self.services["odoo"]["depends_on"],
            {
                "database": {"condition": "service_healthy"},
                "setup": {"condition": "service_completed_successfully"},
            },
        )

    def test_data_are_in_named_volumes(self):
        self.assertEqual(set(self.compose["volumes"]), {"database", "files"})
        for service in self.services.values():
            for volume in service["volumes"]:
                source = volume.split(":")[0]
                if source.startswith("./"):
                    self.assertTrue((ROOT / source).exists(), source)
                    self.assertTrue(volume.endswith(":ro"), volume)
                else:
                    self.assertIn(source, self.compose["volumes"])

    def test_only_this_machine_reaches_it(self):
        self.assertEqual(self.services["odoo"]["ports"], ["127.0.0.1:8069:8069"])
        self.assertNotIn("ports", self.services["database"])

    def test_the_image_gets_packages_that_the_lock_file_has(self):
        dockerfile = (ROOT / "config/docker/Dockerfile").read_text(encoding="utf-8")
        wanted = dockerfile.split("^(")[1].split(")==")[0].split("|")
        lock = (ROOT / "config/requirements.txt").read_text(encoding="utf-8")
        for name in wanted:
            self.assertIn(f"\n{name}==", lock)
