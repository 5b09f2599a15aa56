"""A history as a timeline: entries, each with lines, the newest first.

Plain Python, without Odoo and without a language: what is shown on screen, on paper and in the portal is built
once from these. Texts come in translated and formatted; dates as dates, so that they sort.
"""

from dataclasses import asdict, dataclass, field
from datetime import date

# In the order of their filters on screen.
KINDS = (
    "visit",
    "done",
    "open",
    "declined",
    "comeback",
    "inspection",
    "finding",
    "warranty",
    "reading",
    "owner",
)

# Colour never stands alone: each kind has its sign, and each line says its status in words.
SYMBOLS = {
    "visit": "●",
    "done": "✓",
    "open": "…",
    "declined": "✗",
    "comeback": "↩",
    "inspection": "☑",
    "finding": "▲",
    "warranty": "★",
    "reading": "↗",
    "owner": "⇄",
}

# Of a job's states, kind and tone; dropped jobs were no work.
JOB_KINDS = {
    "proposed": ("open", "info"),
    "approved": ("open", "info"),
    "in_progress": ("open", "warning"),
    "done": ("done", "success"),
    "declined": ("declined", "danger"),
}

FINDING_TONES = {"amber": "warning", "red": "danger"}


@dataclass
class Line:
    """One thing of an entry: a job of a visit, a finding of its inspection.

    :param kind: one of KINDS
    :param status: in words, e.g. “Declined”
    :param facts: short texts, e.g. hours, names
    :param tone: success, warning, danger, info or muted
    """

    kind: str
    title: str
    status: str = ""
    text: str = ""
    facts: list = field(default_factory=list)
    tone: str = "muted"
    symbol: str = ""

    def __post_init__(self):
        self.symbol = self.symbol or SYMBOLS[self.kind]


@dataclass
class Entry(Line):
    """Something that happened on a day.

    :param day: in the time zone of the place where it happened
    :param order: of two on one day, the higher one is the later
    :param model: with `res_id`, the record that can be opened, if the viewer may
    """

    day: date | None = None
    order: int = 0
    vehicle: str = ""
    model: str = ""
    res_id: int = 0
    lines: list = field(default_factory=list)

    def has_kind(self, kind):
        return self.kind == kind or any(line.kind == kind for line in self.lines)


def newest_first(entries):
    return sorted(entries, key=lambda entry: (entry.day, entry.order), reverse=True)


def count_kinds(entries):
    """[(kind, number)] of the kinds that occur, in the order of KINDS."""
    counts = dict.fromkeys(KINDS, 0)
    for entry in entries:
        counts[entry.kind] += 1
        for line in entry.lines:
            counts[line.kind] += 1
    return [(kind, number) for kind, number in counts.items() if number]


def as_data(entries):
    """The entries as plain data for a client, days in ISO format."""
    data = []
    for entry in entries:
        values = asdict(entry)
        values["day"] = entry.day.isoformat()
        data.append(values)
    return data
