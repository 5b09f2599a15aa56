"""Backup archives as Odoo's own database manager reads them: manifest.json, dump.sql, filestore/.

One more member, taller.json, has a SHA-256 of each of the others: `./taller restore` takes archives only
that are, to the last byte, what was written. Nothing here knows of a database server or of the ORM: a
command prints the dump, a path is checked.
"""

import hashlib
import io
import json
import os
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

PRODUCT = "taller"
MANIFEST, DUMP, SEAL, FILESTORE = "manifest.json", "dump.sql", "taller.json", "filestore"
HEADER, FOOTER = b"PostgreSQL database dump", b"PostgreSQL database dump complete"
BLOCK = 1 << 20
EDGE = 4096


class DumpFailed(Exception):
    """The dump command did not end well; the message is what it said."""


def write(path, command, environment, manifest, filestore):
    """Write an archive that only its owner can read, and that appears under its name once it is whole.

    :param path: where to; the folder is made if need be
    :param command: what prints the dump, and its environment
    :param manifest: what goes into manifest.json
    :param filestore: folder of the attachments; may be missing
    :raises DumpFailed: if the command fails; nothing is left behind
    """
    path = Path(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            text = json.dumps(manifest, indent=4).encode()
            # The database first: a file added meanwhile is then only one too many.
            sums = {
                MANIFEST: _add(archive, MANIFEST, io.BytesIO(text)),
                DUMP: _add_dump(archive, command, environment),
                **_add_filestore(archive, Path(filestore)),
            }
            archive.writestr(SEAL, json.dumps({"product": PRODUCT, "sha256": sums}, indent=1))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _add(archive, name, source):
    """Copy a stream into the archive; its SHA-256."""
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as member:
        while block := source.read(BLOCK):
            member.write(block)
            digest.update(block)
    return digest.hexdigest()


def _add_dump(archive, command, environment):
    with tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=complaints) as dump:
            digest = _add(archive, DUMP, dump.stdout)
        if dump.returncode:
            complaints.seek(0)
            raise DumpFailed(complaints.read().decode(errors="replace").strip())
    return digest


def _add_filestore(archive, filestore):
    """Every attachment's file; `checklist` is only Odoo's list of files that might be deleted."""
    sums = {}
    for path in sorted(filestore.rglob("*")):
        inside = path.relative_to(filestore)
        if path.is_file() and inside.parts[0] != "checklist":
            name = f"{FILESTORE}/{inside.as_posix()}"
            with path.open("rb") as source:
                sums[name] = _add(archive, name, source)
    return sums


def find_fault(path, database):
    """What is wrong with the archive as a backup of this database, or None.

    Every member is read to its end, and its checksums are compared.

    :return: one of "unreadable", "incomplete", "foreign", "altered", "no_dump", "cut_dump"
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if not {MANIFEST, DUMP, SEAL} <= names:
                return "incomplete"
            if json.loads(archive.read(MANIFEST)).get("db_name") != database:
                return "foreign"
            sums = json.loads(archive.read(SEAL)).get("sha256", {})
            if names != {SEAL, *sums}:
                return "altered"
            edges = {}
            for name, expected in sums.items():
                digest, *edges[name] = _read(archive, name)
                if digest != expected:
                    return "altered"
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return "unreadable"
    head, tail = edges[DUMP]
    if HEADER not in head:
        return "no_dump"
    return None if FOOTER in tail else "cut_dump"


def _read(archive, name):
    """SHA-256, beginning and end of a member, of which everything between is read too."""
    digest, head, tail = hashlib.sha256(), b"", b""
    with archive.open(name) as member:
        while block := member.read(BLOCK):
            digest.update(block)
            head = head or block[:EDGE]
            tail = (tail + block)[-EDGE:]
    return digest.hexdigest(), head, tail
