"""Backup archives as Odoo's own database manager reads them: manifest.json, dump.sql, filestore/.

Nothing here knows of a database server or of the ORM: a command writes the dump, a path is checked.
"""

import json
import os
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

MANIFEST, DUMP, FILESTORE = "manifest.json", "dump.sql", "filestore"
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
            archive.writestr(MANIFEST, json.dumps(manifest, indent=4))
            # The database first: a file added meanwhile is then only one too many.
            _write_dump(archive, command, environment)
            _write_filestore(archive, Path(filestore))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write_dump(archive, command, environment):
    with tempfile.TemporaryFile() as complaints:
        with (
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=complaints) as dump,
            archive.open(DUMP, "w", force_zip64=True) as member,
        ):
            while block := dump.stdout.read(BLOCK):
                member.write(block)
        if dump.returncode:
            complaints.seek(0)
            raise DumpFailed(complaints.read().decode(errors="replace").strip())


def _write_filestore(archive, filestore):
    for file in sorted(filestore.rglob("*")):
        if file.is_file():
            archive.write(file, f"{FILESTORE}/{file.relative_to(filestore).as_posix()}")


def find_fault(path, database):
    """What is wrong with the archive as a backup of this database, or None.

    Every member is read to its end, and so its checksum compared.

    :return: one of "unreadable", "incomplete", "foreign", "no_dump", "cut_dump"
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if not {MANIFEST, DUMP} <= names:
                return "incomplete"
            if json.loads(archive.read(MANIFEST)).get("db_name") != database:
                return "foreign"
            head, tail = _read_edges(archive, DUMP)
            for name in names - {DUMP}:
                _read_edges(archive, name)
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return "unreadable"
    if HEADER not in head:
        return "no_dump"
    return None if FOOTER in tail else "cut_dump"


def _read_edges(archive, name):
    """The beginning and the end of a member, of which everything between is read too."""
    head = tail = b""
    with archive.open(name) as member:
        while block := member.read(BLOCK):
            head = head or block[:EDGE]
            tail = (tail + block)[-EDGE:]
    return head, tail
