"""Programs that come from Debian packages: found, installed when we are root, or asked for."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config import process, progress
from config.errors import TallerError


@dataclass(frozen=True)
class Need:
    """A Debian package, and how to see that what it brings is there."""

    package: str
    present: Callable[[], bool]


def program(*names: str) -> Callable[[], bool]:
    """Whether one of these programs is on the PATH."""
    return lambda: any(map(shutil.which, names))


def module(name: str) -> Callable[[], bool]:
    """Whether the Python that runs us can import a part that Debian packages apart."""

    def present() -> bool:
        from importlib.util import find_spec

        return find_spec(name) is not None

    return present


def found(name: str) -> str:
    """The path of a program that `ensure` has seen."""
    path = shutil.which(name)
    if not path:
        raise TallerError(f"The program {name} is not installed.")
    return path


def missing(needs: list[Need]) -> list[str]:
    return sorted({need.package for need in needs if not need.present()})


def ensure(needs: list[Need]) -> None:
    """Install what is missing when we may, else say the one command to run."""
    absent = missing(needs)
    if not absent:
        return
    command = f"apt-get install --no-install-recommends {' '.join(absent)}"
    if not shutil.which("apt-get"):
        raise TallerError(
            f"These Debian packages are missing, install what your system calls them: {' '.join(absent)}."
        )
    if os.geteuid():
        raise TallerError(f"Something is missing: run `sudo {command}`, then try again.")
    _install(absent)
    if still := missing(needs):
        raise TallerError(f"{' '.join(still)} was installed but is not found: run `{command}` and look why.")


def _install(absent: list[str]) -> None:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    hint = "Debian packages cannot be installed; check the network and /etc/apt:"
    with progress.step(f"Installing {', '.join(absent)}") as step:
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *absent]):
            status, output = process.follow(["apt-get", "--quiet", *command], step.say, env=env)
            if status:
                raise process.failure(hint, output)


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server's programs, which Debian keeps off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None
