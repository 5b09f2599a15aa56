"""Databases of a server: create, drop, rename, each with its folder of files."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from config import files, progress
from config.errors import TallerError
from config.postgres import EXTENSIONS

if TYPE_CHECKING:
    from config.context import Context
    from config.postgres import Postgres

NAME = re.compile(r"[a-z][a-z0-9_-]{0,50}")
CHECKSUMS = "taller.addon_checksums"
# Only people's sessions: those of the server's maintenance are not ours to end, and PostgreSQL ends them itself.
DISCONNECT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = :'old' AND backend_type = 'client backend' AND pid <> pg_backend_pid();
"""
DROP = f'{DISCONNECT} DROP DATABASE IF EXISTS :"old";'
RENAME = f'{DISCONNECT} ALTER DATABASE :"old" RENAME TO :"new";'


def check_name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise TallerError(
            f"“{name}” cannot name a database: use small letters, digits, - and _, as in taller_2."
        )
    return name


def exists(context: Context, name: str) -> bool:
    return bool(context.postgres.sql("SELECT 1 FROM pg_database WHERE datname = :'name'", name=name))


def create(context: Context, name: str) -> None:
    """An empty database as Odoo would make it, with the extensions that we want."""
    postgres = context.postgres
    template = postgres.env.get("PGDATABASE_TEMPLATE", "template0")
    postgres.sql(
        """CREATE DATABASE :"name" TEMPLATE :"template" ENCODING 'UTF8'""",
        name=check_name(name),
        template=template,
    )
    for extension in EXTENSIONS:
        postgres.sql('CREATE EXTENSION IF NOT EXISTS :"extension"', database=name, extension=extension)
    try:
        postgres.sql("ALTER FUNCTION unaccent(text) IMMUTABLE", database=name)
    except TallerError:
        progress.warn("on this server only its superuser can let Odoo index names without accents.")


def drop(context: Context, name: str) -> None:
    """Remove a database, whoever is connected, and its files; nothing when there is none."""
    context.postgres.sql(DROP, old=check_name(name))
    shutil.rmtree(filestore(context, name), ignore_errors=True)


def rename(context: Context, *pairs: tuple[str, str]) -> None:
    """Rename databases with their files, in this order; what a kill interrupts, `finish` completes."""
    for _old, new in pairs:
        check_name(new)
    files.write(_journal(context), json.dumps(pairs))
    finish(context)


def finish(context: Context) -> None:
    """Carry out the renames that were begun; harmless when there are none, or when some are done."""
    journal = _journal(context)
    if not journal.exists():
        return
    for old, new in json.loads(journal.read_text(encoding="utf-8")):
        if exists(context, old) and not exists(context, new):
            context.postgres.sql(RENAME, old=old, new=new)
        if filestore(context, old).exists() and not filestore(context, new).exists():
            filestore(context, old).rename(filestore(context, new))
    journal.unlink()


def _journal(context: Context) -> Path:
    return context.paths.state / "renames.json"


def filestore(context: Context, name: str) -> Path:
    """The folder where Odoo keeps a database's attachments."""
    return context.paths.state / "data" / "filestore" / name


def installed(context: Context, name: str) -> dict[str, str]:
    """The modules installed in a database, with their versions."""
    rows = context.postgres.sql(
        "SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'", database=name
    )
    return {row[0]: row[1] for row in rows}


def has_demo(context: Context, name: str) -> bool:
    """Whether demonstration data of ours were loaded."""
    return bool(
        context.postgres.sql(
            "SELECT 1 FROM ir_module_module WHERE demo AND name = 'taller_base'", database=name
        )
    )


def checksums_in(postgres: Postgres, name: str) -> dict[str, str]:
    """What our add-ons' files were when the database was last brought up to date."""
    rows = postgres.sql(
        "SELECT value FROM ir_config_parameter WHERE key = :'key'", database=name, key=CHECKSUMS
    )
    return json.loads(rows[0][0]) if rows else {}


def write_checksums(context: Context, name: str, checksums: dict[str, str]) -> None:
    context.postgres.sql(
        "INSERT INTO ir_config_parameter (key, value) VALUES (:'key', :'value')"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        database=name,
        key=CHECKSUMS,
        value=json.dumps(checksums, sort_keys=True),
    )
