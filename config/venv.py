"""The Python environment: Odoo's requirements, the OCA add-ons and, for developers, the tools.

It is shared by all checkouts that ask for the same versions. It cannot be moved once built, so it is
built in place; the mark `.building` tells an interrupted one from a whole one.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from config import files, packages, paths, process, progress
from config.errors import TallerError

PYTHONS = ((3, 10), (3, 13))
SPACE_NEEDED = 1_000_000_000
HINT = "Python packages cannot be fetched: check the network and pip's settings, then run it again."


@dataclass(frozen=True)
class Stage:
    """One installation by pip; `no_deps` where the packages require what Debian's Odoo already is."""

    name: str
    lock: Path
    no_deps: bool = False

    def mark(self, venv: Path) -> Path:
        """The file that says this stage is done, with exactly these versions."""
        return venv / f".{self.name}-{files.sha256(self.lock)[:12]}"


def check_python(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    first, last = PYTHONS
    if not first <= tuple(version[:2]) <= last:
        raise TallerError(
            f"Odoo 19 needs Python {first[0]}.{first[1]} to {last[0]}.{last[1]}, this is "
            f"{version[0]}.{version[1]}: start it with another one, as in `python3.11 taller up`."
        )


def ensure(cache: Path, config: Path, source: Path, *, dev: bool) -> Path:
    """The environment's interpreter; what is missing is installed. `source` is put on its path."""
    stages = [
        Stage("requirements", config / "requirements.txt"),
        Stage("oca", config / "oca.txt", no_deps=True),
    ]
    key = paths.digest(
        sys.version, sys.base_prefix, str(source), *(files.sha256(stage.lock) for stage in stages)
    )
    if dev:
        stages.append(Stage("tools", config / "requirements-dev.txt"))
    venv = cache / f"venv-{sys.version_info[0]}.{sys.version_info[1]}-{key}"
    building = venv / ".building"
    if venv.exists() and (building.exists() or not stages[0].mark(venv).exists()):
        shutil.rmtree(venv)
    todo = [stage for stage in stages if not stage.mark(venv).exists()]
    if todo:
        files.need_space(cache, SPACE_NEEDED, "Installing Python packages")
        _create(venv, source)
        building.touch()
        for stage in todo:
            _install(venv, stage)
        building.unlink()
    return venv / "bin" / "python"


def _create(venv: Path, source: Path) -> None:
    if venv.exists():
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    packages.ensure([packages.Need(package, packages.module("ensurepip"))])
    venv.mkdir(parents=True)
    (venv / ".building").touch()
    with progress.step("Creating a Python environment"):
        process.run([sys.executable, "-m", "venv", venv], check="Python cannot create a virtual environment:")
    site = next(venv.glob("lib/python*/site-packages"))
    files.write(site / "odoo-platform.pth", f"{source}\n")


def _install(venv: Path, stage: Stage) -> None:
    command = [venv / "bin" / "python", "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    command += ["--no-deps"] if stage.no_deps else []
    expected = count(stage.lock)
    with progress.step(f"Installing Python packages ({stage.lock.name})") as step:
        seen = 0

        def show(line: str) -> None:
            nonlocal seen
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                step.of(min(seen, expected), expected, line.split(" (")[0])

        status, output = process.follow([*command, "--requirement", stage.lock], show)
        if status:
            raise process.failure(HINT, "\n".join(line for line in output.splitlines() if "ERROR" in line))
    stage.mark(venv).touch()


def count(lock: Path) -> int:
    """How many packages a lock file names, including those of the files it refers to."""
    lines = [line.strip() for line in lock.read_text(encoding="utf-8").splitlines()]
    return len([line for line in lines if line and not line.startswith(("#", "-"))])
