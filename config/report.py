"""What a user wants to know: where it runs, how to sign in, what it takes."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from config import addons, database, files, postgres, prepare, progress, server, settings
from config.errors import TallerError

if TYPE_CHECKING:
    from config.context import Context
    from config.paths import Paths
    from config.server import Server

DEMO_USERS = """
SELECT u.login, p.name
  FROM ir_model_data d
  JOIN res_users u ON u.id = d.res_id AND u.active
  JOIN res_partner p ON p.id = u.partner_id
 WHERE d.model = 'res.users' AND d.module LIKE 'taller\\_%'
 ORDER BY u.id
"""


def welcome(context: Context, running: Server, name: str) -> None:
    """Where to go and whom to sign in as."""
    secret = context.paths.state / "admin-password"
    progress.info()
    progress.info(f"Taller is at {running.url}")
    if secret.exists():
        progress.info(f"Sign in as admin; the password is in {secret} until you change it.")
        return
    progress.info("Sign in with one of these names; each is its own password:")
    users = [["admin", "administrator of the system"], *context.postgres.sql(DEMO_USERS, database=name)]
    width = max(len(login) for login, _who in users)
    for login, who in users:
        progress.info(f"  {login:{width}}  {who}")


def status(paths: Paths, name: str) -> int:
    """Tell what runs and what it takes, changing nothing; the exit status is 0 when the server runs."""
    running = server.running(paths)
    lines = {
        "Server": f"{running.url} (process {running.pid})" if running else "stopped",
        "Database": _database(paths, name),
        "Odoo": _odoo(paths),
        "Python": platform.python_version(),
        "State": f"{paths.state} ({progress.size(files.folder_size(paths.state))})",
        "Downloads": f"{paths.cache} ({progress.size(files.folder_size(paths.cache))})",
    }
    for title, text in lines.items():
        progress.info(f"{title + ':':11}{text}")
    return 0 if running else 3


def _odoo(paths: Paths) -> str:
    own = settings.load(paths.state).odoo
    if own:
        return f"your source tree {own}"
    unpacked = sorted(path.name.removeprefix("odoo-") for path in paths.cache.glob("odoo-*"))
    return f"Debian's {', '.join(unpacked)}" if unpacked else "not fetched yet"


def _database(paths: Paths, name: str) -> str:
    """Which server, which add-ons; in words when there is none."""
    try:
        reached = prepare.running_postgres(paths)
    except TallerError as error:
        return str(error).splitlines()[0]
    if reached is None:
        return "stopped"
    version = reached.sql("SHOW server_version")[0][0].split()[0]
    where = f"PostgreSQL {version} at {reached.env.get('PGHOST', 'your own')}"
    rows = reached.sql(
        "SELECT pg_size_pretty(pg_database_size(oid)) FROM pg_database WHERE datname = :'name'", name=name
    )
    if not rows:
        return f"{where}, without a database {name}"
    return f"{name}, {rows[0][0]}, {where}{_pending(reached, paths, name)}"


def _pending(reached: postgres.Postgres, paths: Paths, name: str) -> str:
    then = database.checksums_in(reached, name)
    new, changed = addons.changed(addons.checksums(addons.found(paths.addons)), then)
    names = ", ".join([*new, *changed])
    return f"; ./taller update will bring up to date: {names}" if names else ""
