"""`./taller bench`: what our flow costs beside the same work in plain Odoo. See tests/bench."""

from config import process


def run(context, pairs, result=None):
    """Measure on a fresh database, which is dropped afterwards; `result` is a file for the figures as JSON."""
    with context.fresh_install() as (database, _log_text):
        command = [context.python, context.root / "tests" / "bench", "-d", database, "--pairs", pairs]
        if result:
            command += ["--json", result.resolve()]
        return process.run(command, env=context.env, cwd=context.root, show=True).returncode
