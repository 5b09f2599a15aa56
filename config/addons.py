"""Our add-ons as files: which there are, and whether one changed since it was installed."""

import ast
import hashlib
from dataclasses import dataclass
from pathlib import Path

from config.errors import TallerError

# Read when the server needs them, not when the add-on is installed.
NOT_INSTALLED = {"tests", "static", "readme", "__pycache__"}


@dataclass(frozen=True)
class Addon:
    """An installable add-on; `depends` are the names of those it needs."""

    name: str
    path: Path
    version: str
    depends: tuple[str, ...]


def found(folder: Path) -> list[Addon]:
    """The installable add-ons in a folder, by name."""
    manifests = sorted(folder.glob("*/__manifest__.py"))
    read = ((manifest.parent, _manifest(manifest)) for manifest in manifests)
    return [
        Addon(path.name, path, manifest.get("version", ""), tuple(manifest.get("depends", ())))
        for path, manifest in read
        if manifest.get("installable", True)
    ]


def _manifest(path: Path) -> dict:
    try:
        return ast.literal_eval(path.read_text(encoding="utf-8"))
    except (ValueError, SyntaxError) as error:
        raise TallerError(f"{path} is not a manifest Odoo can read: {error}.") from error


def dependencies(addons: list[Addon]) -> list[str]:
    """What our add-ons need of others, by name."""
    own = {addon.name for addon in addons}
    return sorted({name for addon in addons for name in addon.depends} - own)


def checksum(addon: Addon) -> str:
    """Changes with every file that an upgrade would read."""
    total = hashlib.sha256()
    for path in sorted(addon.path.rglob("*")):
        inside = path.relative_to(addon.path)
        if path.is_file() and not NOT_INSTALLED & set(inside.parts):
            total.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def checksums(addons: list[Addon]) -> dict[str, str]:
    return {addon.name: checksum(addon) for addon in addons}


def changed(now: dict[str, str], then: dict[str, str]) -> tuple[list[str], list[str]]:
    """The add-ons that are new, and those whose files are not what was installed."""
    new = sorted(set(now) - set(then))
    return new, sorted(name for name in now if name in then and now[name] != then[name])
