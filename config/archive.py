"""Backups: one archive with database and files, checked from end to end before it is brought back.

The archive is what Odoo's own database manager writes and reads (manifest.json, dump.sql,
filestore/), and one more file, taller.json, with a SHA-256 of each of the others.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from config import addons, database, files, odoo, progress
from config.errors import TallerError

if TYPE_CHECKING:
    from config.context import Context
    from config.paths import Paths

PRODUCT = "taller"
OWN = "taller.json"
MANIFEST, DUMP, FILESTORE = "manifest.json", "dump.sql", "filestore/"
SAFE_MEMBER = re.compile(r"(manifest\.json|dump\.sql|taller\.json|filestore(/[\w.-]+)+)")
BLOCK = 1 << 20


@dataclass(frozen=True)
class Archive:
    """An archive that was found whole, and what it holds."""

    path: Path
    modules: dict[str, str]
    unpacked_size: int


def default_name(paths: Paths) -> Path:
    return paths.state / "backups" / time.strftime("taller-%Y%m%d-%H%M%S.zip")


def write(context: Context, name: str, target: Path) -> Path:
    """Write the archive; the file appears only when it is whole, readable by its owner alone."""
    if target.exists():
        raise TallerError(f"{target} exists already: choose another name, or move it away.")
    target.parent.mkdir(parents=True, exist_ok=True)
    filestore = database.filestore(context, name)
    part = target.with_name(f"{target.name}.part")
    try:
        with (
            tempfile.TemporaryDirectory(dir=target.parent) as folder,
            progress.step("Writing the backup") as step,
        ):
            files.need_space(target.parent, _size(context, name) + files.folder_size(filestore), "The backup")
            dump = Path(folder) / DUMP
            # The database first: a file added meanwhile is then only one too many.
            context.postgres.run("pg_dump", "--no-owner", f"--file={dump}", name, check="pg_dump failed:")
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))
            _pack(part, dump, _manifest(context, name), filestore, step)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _pack(part: Path, dump: Path, manifest: dict, filestore: Path, step: progress.Step) -> None:
    sums = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        text = json.dumps(manifest, indent=4)
        archive.writestr(MANIFEST, text)
        sums[MANIFEST] = hashlib.sha256(text.encode()).hexdigest()
        members = [(DUMP, dump)]
        members += [
            (FILESTORE + path.relative_to(filestore).as_posix(), path)
            for path in sorted(filestore.rglob("*"))
            if path.is_file() and path.relative_to(filestore).parts[0] != "checklist"
        ]
        for number, (member, path) in enumerate(members, 1):
            step.of(number, len(members), member)
            with open(path, "rb") as source, archive.open(member, "w", force_zip64=True) as packed:
                sums[member] = _copy(source, packed)
        archive.writestr(OWN, json.dumps({"product": PRODUCT, "sha256": sums}, indent=1))


def _copy(source, packed) -> str:
    total = hashlib.sha256()
    while block := source.read(BLOCK):
        packed.write(block)
        total.update(block)
    return total.hexdigest()


def _manifest(context: Context, name: str) -> dict:
    """What Odoo's own code writes, so that its database manager can read the archive too."""
    server = int(context.postgres.sql("SHOW server_version_num")[0][0])
    series = ".".join(map(str, odoo.SERIES))
    return {
        "odoo_dump": "1",
        "db_name": name,
        "version": series,
        "version_info": [*odoo.SERIES, 0, "final", 0, ""],
        "major_version": series,
        "pg_version": f"{server // 10000}.{server % 10000}",
        "modules": database.installed(context, name),
    }


def _size(context: Context, name: str) -> int:
    return int(context.postgres.sql("SELECT pg_database_size(:'name')", name=name)[0][0])


def verified(path: Path) -> Archive:
    """Read the whole archive and refuse it unless every byte is what a backup of Taller wrote."""
    if not path.is_file():
        raise TallerError(f"There is no file {path}.")
    try:
        with zipfile.ZipFile(path) as archive, progress.step("Checking the archive") as step:
            return _verify(path, archive, step)
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError, NotImplementedError, zlib.error) as error:
        raise TallerError(f"{path} is damaged or no backup: use another one. ({error})") from error


def _verify(path: Path, archive: zipfile.ZipFile, step: progress.Step) -> Archive:
    names = archive.namelist()
    if OWN not in names or MANIFEST not in names or DUMP not in names:
        raise TallerError(f"{path} is not a backup made by ./taller backup.")
    own, manifest = (json.loads(archive.read(name)) for name in (OWN, MANIFEST))
    if own.get("product") != PRODUCT or "taller_base" not in manifest["modules"]:
        raise TallerError(f"{path} is not a backup of Taller.")
    if manifest["major_version"] != ".".join(map(str, odoo.SERIES)):
        raise TallerError(
            f"{path} was made with Odoo {manifest['major_version']}, which this version cannot read."
        )
    if len(set(names)) != len(names) or set(names) != {OWN, *own["sha256"]}:
        raise TallerError(f"{path} was altered: its list of files is not the one it was written with.")
    for number, name in enumerate(own["sha256"], 1):
        step.of(number, len(names), name)
        if not SAFE_MEMBER.fullmatch(name) or ".." in name.split("/"):
            raise TallerError(f"{path} was altered: it holds a file that would land elsewhere, {name}.")
        with archive.open(name) as member:
            if files.digest(member) != own["sha256"][name]:
                raise TallerError(f"{path} was altered: {name} is not what was written.")
    return Archive(path, manifest["modules"], sum(info.file_size for info in archive.infolist()))


def restore(context: Context, archive: Archive, name: str) -> None:
    """Bring a checked archive back as the database `name`, which must not exist yet."""
    if database.exists(context, name):
        raise TallerError(f"There is a database {name} already: choose another name.")
    _need_addons(context, archive)
    files.need_space(context.paths.state, 3 * archive.unpacked_size, "Bringing the backup back")
    try:
        _fill(context, archive, name)
    except BaseException:
        context.drop_database(name)
        raise


def _fill(context: Context, archive: Archive, name: str) -> None:
    context.new_database(name)
    with (
        tempfile.TemporaryDirectory(dir=context.paths.state) as folder,
        zipfile.ZipFile(archive.path) as packed,
        progress.step(f"Restoring into {name}"),
    ):
        packed.extractall(folder)
        context.postgres.run(
            "psql", "-Xq", "--single-transaction", "--set=ON_ERROR_STOP=1", "--dbname", name,
            "--file", Path(folder) / DUMP, check="The database cannot be restored:",
        )  # fmt: skip
        target = database.filestore(context, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        source = Path(folder) / FILESTORE
        shutil.rmtree(target, ignore_errors=True)
        if source.exists():
            source.rename(target)


def replace(context: Context, archive: Archive, name: str) -> str | None:
    """Bring a checked archive back in place of `name`; what that was is kept under the name returned."""
    new, old = f"{name}_new", time.strftime(f"{name}_before_%Y%m%d_%H%M%S")
    context.drop_database(new)
    restore(context, archive, new)
    if not database.exists(context, name):
        database.rename(context, (new, name))
        return None
    database.rename(context, (name, old), (new, name))
    return old


def _need_addons(context: Context, archive: Archive) -> None:
    """Refuse an archive whose add-ons of ours this checkout does not have."""
    here = {addon.name for addon in addons.found(context.paths.addons)}
    absent = sorted(name for name in archive.modules if name.startswith("taller") and name not in here)
    if absent:
        raise TallerError(
            f"The backup needs add-ons this checkout lacks: {', '.join(absent)}. Use a newer version."
        )
