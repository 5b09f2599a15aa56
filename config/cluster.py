"""A PostgreSQL cluster of our own: own data, own socket, no network port, no other cluster touched."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from config import files, packages, process, progress
from config.errors import TallerError
from config.paths import Paths, digest
from config.postgres import EXTENSIONS, ROLE, Postgres, check_version
from config.process import User

SUPERUSER = "postgres"
PORT = "5432"  # only names the socket's file
LONGEST_SOCKET = 100
SPACE_NEEDED = 600_000_000
SHARED = Path("/var/lib/taller")
NEED = packages.Need("postgresql", lambda: packages.postgres_programs() is not None)

TEMPLATE = "template1"
# Our role is no superuser, but owns what Odoo wants to alter in the databases it makes from this template.
TEMPLATE_SQL = [
    f"GRANT CREATE ON DATABASE {TEMPLATE} TO {ROLE}",
    f"SET ROLE {ROLE}",
    *(f"CREATE EXTENSION {name}" for name in EXTENSIONS),
    "RESET ROLE",
    f"ALTER FUNCTION unaccent(text) OWNER TO {ROLE}",
    "ALTER FUNCTION unaccent(text) IMMUTABLE",
]

DURABLE = {"listen_addresses": "", "jit": "off", "shared_buffers": "256MB"}
# For databases that are thrown away: what a power cut would lose does not matter.
FAST = DURABLE | {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """`home` is its folder; `user` the account it runs under where we are root, which PostgreSQL refuses."""

    home: Path
    bin: Path
    settings: dict
    user: User | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket(self) -> Path:
        """The folder of its socket: in its home, unless that path is too long for a socket."""
        inside = self.home / "socket"
        if len(str(inside)) < LONGEST_SOCKET - len(f"/.s.PGSQL.{PORT}"):
            return inside
        return Path("/tmp") / f"taller-{os.geteuid()}-{digest(str(self.home))}"

    @property
    def server(self) -> Postgres:
        env = {"PGHOST": str(self.socket), "PGPORT": PORT, "PGUSER": ROLE, "PGDATABASE_TEMPLATE": TEMPLATE}
        return Postgres(self.bin, env)

    def running(self) -> bool:
        return self.data.exists() and self._pg_ctl("status").returncode == 0

    def start(self) -> Postgres:
        """Start it, made first if there is none; does nothing when it runs."""
        if self.running():
            return self.server
        if not self.data.exists():
            self._create()
        version = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        self._own(self.socket)
        files.write(
            self.data / "taller.conf", _settings(self.settings | {"unix_socket_directories": self.socket})
        )
        log = self.home / "postgres.log"
        done = self._pg_ctl("start", "--wait", "--timeout=60", f"--log={log}")
        if done.returncode:
            said = log.read_text(errors="replace") if log.exists() else done.stdout
            raise process.failure(f"The database server (PostgreSQL {version}) does not start:", said)
        return self.server

    def stop(self) -> bool:
        """Stop it and wait; whether it ran."""
        if not self.running():
            return False
        done = self._pg_ctl("stop", "--mode=fast", "--wait", "--timeout=60")
        if done.returncode:
            raise process.failure("The database server does not stop:", done.stdout)
        return True

    def remove(self) -> None:
        """Stop it and delete it with everything in it."""
        self.stop()
        for folder in (self.home, self.socket):
            shutil.rmtree(folder, ignore_errors=True)

    def _pg_ctl(self, action: str, *options):
        command = [self.bin / "pg_ctl", action, "--silent", f"--pgdata={self.data}", *options]
        return process.run(command, user=self.user, cwd=Path("/"))

    def _create(self) -> None:
        files.need_space(self.home, SPACE_NEEDED, "A database cluster")
        self._own(self.home)
        with progress.step("Creating the database cluster"), files.building(self.data) as data:
            self._own(data)
            initdb = [self.bin / "initdb", f"--pgdata={data}", f"--username={SUPERUSER}", "--auth=peer"]
            initdb += ["--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"]
            process.run(initdb, user=self.user, cwd=Path("/"), check="PostgreSQL cannot create a cluster:")
            with open(data / "postgresql.conf", "a", encoding="utf-8") as conf:
                conf.write("include_if_exists = 'taller.conf'\n")
            (data / "pg_hba.conf").write_text("local all all peer map=taller\n", encoding="utf-8")
            (data / "pg_ident.conf").write_text(_who_may(), encoding="utf-8")
            self._single(data, "postgres", [f"CREATE ROLE {ROLE} LOGIN CREATEDB"])
            self._single(data, TEMPLATE, TEMPLATE_SQL)

    def _single(self, data: Path, database: str, lines: list[str]) -> None:
        """Run SQL in a cluster that does not run yet, one statement a line."""
        process.run(
            [self.bin / "postgres", "--single", "-j", "-D", data, database],
            user=self.user,
            cwd=Path("/"),
            text_in=";\n\n".join([*lines, ""]),
            check="PostgreSQL cannot prepare its cluster:",
        )

    def _own(self, folder: Path) -> None:
        """A folder that only the cluster's account can open."""
        folder.mkdir(parents=True, exist_ok=True)
        owner = self.user.uid if self.user else os.geteuid()
        if os.geteuid() == 0 and self.user:
            os.chown(folder, self.user.uid, self.user.gid)
        if folder.stat().st_uid != owner:
            raise TallerError(
                f"{folder} belongs to another user: run ./taller as that user, or delete the folder."
            )
        folder.chmod(stat.S_IRWXU)


def _settings(settings: dict) -> str:
    quoted = {name: str(value).replace("'", "''") for name, value in settings.items()}
    return "".join(f"{name} = '{value}'\n" for name, value in quoted.items())


def _who_may() -> str:
    """Only the account that made the cluster gets in, as our role or as its superuser."""
    me = pwd.getpwuid(os.geteuid()).pw_name
    return "".join(f"taller {me} {role}\n" for role in (ROLE, SUPERUSER))


def of(paths: Paths, name: str = "postgres", *, durable: bool = True) -> Cluster:
    """The cluster of this checkout, running or not."""
    packages.ensure([NEED])
    user = unprivileged() if os.geteuid() == 0 else None
    home = place(paths, user) / name
    return Cluster(home, programs(home / "data"), DURABLE if durable else FAST, user)


def place(paths: Paths, user: User | None) -> Path:
    """The state folder, unless we are root and the other account cannot get there."""
    if user is None or all(
        folder.stat().st_mode & stat.S_IXOTH for folder in (paths.root, *paths.root.parents)
    ):
        return paths.state
    return SHARED / paths.key


def programs(data: Path) -> Path:
    """The folder of the programs for a cluster: those of the version that made it, else the newest."""
    newest = packages.postgres_programs()
    mark = data / "PG_VERSION"
    if not mark.exists():
        check_version(_major(newest))
        return newest
    version = mark.read_text(encoding="ascii").strip()
    own = Path(f"/usr/lib/postgresql/{version}/bin")
    if (own / "postgres").exists():
        return own
    if str(_major(newest)) != version:
        raise TallerError(
            f"Your database was made by PostgreSQL {version}, which is no longer installed: "
            f"install postgresql-{version}, or restore a backup after ./taller reset."
        )
    return newest


def unprivileged() -> User:
    """The account that runs the cluster for root: PostgreSQL's own, else nobody."""
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(name, entry.pw_uid, entry.pw_gid)
    raise TallerError("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`.")


def _major(folder: Path) -> int:
    printed = process.run([folder / "postgres", "--version"]).stdout
    return int(printed.split()[2].split(".")[0])
