"""A database server to talk to: a private cluster of ours, or the one the user's variables name."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config import packages, process
from config.errors import TallerError

# Set by users who have a server; then we start none.
VARIABLES = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE", "PGSSLMODE", "PGPASSFILE")
ROLE = "taller"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
OLDEST = 13


@dataclass(frozen=True)
class Postgres:
    """`bin` has the client programs, `env` says where the server is."""

    bin: Path
    env: Mapping[str, str] = field(default_factory=dict)

    def run(self, program: str, *arguments, **options):
        """Run one of PostgreSQL's programs against this server."""
        env = {name: value for name, value in os.environ.items() if name != "PGDATABASE"} | self.env
        return process.run([self.bin / program, *arguments], env=env, **options)

    def sql(self, text: str, database: str = "postgres", **values: str) -> list[list[str]]:
        """Run SQL, in which `:'name'` stands for a value and `:"name"` for an identifier; the rows as text."""
        variables = [f"--set={name}={value}" for name, value in {"ON_ERROR_STOP": "1", **values}.items()]
        done = self.run(
            "psql",
            "-XAtq",
            "-F",
            "\x1f",
            *variables,
            "--dbname",
            database,
            "--file",
            "-",
            text_in=text,
        )
        if done.returncode:
            raise process.failure("The database server refused:", done.stdout)
        return [line.split("\x1f") for line in done.stdout.splitlines()]


def wanted_by_user(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the user points at a server of their own."""
    return any(environ.get(name) for name in ("PGHOST", "PGPORT", "PGSERVICE"))


def of_user(environ: Mapping[str, str] = os.environ) -> Postgres:
    """The server the user's variables name, after a first word with it."""
    packages.ensure([packages.Need("postgresql-client", packages.program("psql"))])
    if environ.get("PGUSER") == "postgres":
        raise TallerError(
            "Odoo refuses to work as PGUSER=postgres: create another role that may create databases."
        )
    env = {name: environ[name] for name in VARIABLES if environ.get(name)}
    programs = packages.postgres_programs()
    if programs is None or not (programs / "psql").exists():
        programs = Path(packages.found("psql")).parent
    server = Postgres(programs, env)
    where = ", ".join(f"{name}={value}" for name, value in env.items() if name != "PGPASSWORD")
    done = server.run("psql", "-XAtqw", "--dbname", "postgres", "--command", "SHOW server_version_num")
    if done.returncode:
        raise process.failure(
            f"The PostgreSQL server you name ({where}) does not let us in: start it, or unset these variables.",
            done.stdout,
        )
    check_version(int(re.sub(r"\D", "", done.stdout)) // 10000)
    return server


def check_version(major: int) -> None:
    if major < OLDEST:
        raise TallerError(f"Odoo 19 needs PostgreSQL {OLDEST} or newer, this is {major}: upgrade it.")
