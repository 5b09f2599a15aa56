"""The add-ons' translations: refreshed from the source by `./taller i18n`, checked by `./taller lint`."""

import ast
import tempfile
from pathlib import Path

from config import po, process

LANGUAGE = "es"
MANY = 15  # terms that are named, per add-on


def run(context):
    """Bring every add-on's translation in step with its source and say what is left to translate."""
    with context.fresh_install() as (database, _log_text):
        templates = export(context, database)
    for addon, template in templates.items():
        path = translation_file(addon)
        merged = po.merge(addon.name, template, po.read(path), core_translations(context, addon), LANGUAGE)
        path.parent.mkdir(exist_ok=True)
        path.write_text(po.render(merged), encoding="utf-8")
        left = sum(not entry.msgstr for entry in merged.entries.values())
        print(f"{path.relative_to(context.root)}: {len(merged.entries)} terms, {left} to translate")
    return 0


def check(context, database):
    """Missing, obsolete, empty and fuzzy terms of every add-on, as text; nothing if all is well."""
    found = []
    for addon, template in export(context, database).items():
        problems = po.problems(template, po.read(translation_file(addon)))
        found += [f"{addon.name}: {problem}" for problem in problems[:MANY]]
        if len(problems) > MANY:
            found.append(f"{addon.name}: and {len(problems) - MANY} more")
    if found:
        found.append("`./taller i18n` brings the terms of the files in step; the translations are yours.")
    return "\n".join(found)


def addons(context):
    """The folders of our add-ons, in alphabetical order."""
    return sorted(manifest.parent for manifest in (context.root / "addons").glob("*/__manifest__.py"))


def translation_file(addon):
    return addon / "i18n" / f"{LANGUAGE}.po"


def export(context, database):
    """The templates by add-on, as Odoo exports them from a database that has all add-ons."""
    templates = {}
    with tempfile.TemporaryDirectory() as folder:
        for addon in addons(context):
            path = Path(folder, f"{addon.name}.pot")
            context.odoo(
                *("i18n", "export", "-d", database, "-l", "pot", "-o", path, addon.name),
                check=f"Odoo could not export the terms of {addon.name}.",
            )
            templates[addon] = po.read(path)
    return templates


def core_translations(context, addon):
    """What Odoo's own add-ons say for terms like "Created on": those the add-on builds on."""
    script = "import odoo; print(*odoo.__path__, sep='\\n')"
    printed = process.run([context.python, "-c", script], env=context.env, check="Odoo cannot be loaded.")
    roots = [Path(line) for line in printed.stdout.split()]
    folders = [folder for root in roots for folder in (root / "addons", root.parent / "addons")]
    depends = ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8")).get("depends", [])
    files = [
        folder / name / "i18n" / f"{LANGUAGE}.po" for name in ["base", "mail", *depends] for folder in folders
    ]
    return [po.read(path) for path in files if path.exists()]
