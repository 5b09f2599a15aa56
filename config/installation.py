"""A database with our add-ons: made from nothing, checked, and later brought up to date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from config import addons, database, process, progress
from config.errors import TallerError

if TYPE_CHECKING:
    from config.context import Context

LANGUAGE = "es_GT"
DEMO_PASSWORD = "admin"
LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
# Errors that are logged, and the last line of a traceback.
PROBLEM = re.compile(r"^(\S+ \S+ \d+ (ERROR|CRITICAL) |[\w.]*(Error|Exception)\b)")


def install(context: Context, name: str, *, demo: bool, password: str = DEMO_PASSWORD) -> str:
    """Make the database `name` with all add-ons; what Odoo logged while installing ours.

    Demo data are those of our add-ons only. Anything that was in a database of that name is lost.
    """
    own = addons.found(context.paths.addons)
    if not own:
        raise TallerError(f"There is no add-on in {context.paths.addons}: this checkout is not complete.")
    context.new_database(name)
    _load(context, "Preparing the database", "-d", name, "-i", "base", "--load-language", LANGUAGE)
    script = (context.paths.config / "locale_gt.py").read_text(encoding="utf-8")
    process.run(
        [context.python, "-m", "odoo", "shell", "--no-http", "-d", name],
        env=context.env | {"TALLER_ADMIN_PASSWORD": password},
        cwd=context.root,
        text_in=script,
        check="The database cannot be set to Guatemala:",
    )
    needed = ",".join(["l10n_gt", *addons.dependencies(own)])
    _load(context, "Installing Odoo's own modules", "-d", name, "-i", needed)
    if demo:
        # Odoo gives demo data only to modules whose dependencies have theirs.
        context.postgres.sql(
            "UPDATE ir_module_module SET demo = true WHERE state = 'installed'", database=name
        )
    names = ",".join(addon.name for addon in own)
    flag = "--with-demo" if demo else "--without-demo"
    log = _load(context, "Installing Taller", "-d", name, "-i", names, flag)
    check(context, name, [addon.name for addon in own])
    database.write_checksums(context, name, addons.checksums(own))
    return log


def check(context: Context, name: str, expected: list[str]) -> None:
    """Refuse a database that is not what we meant to make."""
    absent = sorted(set(expected) - set(database.installed(context, name)))
    if absent:
        raise TallerError(
            f"Odoo did not install {', '.join(absent)}: see {context.paths.logs / 'install.log'}."
        )
    rows = context.postgres.sql(
        "SELECT c.chart_template, m.name FROM res_company c JOIN res_currency m ON m.id = c.currency_id"
        " ORDER BY c.id LIMIT 1",
        database=name,
    )
    if rows != [["gt", "GTQ"]]:
        raise TallerError(
            f"The books are not Guatemala's, in quetzales, but {rows}: this is a fault of ours."
        )


def pending(context: Context, name: str) -> tuple[list[str], list[str]]:
    """The add-ons that are new, and those whose files changed since they were installed."""
    now = addons.checksums(addons.found(context.paths.addons))
    return addons.changed(now, database.checksums_in(context.postgres, name))


def update(context: Context, name: str, *, demo: bool) -> None:
    """Install the add-ons that are new and upgrade those that changed."""
    own = addons.found(context.paths.addons)
    checksums = addons.checksums(own)
    new, changed = pending(context, name)
    words = [
        word for flag, names in (("-i", new), ("-u", changed)) if names for word in (flag, ",".join(names))
    ]
    flag = "--with-demo" if demo else "--without-demo"
    _load(context, "Updating Taller", "-d", name, *words, flag)
    check(context, name, [addon.name for addon in own])
    database.write_checksums(context, name, checksums)


def _load(context: Context, title: str, *words: str) -> str:
    """Run Odoo until it has loaded its modules, showing which; what it logged."""
    log = context.paths.logs / "install.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with progress.step(title) as step:

        def show(line: str) -> None:
            if match := LOADING.search(line):
                step.of(int(match[2]), int(match[3]), match[1])

        command = [context.python, "-m", "odoo", "--no-http", "--stop-after-init", *words]
        status, output = process.follow(command, show, env=context.env, cwd=context.root, log=log)
        if status:
            problems = [line for line in output.splitlines() if PROBLEM.search(line)]
            raise TallerError(
                "\n".join([f"Odoo could not do it ({title}); all it said is in {log}.", *problems[-3:]])
            )
    return output
