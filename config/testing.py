"""What developers run: tests, lint, translations, the bench; each in a database made for it and thrown away."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from config import i18n, lint, postgres, prepare, process, progress
from config.context import Context
from config.lock import lock
from config.paths import Paths
from config.settings import Settings

LAUNCHER_TESTS = "config/tests"
ALL = ("addons", "tests")


def run(paths: Paths, chosen: Settings, words: list[str], *, with_lint: bool) -> int:
    """Everything, or what the words ask pytest for; the exit status is pytest's once it gets that far."""
    with scratch(paths, chosen) as context:
        if not words and (failed := _pytest(context, "-p", "no:odoo", LAUNCHER_TESTS)):
            return failed
        with context.fresh_install() as (database, log):
            if with_lint and not words and (failed := lint.run(context, database, log)):
                progress.info(f"{failed} checks failed, so the tests were not run.")
                return 1
            return _pytest(context, f"--odoo-database={database}", "--odoo-http", *(words or ALL))


def run_lint(paths: Paths, chosen: Settings, *, fix: bool) -> int:
    with scratch(paths, chosen) as context:
        if fix:
            lint.fix(context)
        return min(lint.run(context), 1)


def run_i18n(paths: Paths, chosen: Settings) -> int:
    with scratch(paths, chosen) as context:
        return i18n.run(context)


def run_bench(paths: Paths, chosen: Settings, words: list[str]) -> int:
    with scratch(paths, chosen) as context, context.fresh_install() as (database, _log):
        command = [context.python, context.root / "tests" / "bench", "-d", database, *words]
        return process.run(command, env=context.env, cwd=context.root, show=True).returncode


@contextmanager
def scratch(paths: Paths, chosen: Settings) -> Iterator[Context]:
    """A context whose database server keeps nothing; your own database is not touched."""
    with lock(paths.state / "scratch", "testing in this folder"):
        own = None if postgres.wanted_by_user() else prepare.scratch_cluster(paths)
        if own:
            own.remove()
        try:
            yield prepare.prepare(paths, chosen, dev=True, scratch=True)
        finally:
            if own:
                own.remove()


def _pytest(context: Context, *words: str) -> int:
    """Run pytest with its output on the screen; its exit status, where no test at all is a failure too."""
    sys.stdout.flush()
    command = [context.python, "-m", "pytest", "-o", f"cache_dir={context.paths.state / 'pytest'}", *words]
    return process.run(command, env=context.env, cwd=context.root, show=True).returncode
