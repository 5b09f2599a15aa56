import contextlib
import io
import os
import subprocess
import sys
import unittest
from pathlib import Path

from config import cli
from config.tests.folder import FolderCase

ROOT = Path(__file__).parents[2]


class TestWords(unittest.TestCase):
    def test_what_follows_test_is_given_on(self):
        self.assertEqual(cli.split(["test", "-k", "plate", "addons"]), (["test"], ["-k", "plate", "addons"]))

    def test_our_own_options_come_first(self):
        self.assertEqual(cli.split(["test", "--no-lint", "-x"]), (["test", "--no-lint"], ["-x"]))

    def test_other_commands_keep_their_words(self):
        self.assertEqual(cli.split(["up", "--no-demo"]), (["up", "--no-demo"], []))

    def test_an_unknown_command_is_refused(self):
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit) as raised:
            cli.parser().parse_args(["fly"])
        self.assertEqual(raised.exception.code, 2)


class TestFailures(FolderCase):
    """A failure is one sentence on the error output, and an exit status that says so."""

    def taller(self, *words, **env):
        return subprocess.run(
            [sys.executable, ROOT / "taller", *words],
            env=os.environ | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def fail(self, *words):
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            status = cli.main(str(self.folder), list(words))
        self.assertEqual(status, 1)
        return said.getvalue().strip()

    def test_log_before_the_first_start(self):
        self.assertEqual(self.fail("logs"), "There is no log yet: start the server with ./taller up.")

    def test_backup_before_anything_is_installed(self):
        self.assertEqual(self.fail("backup"), "Nothing is installed here yet: run ./taller up.")

    def test_reset_without_anybody_to_ask(self):
        with open(os.devnull, encoding="ascii") as nobody:
            stdin, sys.stdin = sys.stdin, nobody
            self.addCleanup(setattr, sys, "stdin", stdin)
            self.assertIn("--yes", self.fail("reset"))

    def test_restore_of_a_file_that_is_not_there(self):
        self.assertIn("There is no file", self.fail("restore", "nowhere.zip"))

    def test_a_wrong_python_is_told_before_anything_else(self):
        script = (ROOT / "taller").read_text(encoding="utf-8").replace("(3, 10) <=", "(99, 0) <=")
        path = self.write("taller", script)
        done = subprocess.run([sys.executable, path, "up"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("Taller needs Python 3.10 to 3.13", done.stderr)

    def test_help_names_every_command(self):
        done = self.taller("--help")
        self.assertEqual(done.returncode, 0)
        for command in (
            "up",
            "down",
            "status",
            "logs",
            "update",
            "shell",
            "psql",
            "reset",
            "test",
            "lint",
            "backup",
        ):
            self.assertIn(f"\n    {command} ", done.stdout)
