"""What a command works with: the checkout, its Python, its databases and its Odoo.

`lint`, `test` and the rest get a context and need not know where anything lives.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import database, installation, process
from config.odoo import Odoo
from config.paths import Paths
from config.postgres import Postgres

SCRATCH = "taller_test"


@dataclass(frozen=True)
class Context:
    """An installed platform and a running database server."""

    paths: Paths
    platform: Odoo
    postgres: Postgres

    @property
    def root(self) -> Path:
        """The checkout."""
        return self.paths.root

    @property
    def python(self) -> Path:
        """The interpreter that has Odoo and all requirements."""
        return self.platform.python

    @property
    def bin(self) -> Path:
        """The folder of that interpreter's tools: ruff, pylint, pytest …"""
        return self.platform.python.parent

    @property
    def node_prefix(self) -> Path:
        """The folder where the tools written in JavaScript are installed."""
        return self.paths.cache / "node"

    @property
    def env(self) -> dict[str, str]:
        """The environment in which Odoo and PostgreSQL's tools find our database server."""
        return self.platform.env(self.postgres)

    def odoo(self, *arguments, **options) -> subprocess.CompletedProcess:
        """Run an Odoo command with our configuration; output is captured unless `show=True`."""
        return process.run([self.python, "-m", "odoo", *arguments], env=self.env, cwd=self.root, **options)

    def new_database(self, name: str) -> None:
        """Create an empty database with the extensions we want; an older one of that name goes."""
        database.drop(self, name)
        database.create(self, name)

    def drop_database(self, name: str) -> None:
        """Remove a database and its files, if it exists."""
        database.drop(self, name)

    @contextmanager
    def fresh_install(self) -> Iterator[tuple[str, str]]:
        """A database where all add-ons were just installed with demo data, and what that logged."""
        name = f"{SCRATCH}_{os.getpid()}"
        try:
            yield name, installation.install(self, name, demo=True)
        finally:
            self.drop_database(name)
