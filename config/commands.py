"""What each command of ./taller does, in the order a user would tell it."""

import os
import secrets
import sys
from argparse import Namespace
from pathlib import Path

from config import (
    archive,
    database,
    files,
    installation,
    prepare,
    progress,
    report,
    server,
    settings,
    testing,
)
from config.context import Context
from config.errors import TallerError
from config.lock import lock
from config.paths import Paths

DATABASE = "taller"
NEW = "taller_new"


def up(paths: Paths, arguments: Namespace) -> int:
    with lock(paths.state, "working in this folder"):
        chosen = _choose(paths, arguments)
        unchanged = chosen == settings.load(paths.state) and not arguments.foreground
        if unchanged and (running := server.running(paths)) and server.answers(running):
            report.welcome(prepare.prepare(paths, chosen), running, DATABASE)
            return 0
        server.stop(paths)
        context = prepare.prepare(paths, chosen)
        _ensure_database(context, demo=chosen.demo)
        settings.save(paths.state, chosen)
        port = server.free_port(chosen.port)
        command = server.command(context.python, paths, DATABASE, port)
        if not arguments.foreground:
            report.welcome(context, server.start(paths, command, context.env, port), DATABASE)
            return 0
        report.welcome(context, server.mark(paths, os.getpid(), port), DATABASE)
    return _become(command, context)


def _choose(paths: Paths, arguments: Namespace) -> settings.Settings:
    """The settings of earlier runs with what is asked for now; not saved before they proved good."""
    chosen = settings.load(paths.state)
    if arguments.odoo:
        chosen.odoo = "" if arguments.odoo == "debian" else str(Path(arguments.odoo).resolve())
    if arguments.port:
        chosen.port = arguments.port
    if arguments.no_demo:
        chosen.demo = False
    return chosen


def _ensure_database(context: Context, *, demo: bool) -> None:
    """Make the database if there is none: under another name, so that half a database never serves."""
    if database.exists(context, DATABASE):
        if not demo and database.has_demo(context, DATABASE):
            raise TallerError(
                "The database has demo data already: ./taller reset, then ./taller up --no-demo."
            )
        return
    secret = context.paths.state / "admin-password"
    password = installation.DEMO_PASSWORD
    if not demo:
        password = secrets.token_urlsafe(12)
        files.write(secret, f"{password}\n", mode=0o600)
    installation.install(context, NEW, demo=demo, password=password)
    database.rename(context, (NEW, DATABASE))
    if not demo:
        progress.info(f"The password of admin is {password}; it is shown this once.")


def down(paths: Paths, _arguments: Namespace) -> int:
    with lock(paths.state, "working in this folder"):
        stopped = server.stop(paths)
        own = prepare.own_cluster(paths)
        stopped = bool(own and own.stop()) or stopped
    progress.info("Stopped." if stopped else "Nothing was running.")
    return 0


def status(paths: Paths, _arguments: Namespace) -> int:
    return report.status(paths, DATABASE)


def logs(paths: Paths, arguments: Namespace) -> int:
    log = paths.logs / "odoo.log"
    if not log.exists():
        raise TallerError("There is no log yet: start the server with ./taller up.")
    os.execvp("tail", ["tail", f"--lines={arguments.lines}", *(["-F"] if arguments.follow else []), str(log)])


def update(paths: Paths, _arguments: Namespace) -> int:
    with lock(paths.state, "working in this folder"):
        chosen = settings.load(paths.state)
        context = _existing(paths)
        before = server.running(paths)
        new, changed = installation.pending(context, DATABASE)
        if not new and not changed:
            progress.info("Nothing changed since the last update.")
            return 0
        server.stop(paths)
        installation.update(context, DATABASE, demo=chosen.demo)
        for what, names in (("Installed", new), ("Upgraded", changed)):
            if names:
                progress.info(f"{what}: {', '.join(names)}.")
        if before:
            command = server.command(context.python, paths, DATABASE, before.port)
            server.start(paths, command, context.env, before.port)
    return 0


def shell(paths: Paths, _arguments: Namespace) -> int:
    context = _existing(paths)
    return _become([str(context.python), "-m", "odoo", "shell", "--no-http", "-d", DATABASE], context)


def psql(paths: Paths, arguments: Namespace) -> int:
    context = _existing(paths)
    return _become([str(context.postgres.bin / "psql"), "--dbname", DATABASE, *arguments.words], context)


def reset(paths: Paths, arguments: Namespace) -> int:
    if not arguments.yes and not _agreed("This deletes the database, its files and its settings. Go on?"):
        raise TallerError("Nothing was deleted.")
    with lock(paths.state, "working in this folder"):
        server.stop(paths)
        prepare.forget(paths, (DATABASE, NEW))
    progress.info("Deleted. Your backups, and what was downloaded, are still there.")
    return 0


def test(paths: Paths, arguments: Namespace) -> int:
    return testing.run(paths, settings.load(paths.state), arguments.words, with_lint=not arguments.no_lint)


def lint(paths: Paths, arguments: Namespace) -> int:
    return testing.run_lint(paths, settings.load(paths.state), fix=arguments.fix)


def i18n(paths: Paths, _arguments: Namespace) -> int:
    return testing.run_i18n(paths, settings.load(paths.state))


def bench(paths: Paths, arguments: Namespace) -> int:
    return testing.run_bench(paths, settings.load(paths.state), arguments.words)


def backup(paths: Paths, arguments: Namespace) -> int:
    context = _existing(paths)
    target = archive.write(context, DATABASE, arguments.file or archive.default_name(paths))
    progress.info(f"Written: {target} ({progress.size(target.stat().st_size)}).")
    return 0


def restore(paths: Paths, arguments: Namespace) -> int:
    source = archive.verified(arguments.file)
    with lock(paths.state, "working in this folder"):
        context = prepare.prepare(paths, settings.load(paths.state))
        if arguments.name:
            archive.restore(context, source, database.check_name(arguments.name))
            progress.info(f"Restored into the database {arguments.name}; yours is as it was.")
            return 0
        before = server.running(paths)
        server.stop(paths)
        kept = archive.replace(context, source, DATABASE)
        progress.info(f"Restored. What was there before is kept as {kept}." if kept else "Restored.")
        if any(installation.pending(context, DATABASE)):
            progress.info("The add-ons are not those of the backup: run ./taller update.")
        if before:
            command = server.command(context.python, paths, DATABASE, before.port)
            server.start(paths, command, context.env, before.port)
    return 0


def _existing(paths: Paths) -> Context:
    """The context of a checkout that has a database."""
    if not paths.state.exists():
        raise TallerError("Nothing is installed here yet: run ./taller up.")
    context = prepare.prepare(paths, settings.load(paths.state))
    if not database.exists(context, DATABASE):
        raise TallerError("There is no database yet: run ./taller up.")
    return context


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise TallerError("Nobody can be asked here: add --yes if you are sure.")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "s", "si", "sí")


def _become(command: list[str], context: Context) -> int:
    """Turn into another program, which then has the terminal."""
    os.chdir(context.root)
    os.execve(command[0], command, context.env)
