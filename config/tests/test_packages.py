import os
from unittest import mock

from config import packages
from config.errors import TallerError
from config.tests.folder import FolderCase

NEED = packages.Need("wkhtmltopdf", packages.program("wkhtmltopdf"))


class TestPackages(FolderCase):
    def path(self, *programs):
        """A PATH with nothing but these programs."""
        for name in programs:
            self.write(f"bin/{name}", "#!/bin/sh\nexit 0\n").chmod(0o755)
        self.enterContext(mock.patch.dict(os.environ, {"PATH": str(self.folder / "bin")}))

    def enterContext(self, context):  # Python 3.10 has none
        self.addCleanup(context.__exit__, None, None, None)
        return context.__enter__()

    def test_nothing_happens_when_all_is_there(self):
        self.path("wkhtmltopdf")
        packages.ensure([NEED])

    def test_a_user_is_told_the_one_command(self):
        self.path("apt-get")
        self.enterContext(mock.patch("os.geteuid", return_value=1000))
        with self.assertRaises(TallerError) as raised:
            packages.ensure([NEED])
        self.assertEqual(
            str(raised.exception),
            "Something is missing: run `sudo apt-get install --no-install-recommends wkhtmltopdf`, then try again.",
        )

    def test_root_installs_and_is_told_if_that_did_not_help(self):
        self.path("apt-get")
        self.enterContext(mock.patch("os.geteuid", return_value=0))
        with self.assertRaisesRegex(TallerError, "was installed but is not found"):
            packages.ensure([NEED])

    def test_where_there_is_no_apt(self):
        self.path()
        with self.assertRaisesRegex(TallerError, "packages are missing, install what your system calls them"):
            packages.ensure([NEED])

    def test_root_without_network_is_told_what_apt_said(self):
        self.write("bin/apt-get", "#!/bin/sh\necho 'E: Temporary failure resolving'\nexit 100\n").chmod(0o755)
        self.path()
        self.enterContext(mock.patch("os.geteuid", return_value=0))
        with self.assertRaisesRegex(TallerError, "check the network and /etc/apt:\nE: Temporary failure"):
            packages.ensure([NEED])

    def test_a_module_of_python(self):
        self.assertTrue(packages.module("json")())
        self.assertFalse(packages.module("no_such_module")())
