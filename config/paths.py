"""Where things are: the checkout, its state, and what all checkouts of a user share."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """`root` is the checkout; `cache` holds what is downloaded once and shared by all checkouts."""

    root: Path
    cache: Path

    @property
    def addons(self) -> Path:
        return self.root / "addons"

    @property
    def config(self) -> Path:
        return self.root / "config"

    @property
    def state(self) -> Path:
        """All that belongs to this checkout alone; deleting it starts over."""
        return self.root / ".taller"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def key(self) -> str:
        """A short name of this checkout, for the few things that cannot live inside it."""
        return digest(str(self.root))


def of(root: Path, environ: Mapping[str, str] = os.environ) -> Paths:
    cache = environ.get("XDG_CACHE_HOME", "")
    base = Path(cache) if cache.startswith("/") else Path.home() / ".cache"
    return Paths(root.resolve(), base / "taller")


def digest(*parts: str) -> str:
    """A short name for a combination of versions, safe in a path."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
