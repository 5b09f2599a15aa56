"""Files and folders that are whole or absent, never half-written."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from config.errors import TallerError
from config.progress import size


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Replace a small file in one go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as handle:
        handle.write(text)
    new.replace(path)


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A fresh folder to build in, which becomes `target` when the block ends well.

    What an interrupted run left is removed first.
    """
    workshop = target.with_name(f"{target.name}.part")
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    yield workshop
    workshop.replace(target)


def sha256(path: Path) -> str:
    with open(path, "rb") as handle:
        return digest(handle)


def digest(stream: BinaryIO) -> str:
    """The SHA-256 of what is left to read."""
    total = hashlib.sha256()
    while block := stream.read(1 << 20):
        total.update(block)
    return total.hexdigest()


def need_space(folder: Path, needed: int, what: str) -> None:
    """Refuse to begin something that would fill the disk."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise TallerError(
            f"{what} needs {size(needed)} in {folder}, where only {size(free)} are free: make room and try again."
        )


def folder_size(folder: Path) -> int:
    """Bytes of the files below a folder; what vanishes meanwhile does not count."""
    total = 0
    for base, _folders, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(base, name)).st_size
            except FileNotFoundError:
                continue
    return total
