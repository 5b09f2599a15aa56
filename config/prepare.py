"""From a checkout to a context: fetch what is missing, start the database server."""

import shutil
from pathlib import Path

from config import cluster, database, debian, odoo, packages, postgres, venv
from config.cluster import Cluster
from config.context import Context
from config.lock import lock
from config.odoo import Odoo
from config.packages import Need
from config.paths import Paths
from config.postgres import Postgres
from config.settings import Settings

PDF = Need("wkhtmltopdf", packages.program("wkhtmltopdf"))
KEPT = ("backups", "lock")
TOOLS = (
    Need("chromium", packages.program("chromium", "chromium-browser", "google-chrome")),
    Need("gettext", packages.program("msgfmt")),
    Need("nodejs", packages.program("node")),
    Need("npm", packages.program("npm")),
)


def prepare(paths: Paths, settings: Settings, *, dev: bool = False, scratch: bool = False) -> Context:
    """Everything a command needs. `dev` adds the developers' tools, `scratch` uses a throw-away cluster."""
    venv.check_python()
    packages.ensure([PDF, *(TOOLS if dev else ()), *([] if postgres.wanted_by_user() else [cluster.NEED])])
    platform = fetch(paths, settings, dev=dev)
    context = Context(paths, platform, _server(paths, scratch=scratch))
    if not scratch:
        database.finish(context)
    return context


def fetch(paths: Paths, settings: Settings, *, dev: bool) -> Odoo:
    """Odoo, its Python and its configuration."""
    with lock(paths.cache, "fetching Odoo"):
        source = source_of(paths, settings)
        python = venv.ensure(paths.cache, paths.config, source, dev=dev)
    return Odoo(source, python, odoo.write_conf(paths, source))


def source_of(paths: Paths, settings: Settings) -> Path:
    if settings.odoo:
        return odoo.check_source(Path(settings.odoo))
    return odoo.check_source(debian.unpacked(paths.cache))


def _server(paths: Paths, *, scratch: bool) -> Postgres:
    if postgres.wanted_by_user():
        return postgres.of_user()
    return (scratch_cluster(paths) if scratch else cluster.of(paths)).start()


def scratch_cluster(paths: Paths) -> Cluster:
    """The cluster for databases that are thrown away."""
    return cluster.of(paths, "postgres-scratch", durable=False)


def own_cluster(paths: Paths) -> Cluster | None:
    """This checkout's cluster if it was ever made; None where the user's own server is used."""
    if postgres.wanted_by_user() or not packages.postgres_programs():
        return None
    own = cluster.of(paths)
    return own if own.data.exists() else None


def running_postgres(paths: Paths) -> Postgres | None:
    """The database server if it runs; nothing is installed or started."""
    if postgres.wanted_by_user():
        return postgres.of_user()
    own = own_cluster(paths)
    return own.server if own and own.running() else None


def forget(paths: Paths, databases: tuple[str, ...]) -> None:
    """Delete the databases and the state of this checkout, except backups."""
    if postgres.wanted_by_user():
        server = postgres.of_user()
        for name in databases:
            server.sql(database.DROP, old=name)
    elif own := own_cluster(paths):
        own.remove()
    for path in paths.state.iterdir():
        if path.name in KEPT:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
