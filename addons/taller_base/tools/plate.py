"""Number plates: one spelling to show, one key to compare. Pure Python, no database.

A country is known when it has a `PlateFormat` in `FORMATS`; an add-on may register more. A plate of
any other country is taken as typed, in upper case.
"""

import re
from dataclasses import dataclass

MAX_KEY_LENGTH = 15


@dataclass(frozen=True)
class PlateFormat:
    """How the plates of one country look.

    :param pattern: matched against the whole key; its groups are the parts of the plate.
    :param display: the template that joins those parts.
    :param example: a correct plate, for messages.
    """

    pattern: re.Pattern
    display: str
    example: str


FORMATS = {
    # Guatemala: the kind of use (P private, C commercial, A taxi, U bus, M motorcycle, O official,
    # TC/TRC trailers, CD, CC, MI diplomatic, DIS dealers), three digits, three letters.
    "GT": PlateFormat(
        pattern=re.compile(r"(P|C|A|U|M|O|TC|TE|TRC|CD|CC|MI|DIS)(\d{3}[A-Z]{3})"),
        display=r"\1-\2",
        example="P-123ABC",
    ),
}


def register(country_code, plate_format):
    """Teach the plates of one more country."""
    FORMATS[country_code] = plate_format


def plate_key(text):
    """The plate without spaces, dashes and dots, in upper case: equal for every spelling of one plate."""
    return "".join(char for char in (text or "").upper() if char.isalnum())


def plate_display(text, country_code=None):
    """The plate as it is written in its country; as typed, in upper case, where it fits no known format."""
    plate_format = FORMATS.get(country_code)
    match = plate_format and plate_format.pattern.fullmatch(plate_key(text))
    if match:
        return match.expand(plate_format.display)
    return " ".join((text or "").upper().split())


def is_plate(text, country_code=None):
    """Whether the text can be a plate of the country: by its format where it is known, by length elsewhere."""
    key = plate_key(text)
    plate_format = FORMATS.get(country_code)
    if plate_format:
        return bool(plate_format.pattern.fullmatch(key))
    return bool(re.search(r"\d", key)) and len(key) <= MAX_KEY_LENGTH


def plate_example(country_code=None):
    """A correct plate of the country, or None where no format is known."""
    plate_format = FORMATS.get(country_code)
    return plate_format.example if plate_format else None
