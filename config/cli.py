"""The command line: what can be asked for, and how a failure is told."""

import argparse
import itertools
import signal
import sys
from pathlib import Path

from config import commands, paths
from config.errors import TallerError

INTERRUPTED = 130
# Commands that pass on what follows them, but for these options.
GIVEN_ON = ("bench", "psql", "test")
OWN_OPTIONS = ("--help", "-h", "--no-lint")


def main(root: str, words: list[str]) -> int:
    """Do what the words ask for; the exit status."""
    signal.signal(signal.SIGTERM, _interrupt)
    ours, given_on = split(words)
    arguments = parser().parse_args(ours)
    arguments.words = given_on
    try:
        return arguments.command(paths.of(Path(root)), arguments) or 0
    except TallerError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The same command goes on from here.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return 1
    except OSError as error:
        print(f"{error.filename or 'The system'}: {error.strerror}.", file=sys.stderr)
        return 1


def split(words: list[str]) -> tuple[list[str], list[str]]:
    """Our words, and those that are another program's business."""
    if not words or words[0] not in GIVEN_ON:
        return words, []
    rest = words[1:]
    ours = list(itertools.takewhile(OWN_OPTIONS.__contains__, rest))
    return [words[0], *ours], rest[len(ours) :]


def _interrupt(_number, _frame):
    raise KeyboardInterrupt


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="./taller", description="Install, run, test and back up Taller.", allow_abbrev=False
    )
    subs = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, command, text: str) -> argparse.ArgumentParser:
        sub = subs.add_parser(name, help=text, description=text, allow_abbrev=False)
        sub.set_defaults(command=command)
        return sub

    up = add("up", commands.up, "install what is missing, make the database, start the server")
    up.add_argument("--no-demo", action="store_true", help="make the database without demonstration data")
    up.add_argument("--foreground", action="store_true", help="stay, with the server's log on the screen")
    up.add_argument("--odoo", metavar="PATH", help="use this Odoo 19 source tree; 'debian' goes back to ours")
    up.add_argument("--port", type=int, help="the first port to try (8069)")

    add("down", commands.down, "stop the server and the database")
    add("status", commands.status, "tell what runs, where, and how much disk it takes")

    logs = add("logs", commands.logs, "show the server's log")
    logs.add_argument("-f", "--follow", action="store_true", help="go on showing what is added")
    logs.add_argument("-n", "--lines", type=int, default=100, help="how many lines to begin with (100)")

    add("update", commands.update, "install new add-ons and upgrade those that changed")
    add("shell", commands.shell, "a Python prompt inside Odoo")
    add("psql", commands.psql, "a prompt of the database; what follows is given to psql")

    reset = add("reset", commands.reset, "delete the database and its files; asks first")
    reset.add_argument("--yes", action="store_true", help="do not ask")

    test = add("test", commands.test, "lint and all tests; what follows is given to pytest, and no lint then")
    test.add_argument("--no-lint", action="store_true", help="run the tests only")
    lint = add("lint", commands.lint, "check style, translations and that a fresh install logs no warning")
    lint.add_argument("--fix", action="store_true", help="let ruff and prettier write the files first")
    add("i18n", commands.i18n, "bring the translations in step with the source")
    add("bench", commands.bench, "compare what our flow costs with plain Odoo; what follows is given to it")

    backup = add("backup", commands.backup, "write database and files into one archive")
    backup.add_argument("file", nargs="?", type=Path, help="default: .taller/backups/, named after the time")
    restore = add("restore", commands.restore, "bring an archive back, after checking all of it")
    restore.add_argument("file", type=Path)
    restore.add_argument(
        "--as", dest="name", metavar="NAME", help="into another database, leaving yours alone"
    )
    return top
