import stat

from config import files
from config.errors import TallerError
from config.tests.folder import FolderCase


class TestFiles(FolderCase):
    def test_a_file_is_replaced_whole_and_gets_its_mode(self):
        path = self.folder / "secrets" / "password"
        files.write(path, "old", mode=0o600)
        files.write(path, "new", mode=0o600)
        self.assertEqual(path.read_text(), "new")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual([file.name for file in path.parent.iterdir()], ["password"])

    def test_what_is_built_appears_when_it_is_whole(self):
        target = self.folder / "tree"
        with files.building(target) as part:
            (part / "file").touch()
            self.assertFalse(target.exists())
        self.assertTrue((target / "file").exists())

    def test_an_interrupted_building_leaves_nothing_that_looks_whole(self):
        target = self.folder / "tree"
        with self.assertRaises(KeyboardInterrupt), files.building(target) as part:
            (part / "half").touch()
            raise KeyboardInterrupt
        self.assertFalse(target.exists())
        with files.building(target) as part:
            self.assertEqual(list(part.iterdir()), [])

    def test_a_full_disk_is_noticed_before_it_is_full(self):
        with self.assertRaisesRegex(TallerError, "Unpacking needs .* are free: make room"):
            files.need_space(self.folder / "not" / "yet", 10**18, "Unpacking")
        files.need_space(self.folder, 1, "Unpacking")
