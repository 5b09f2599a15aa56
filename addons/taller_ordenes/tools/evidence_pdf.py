"""The evidence of a decision as a PDF, drawn directly: no browser, no database, some ten milliseconds.

Plain Python on reportlab, which Odoo requires anyway. All words come in ready, in the customer's language;
this file knows where they stand. The same evidence gives the same bytes, so that its SHA-256 means something.
Texts are the customer's and the workshop's own: they are escaped, wrapped and never cut, whatever their length.
"""

import io
from dataclasses import dataclass, field
from functools import partial
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    Image,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

# Reportlab ships these, and the accents of Western languages are in them.
FONT, BOLD = "TallerEvidence", "TallerEvidence-Bold"
pdfmetrics.registerFont(TTFont(FONT, "Vera.ttf"))
pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))
pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)

MARGIN = 15 * mm
FOOTER = 9 * mm
WIDTH = LETTER[0] - 2 * MARGIN
INK, QUIET, LINE, SHADE = (HexColor(colour) for colour in ("#1f2328", "#57606a", "#d0d7de", "#f3f4f6"))
GREEN, AMBER, RED, GREY = (HexColor(colour) for colour in ("#1a7f37", "#b35900", "#c1121f", "#57606a"))
COLOURS = {"accepted": GREEN, "declined": RED, "green": GREEN, "amber": AMBER, "red": RED, "grey": GREY}
PHOTOS_IN_A_ROW = 3
PHOTO_HEIGHT = 42 * mm

STYLES = {
    name: ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.32, textColor=colour, **more)
    for name, font, size, colour, more in (
        ("text", FONT, 8.5, INK, {}),
        ("strong", BOLD, 8.5, INK, {}),
        ("quiet", FONT, 7.5, QUIET, {}),
        ("number", FONT, 8.5, INK, {"alignment": TA_RIGHT}),
        ("strong_number", BOLD, 8.5, INK, {"alignment": TA_RIGHT}),
        ("sum", FONT, 10, INK, {"alignment": TA_RIGHT}),
        ("strong_sum", BOLD, 10, INK, {"alignment": TA_RIGHT}),
        ("title", BOLD, 15, INK, {}),
        ("job", BOLD, 10, INK, {}),
        ("job_number", BOLD, 10, INK, {"alignment": TA_RIGHT}),
        ("accepted", BOLD, 8, GREEN, {}),
        ("declined", BOLD, 8, RED, {}),
        ("green", BOLD, 8, GREEN, {}),
        ("amber", BOLD, 8, AMBER, {}),
        ("red", BOLD, 8, RED, {}),
        ("grey", BOLD, 8, GREY, {}),
        ("notice", BOLD, 9, AMBER, {}),
    )
}
PLAIN_TABLE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
]


@dataclass
class Finding:
    """What an inspection found: `colour` is green, amber, red or grey; `label` says the same in a word."""

    colour: str
    label: str
    name: str
    note: str = ""


@dataclass
class Photo:
    """An image as bytes, as it was shown, and its caption."""

    image: bytes
    caption: str = ""


@dataclass
class Part:
    """Lines with a total of their own: `(quantity, text, discount, amount)`, all of them as shown."""

    name: str
    total: str
    lines: list = field(default_factory=list)
    mark: str = ""  # accepted or declined
    mark_label: str = ""
    reason: str = ""
    texts: list = field(default_factory=list)  # (label, text)
    findings: list = field(default_factory=list)
    photos: list = field(default_factory=list)


@dataclass
class Evidence:
    """Everything the document says. `facts`, `signing` and `notes` are pairs of label and text."""

    title: str
    sender: list
    facts: list
    parts: list
    totals: list  # (label, amount, whether it is the one that counts)
    signing: list
    fingerprint: tuple
    page_label: str  # with {page} and {pages}
    logo: bytes = b""
    notice: str = ""
    notes: list = field(default_factory=list)
    signature: bytes = b""
    findings: list = field(default_factory=list)  # that none of the parts is about
    findings_label: str = ""


def build_evidence(evidence):
    """The PDF, as bytes."""
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=LETTER,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + FOOTER,
        title=evidence.title,
        author=evidence.sender[0] if evidence.sender else "",
        invariant=1,
    )
    frame = Frame(
        MARGIN,
        MARGIN + FOOTER,
        WIDTH,
        LETTER[1] - 2 * MARGIN - FOOTER,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(list(_story(evidence)), canvasmaker=partial(_NumberedCanvas, evidence))
    return file.getvalue()


def _story(evidence):
    yield _head(evidence)
    yield Spacer(0, 3 * mm)
    if evidence.notice:
        yield _box([[_text(evidence.notice, "notice")]], HexColor("#fff4e5"), AMBER)
        yield Spacer(0, 3 * mm)
    for part in evidence.parts:
        yield from _part(part)
    if evidence.findings:
        yield CondPageBreak(20 * mm)
        yield _text(evidence.findings_label, "strong")
        yield _findings(evidence.findings)
        yield Spacer(0, 3 * mm)
    yield _totals(evidence.totals)
    for label, text in evidence.notes:
        yield Spacer(0, 2.5 * mm)
        yield CondPageBreak(12 * mm)
        yield _text(label, "strong")
        yield _text(text, "quiet")
    yield Spacer(0, 6 * mm)
    yield KeepTogether(list(_signature(evidence)))


def _head(evidence):
    sender = [_text(evidence.title, "title"), Spacer(0, 1 * mm)]
    sender += [_text(line, "strong" if not index else "quiet") for index, line in enumerate(evidence.sender)]
    if logo := _image(evidence.logo, 55 * mm, 16 * mm):
        sender = [logo, Spacer(0, 2 * mm), *sender]
    facts = Table(
        [[_text(label, "quiet"), _text(text, "text")] for label, text in evidence.facts] or [["", ""]],
        colWidths=[26 * mm, WIDTH * 0.46 - 26 * mm],
        style=PLAIN_TABLE,
    )
    return Table(
        [[sender, facts]],
        colWidths=[WIDTH * 0.54, WIDTH * 0.46],
        style=[*PLAIN_TABLE, ("LINEBELOW", (0, 0), (-1, -1), 1, INK), ("BOTTOMPADDING", (0, 0), (-1, -1), 6)],
    )


def _part(part):
    title = [_text(part.name, "job"), _text(part.total, "job_number")]
    widths = [WIDTH - 34 * mm, 34 * mm]
    if part.mark:
        title = [_Symbol(part.mark), _text(part.mark_label, part.mark), *title]
        widths = [6 * mm, 24 * mm, WIDTH - 64 * mm, 34 * mm]
    colour = COLOURS.get(part.mark, GREY)
    head = [
        Table(
            [title],
            colWidths=widths,
            style=[
                ("BACKGROUND", (0, 0), (-1, -1), SHADE),
                ("LINEBEFORE", (0, 0), (0, -1), 2.5, colour),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ],
        ),
        Spacer(0, 1 * mm),
    ]
    yield CondPageBreak(30 * mm)
    yield from head
    if part.reason:
        yield _text(part.reason, "strong")
    for label, text in part.texts:
        yield _text(text, "text", label=label)
    if part.findings:
        yield _findings(part.findings)
    if part.lines:
        yield Table(
            [
                [
                    _text(quantity, "number"),
                    _text(text, "text"),
                    _text(discount, "number"),
                    _text(amount, "number"),
                ]
                for quantity, text, discount, amount in part.lines
            ],
            colWidths=[24 * mm, WIDTH - 76 * mm, 18 * mm, 34 * mm],
            style=[*PLAIN_TABLE, ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE)],
            splitInRow=1,
        )
    yield from _photos(part.photos)
    yield Spacer(0, 4 * mm)


def _findings(findings):
    return Table(
        [
            [
                _Symbol(finding.colour),
                _text(finding.label, finding.colour),
                _text(finding.note, "text", label=finding.name),
            ]
            for finding in findings
        ],
        colWidths=[6 * mm, 24 * mm, WIDTH - 30 * mm],
        style=PLAIN_TABLE,
        splitInRow=1,
    )


def _photos(photos):
    width = WIDTH / PHOTOS_IN_A_ROW
    cells = [
        [
            _image(photo.image, width - 3 * mm, PHOTO_HEIGHT) or "",
            *([_text(photo.caption, "quiet")] if photo.caption else []),
        ]
        for photo in photos
    ]
    if cells:
        cells += [""] * (-len(cells) % PHOTOS_IN_A_ROW)
        yield Spacer(0, 2 * mm)
        yield Table(
            [cells[start : start + PHOTOS_IN_A_ROW] for start in range(0, len(cells), PHOTOS_IN_A_ROW)],
            colWidths=[width] * PHOTOS_IN_A_ROW,
            style=PLAIN_TABLE,
        )


def _totals(totals):
    return Table(
        [
            [
                _text(label, "strong_sum" if counts else "sum"),
                _text(amount, "strong_sum" if counts else "sum"),
            ]
            for label, amount, counts in totals
        ],
        colWidths=[WIDTH - 40 * mm, 40 * mm],
        style=[*PLAIN_TABLE, ("LINEABOVE", (0, 0), (-1, 0), 1, INK)],
    )


def _signature(evidence):
    signing = [_text(text, "text", label=label) for label, text in evidence.signing]
    image = _image(evidence.signature, 70 * mm, 26 * mm)
    if image:
        left = [image, HRFlowable(width=70 * mm, color=INK, thickness=0.8, hAlign="LEFT")]
        yield Table([[left, signing]], colWidths=[78 * mm, WIDTH - 78 * mm], style=PLAIN_TABLE)
    else:
        yield from signing
    label, digest = evidence.fingerprint
    yield Spacer(0, 4 * mm)
    yield _box([[[_text(label, "quiet"), _text(digest, "text")]]], SHADE, LINE)


def _box(rows, background, border):
    return Table(
        rows,
        colWidths=[WIDTH],
        style=[
            ("BACKGROUND", (0, 0), (-1, -1), background),
            ("BOX", (0, 0), (-1, -1), 0.6, border),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ],
        splitInRow=1,
    )


def _text(text, style, label=""):
    """A paragraph of plain text: what looks like markup in it is text too."""
    markup = escape(str(text or "")).replace("\n", "<br/>")
    if label:
        markup = f"<b>{escape(label)}</b>{': ' if markup else ''}{markup}"
    return Paragraph(markup, STYLES[style])


def _image(data, width, height):
    """The image, as large as fits; nothing when there is none."""
    if not data:
        return None
    original = ImageReader(io.BytesIO(data)).getSize()
    scale = min(width / original[0], height / original[1])
    return Image(
        io.BytesIO(data), original[0] * scale, original[1] * scale, hAlign="LEFT", mask="auto", lazy=0
    )


class _Symbol(Flowable):
    """A mark that tells without its colour: ✓ ✗, and ● ▲ ■ for green, amber and red."""

    SIZE = 3 * mm

    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.width = self.height = self.SIZE

    def draw(self):
        canvas, size = self.canv, self.SIZE
        canvas.setFillColor(COLOURS.get(self.kind, GREY))
        canvas.setStrokeColor(COLOURS.get(self.kind, GREY))
        canvas.setLineWidth(size * 0.2)
        canvas.setLineCap(1)
        if self.kind == "accepted":
            self._lines((0, 0.45, 0.38, 0.08), (0.38, 0.08, 1, 0.95))
        elif self.kind == "declined":
            self._lines((0.05, 0.05, 0.95, 0.95), (0.05, 0.95, 0.95, 0.05))
        elif self.kind == "amber":
            path = canvas.beginPath()
            path.moveTo(0, 0)
            path.lineTo(size, 0)
            path.lineTo(size / 2, size)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)
        elif self.kind == "red":
            canvas.rect(0, 0, size, size, stroke=0, fill=1)
        else:
            canvas.circle(size / 2, size / 2, size / 2, stroke=0, fill=self.kind == "green")

    def _lines(self, *lines):
        self.canv.lines([[number * self.SIZE for number in line] for line in lines])


class _NumberedCanvas(Canvas):
    """Writes the foot of each page when the number of pages is known."""

    def __init__(self, evidence, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.evidence = evidence
        self.pages = []

    def showPage(self):
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self._draw_foot(number, len(self.pages))
            super().showPage()
        super().save()

    def _draw_foot(self, number, pages):
        self.setFont(FONT, 6.5)
        self.setFillColor(QUIET)
        self.drawString(MARGIN, MARGIN, f"{self.evidence.title} · {self.evidence.fingerprint[1][:16]}…")
        self.drawRightString(
            LETTER[0] - MARGIN, MARGIN, self.evidence.page_label.format(page=number, pages=pages)
        )
