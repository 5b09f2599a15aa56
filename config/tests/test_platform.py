import stat

from config import odoo, paths, settings, venv
from config.errors import TallerError
from config.tests.folder import FolderCase


class TestSourceTree(FolderCase):
    def release(self, text):
        self.write("odoo/release.py", text)
        return self.folder

    def test_odoo_19_is_taken(self):
        tree = self.release("version_info = (19, 0, 0, FINAL, 0, '')\n")
        self.assertEqual(odoo.check_source(tree), tree)

    def test_another_version_is_refused(self):
        tree = self.release("version_info = (18, 0, 0, FINAL, 0, '')\n")
        with self.assertRaisesRegex(TallerError, r"is Odoo 18\.0, but Taller is written for 19\.0"):
            odoo.check_source(tree)

    def test_a_folder_without_odoo(self):
        with self.assertRaisesRegex(TallerError, "holds no Odoo"):
            odoo.check_source(self.folder)

    def test_a_release_file_without_a_version(self):
        with self.assertRaisesRegex(TallerError, "does not say which version"):
            odoo.check_source(self.release("\n"))


class TestConfiguration(FolderCase):
    def setUp(self):
        super().setUp()
        self.paths = paths.Paths(self.folder, self.folder / "cache")
        (self.folder / "addons").mkdir()

    def test_it_is_for_the_owner_only_and_keeps_its_master_password(self):
        first = odoo.write_conf(self.paths, self.folder / "odoo").read_text()
        conf = odoo.write_conf(self.paths, self.folder / "odoo")
        self.assertEqual(conf.read_text(), first)
        self.assertEqual(stat.S_IMODE(conf.stat().st_mode), 0o600)
        self.assertNotIn("admin_passwd = admin\n", first)

    def test_it_is_closed_to_the_outside(self):
        text = odoo.write_conf(self.paths, self.folder / "odoo").read_text()
        for line in (
            "http_interface = 127.0.0.1",
            "list_db = False",
            "proxy_mode = False",
            "unaccent = True",
        ):
            self.assertIn(f"{line}\n", text)

    def test_the_add_ons_of_a_source_tree_are_on_the_path(self):
        self.write("odoo-src/addons/sale/__manifest__.py", "{}")
        source = self.folder / "odoo-src"
        self.assertEqual(odoo.addons_path(self.paths, source), [self.folder / "addons", source / "addons"])


class TestPython(FolderCase):
    def test_supported_versions(self):
        for version in ((3, 10), (3, 13)):
            venv.check_python(version)
        for version in ((3, 9), (3, 14)):
            with self.assertRaisesRegex(TallerError, f"this is 3.{version[1]}"):
                venv.check_python(version)

    def test_a_changed_lock_is_another_stage(self):
        lock = self.write("requirements.txt", "a==1\n")
        stage = venv.Stage("requirements", lock)
        before = stage.mark(self.folder)
        lock.write_text("a==2\n")
        self.assertNotEqual(stage.mark(self.folder), before)

    def test_packages_are_counted(self):
        self.assertEqual(
            venv.count(self.write("lock.txt", "# two\na==1\n\nb==2 ; python_version < '3.13'\n")), 2
        )


class TestSettings(FolderCase):
    def test_what_was_chosen_is_remembered(self):
        settings.save(self.folder, settings.Settings(odoo="/src/odoo", demo=False))
        self.assertEqual(settings.load(self.folder), settings.Settings(odoo="/src/odoo", demo=False))

    def test_defaults_where_nothing_was_chosen(self):
        self.assertEqual(settings.load(self.folder), settings.Settings())

    def test_settings_of_another_version_do_no_harm(self):
        self.write("settings.json", '{"demo": false, "colour": "red"}')
        self.assertFalse(settings.load(self.folder).demo)

    def test_damaged_settings(self):
        self.write("settings.json", "{")
        with self.assertRaisesRegex(TallerError, "is damaged: delete it"):
            settings.load(self.folder)


class TestPaths(FolderCase):
    def test_the_cache_is_where_the_user_wants_caches(self):
        self.assertEqual(
            paths.of(self.folder, {"XDG_CACHE_HOME": "/somewhere"}).cache.as_posix(), "/somewhere/taller"
        )
        self.assertEqual(
            paths.of(self.folder, {"XDG_CACHE_HOME": "relative"}).cache.parts[-2:], (".cache", "taller")
        )

    def test_two_checkouts_have_different_keys(self):
        self.assertNotEqual(paths.of(self.folder / "a").key, paths.of(self.folder / "b").key)
