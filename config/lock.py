"""One launcher at a time in a folder, across processes; the lock goes when its holder does."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import progress


@contextmanager
def lock(folder: Path, doing: str) -> Iterator[None]:
    """Hold the folder's lock; when another process has it, say so and wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.info(f"Another ./taller is {doing}; waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
