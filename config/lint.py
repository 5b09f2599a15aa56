"""`./taller lint`: every check that does not need a user's eyes.

The fast steps read files; the last ones read what a fresh installation of all add-ons said and
which terms it exports. `./taller test` has such an installation anyway and hands it in.
"""

import shutil
import time

from config import i18n, install_check, process
from config.errors import TallerError

NODE_FILES = ("package.json", "package-lock.json", ".npmrc")


def run(context, database=None, log_text=None):
    """Run every step and say its result in one line; the number of steps that failed.

    `database` is one where all add-ons were just installed with demo data, `log_text` what that
    installation logged; without them a scratch database is made, and dropped afterwards.
    """
    failed = sum(not _step(name, check, context) for name, check in FILE_STEPS)
    if database:
        return failed + _installed_steps(context, database, log_text)
    with context.fresh_install() as (database, log_text):
        return failed + _installed_steps(context, database, log_text)


def _installed_steps(context, database, log_text):
    steps = [
        ("no warning on a fresh install", lambda context: "\n".join(install_check.warnings_in(log_text))),
        ("translations in step", lambda context: i18n.check(context, database)),
    ]
    return sum(not _step(name, check, context) for name, check in steps)


def _step(name, check, context):
    """Whether the check found nothing. It returns what it found as text, or raises TallerError."""
    start = time.monotonic()
    try:
        output = check(context)
    except TallerError as error:
        output = str(error)
    print(f"{'FAILED' if output else 'ok':6}  {name} ({time.monotonic() - start:.1f} s)", flush=True)
    if output:
        print("        " + output.strip().replace("\n", "\n        "), flush=True)
    return not output


def _tool(context, *command):
    """What the command printed if it failed, else nothing."""
    done = process.run(command, cwd=context.root)
    return (done.stdout.strip() or f"exit status {done.returncode}") if done.returncode else ""


def _sources(context, *suffixes):
    """Our files of these kinds, without the libraries of others."""
    return [
        path.relative_to(context.root)
        for addon in i18n.addons(context)
        for path in sorted(addon.rglob("*"))
        if path.suffix in suffixes and "lib" not in path.relative_to(addon).parts
    ]


def check_ruff(context):
    return _tool(context, context.bin / "ruff", "check", "--quiet", ".")


def check_ruff_format(context):
    return _tool(context, context.bin / "ruff", "format", "--check", ".")


def check_pylint(context):
    # An add-on's texts for its users are in readme/; a README.rst would repeat them. A model of core that
    # grows by several ideas, as the vehicle does, has a file for each. And what calls super() may well
    # have nothing to return, as a compute.
    disabled = "--disable=missing-readme,consider-merging-classes-inherited,missing-return"
    return _tool(context, context.bin / "pylint", disabled, *i18n.addons(context))


def check_oca_modules(context):
    return _tool(context, context.bin / "oca-checks-odoo-module", *i18n.addons(context))


def check_oca_translations(context):
    files = [path for addon in i18n.addons(context) for path in sorted(addon.glob("i18n/*.po"))]
    # Its pretty format empties a translation that equals its source, as "Taller" does in Spanish:
    # what is not translated could no longer be told from what is the same.
    return (
        _tool(context, context.bin / "oca-checks-po", "--disable=po-pretty-format", *files) if files else ""
    )


def check_prettier(context):
    files = _sources(context, ".xml", ".js", ".scss", ".css")
    return _tool(context, *prettier(context), "--check", *files) if files else ""


def check_eslint(context):
    files = _sources(context, ".js")
    if not files:
        return ""
    modules = node_modules(context)
    return _tool(
        context, "node", modules / "eslint/bin/eslint.js", "--config", "config/node/eslint.config.mjs", *files
    )


def prettier(context):
    """The command that runs prettier as this project has it, without files."""
    modules = node_modules(context)
    plugin = modules / "@prettier/plugin-xml/src/plugin.js"
    return ["node", modules / "prettier/bin/prettier.cjs", "--plugin", plugin, "--log-level", "warn"]


def node_modules(context):
    """The folder with the tools of config/node, installed there the first time they are asked for."""
    source, target = context.root / "config" / "node", context.node_prefix
    lock = target / NODE_FILES[1]
    done = target / "node_modules" / ".done"
    if done.exists() and lock.read_bytes() == (source / NODE_FILES[1]).read_bytes():
        return target / "node_modules"
    if not (shutil.which("node") and shutil.which("npm")):
        raise TallerError("prettier and eslint need Node: install it with `apt-get install nodejs npm`.")
    target.mkdir(parents=True, exist_ok=True)
    for name in NODE_FILES:
        shutil.copy(source / name, target / name)
    print("        installing the tools of config/node …", flush=True)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    process.run(command, cwd=target, check="npm could not install the tools of config/node.")
    done.touch()
    return target / "node_modules"


def fix(context):
    """Let ruff and prettier write the files as they want them."""
    for command in (
        [context.bin / "ruff", "check", "--quiet", "--fix-only", "."],
        [context.bin / "ruff", "format", "--quiet", "."],
        [*prettier(context), "--write", *_sources(context, ".xml", ".js", ".scss", ".css")],
    ):
        output = _tool(context, *command)
        if output:
            raise TallerError(output)


FILE_STEPS = [
    ("ruff check", check_ruff),
    ("ruff format", check_ruff_format),
    ("pylint-odoo", check_pylint),
    ("oca-checks-odoo-module", check_oca_modules),
    ("oca-checks-po", check_oca_translations),
    ("prettier", check_prettier),
    ("eslint", check_eslint),
]
