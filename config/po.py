"""Translation files: read, compare with the source, refresh.

A *template* is what Odoo exports from a database where the add-on was just installed; a
*translation* is the add-on's `i18n/es.po`. Only what Odoo itself writes is understood: no plural
forms and no message contexts.
"""

import json
import re
import textwrap
from dataclasses import dataclass, field

from config.errors import TallerError

WIDTH = 78

HEADER_COMMENTS = [
    "# Translation of Odoo Server.",
    "# This file contains the translation of the following modules:",
    "# * {addon}",
    "#",
]
HEADER = (
    "Project-Id-Version: Odoo Server 19.0\n"
    "Report-Msgid-Bugs-To: \n"
    "Last-Translator: \n"
    "Language-Team: \n"
    "Language: {language}\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)


class PoError(TallerError):
    """A translation file cannot be read; the message says where and why."""


@dataclass
class Entry:
    """One term: where it comes from, in English, in the other language."""

    msgid: str
    msgstr: str = ""
    comments: list = field(default_factory=list)

    @property
    def fuzzy(self):
        return any(line.startswith("#,") and "fuzzy" in line for line in self.comments)


@dataclass
class Catalogue:
    """A file: its comments, its header, and its terms by their English text."""

    comments: list = field(default_factory=list)
    header: str = ""
    entries: dict = field(default_factory=dict)


def parse(text, name="the file"):
    """The `Catalogue` in the text of a .po or .pot file. Terms marked obsolete (`#~`) are left out."""
    catalogue = Catalogue()
    line_number = 1
    for block in text.split("\n\n"):
        entry = _parse_block(block, f"{name}, line {line_number}")
        line_number += block.count("\n") + 2
        if entry is None:
            continue
        if entry.msgid == "":
            catalogue.comments, catalogue.header = entry.comments, entry.msgstr
        elif entry.msgid in catalogue.entries:
            raise PoError(f"{name} has the term {entry.msgid!r} twice. Remove one of the two.")
        else:
            catalogue.entries[entry.msgid] = entry
    return catalogue


def _parse_block(block, place):
    values, comments, key = {}, [], None
    for line in block.splitlines():
        if line.startswith("#~") or not line.strip():
            continue
        if line.startswith("#"):
            comments.append(line)
            continue
        match = re.fullmatch(r'(?:(msgid|msgstr)\s+)?(".*")\s*', line)
        if not match or not (match[1] or key):
            raise PoError(f"{place}: cannot read {line!r}.")
        key = match[1] or key
        try:
            values[key] = values.get(key, "") + json.loads(match[2], strict=False)
        except ValueError:
            raise PoError(f"{place}: cannot read {line!r}.") from None
    if "msgid" not in values:
        return None
    return Entry(values["msgid"], values.get("msgstr", ""), comments)


def render(catalogue):
    """The text of the file, terms in alphabetical order, wrapped as Odoo wraps them."""
    blocks = [_render_entry(Entry("", catalogue.header, catalogue.comments))]
    blocks += [_render_entry(catalogue.entries[msgid]) for msgid in sorted(catalogue.entries)]
    return "\n".join(blocks)


def _render_entry(entry):
    lines = [*entry.comments, *_quote("msgid", entry.msgid), *_quote("msgstr", entry.msgstr)]
    return "\n".join(lines) + "\n"


def _quote(key, text):
    parts = []
    for line in text.splitlines(keepends=True):
        escaped = json.dumps(line, ensure_ascii=False)[1:-1]
        parts += textwrap.wrap(escaped, WIDTH - 2, drop_whitespace=False, break_long_words=False)
    if len(parts) <= 1 and len(key) + 3 + len("".join(parts)) <= WIDTH:
        return [f'{key} "{"".join(parts)}"']
    return [f'{key} ""', *(f'"{part}"' for part in parts)]


def merge(addon, template, translation, fallback=(), language="es"):
    """The template's terms with the translations that exist; what the source dropped is dropped.

    A term that has none is looked for in the catalogues of `fallback`, the first one wins.
    """
    entries = {}
    for msgid, source in template.entries.items():
        known = translation.entries.get(msgid)
        comments = [line for line in source.comments if not line.startswith("#,")]
        if known and known.fuzzy:
            comments.append("#, fuzzy")
        candidates = [known, *(catalogue.entries.get(msgid) for catalogue in fallback)]
        msgstr = next((entry.msgstr for entry in candidates if entry and entry.msgstr), "")
        entries[msgid] = Entry(msgid, msgstr, comments)
    return Catalogue(
        translation.comments or [line.format(addon=addon) for line in HEADER_COMMENTS],
        translation.header or HEADER.format(language=language),
        entries,
    )


def problems(template, translation):
    """What keeps a translation from being complete and in step with its source, one line each."""
    found = []
    for msgid in template.entries.keys() - translation.entries.keys():
        found.append(f"not in the file: {msgid!r}")
    for msgid in translation.entries.keys() - template.entries.keys():
        found.append(f"no longer in the source: {msgid!r}")
    for msgid in template.entries.keys() & translation.entries.keys():
        entry = translation.entries[msgid]
        if not entry.msgstr.strip():
            found.append(f"not translated: {msgid!r}")
        if entry.fuzzy:
            found.append(f"marked fuzzy: {msgid!r}")
    return sorted(found)


def read(path):
    """The `Catalogue` of a file; an empty one if there is no such file."""
    return parse(path.read_text(encoding="utf-8"), path.name) if path.exists() else Catalogue()
