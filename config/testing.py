"""`./taller test`: lint, a fresh database, and every test with a real browser."""

from config.paths import Paths
from config.settings import Settings


def run(paths: Paths, chosen: Settings, words: list[str], *, lint: bool) -> int:
    raise NotImplementedError


def run_lint(paths: Paths, chosen: Settings, *, fix: bool) -> int:
    raise NotImplementedError
