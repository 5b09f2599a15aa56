"""The platform: which Odoo, run by which Python, configured how."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config import files
from config.errors import TallerError
from config.paths import Paths
from config.postgres import Postgres

SERIES = (19, 0)
# Variables that would send our Python or Odoo elsewhere.
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "PGDATABASE", "PGDATABASE_TEMPLATE")


@dataclass(frozen=True)
class Odoo:
    """`source` is the folder with the package `odoo`; `conf` the configuration file of this checkout."""

    source: Path
    python: Path
    conf: Path

    def env(self, postgres: Postgres, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
        """The environment in which Odoo, its tools and PostgreSQL's find each other."""
        clean = {name: value for name, value in environ.items() if name not in FOREIGN}
        path = os.pathsep.join([str(self.python.parent), str(postgres.bin), environ.get("PATH", os.defpath)])
        return clean | postgres.env | {"PATH": path, "ODOO_RC": str(self.conf), "PYTHONUNBUFFERED": "1"}


def version(source: Path) -> tuple[int, int]:
    """The series of an Odoo source tree, read from its release file."""
    try:
        text = (source / "odoo" / "release.py").read_text(encoding="utf-8")
    except OSError as error:
        raise TallerError(
            f"{source} holds no Odoo: give the folder that has `odoo` and `addons` in it."
        ) from error
    match = re.search(r"^version_info\s*=\s*\((\d+),\s*(\d+)", text, re.MULTILINE)
    if not match:
        raise TallerError(f"{source / 'odoo/release.py'} does not say which version of Odoo this is.")
    return int(match[1]), int(match[2])


def check_source(source: Path) -> Path:
    """The tree if it is an Odoo 19.0 we can use."""
    found = version(source)
    if found != SERIES:
        raise TallerError(
            f"{source} is Odoo {found[0]}.{found[1]}, but Taller is written for "
            f"{SERIES[0]}.{SERIES[1]}: check out that branch."
        )
    return source


def addons_path(paths: Paths, source: Path) -> list[Path]:
    """Ours first, then those of a source tree; Debian's and the OCA's are found by themselves."""
    return [path for path in (paths.addons, source / "addons") if path.is_dir()]


def write_conf(paths: Paths, source: Path) -> Path:
    """Write the configuration of this checkout's Odoo. How to reach the database is in the environment."""
    path = paths.state / "odoo.conf"
    options = {
        "addons_path": ",".join(str(folder) for folder in addons_path(paths, source)),
        "data_dir": paths.state / "data",
        "admin_passwd": _master_password(path),
        "http_interface": "127.0.0.1",
        "list_db": False,
        "proxy_mode": False,
        "unaccent": True,
    }
    text = "".join(f"{name} = {value}\n" for name, value in options.items())
    files.write(path, f"# Written by ./taller up.\n[options]\n{text}", mode=0o600)
    return path


def _master_password(conf: Path) -> str:
    """The one already chosen, else a random one; nobody needs it, for databases are managed by ./taller."""
    if conf.exists() and (match := re.search(r"^admin_passwd = (\S+)$", conf.read_text(), re.MULTILINE)):
        return match[1]
    return secrets.token_urlsafe(24)
