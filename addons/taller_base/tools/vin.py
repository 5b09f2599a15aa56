"""Vehicle identification numbers: checked and read, offline. Pure Python over `vininfo`.

The model year's code repeats every 30 years. North American light vehicles tell by the seventh place
which round is meant; elsewhere the newer year that is not in the future is the better guess.
"""

import re
from dataclasses import dataclass

from vininfo import Vin
from vininfo.common import UnsupportedBrand

VIN_PATTERN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
NORTH_AMERICA = "12345"
CYCLE = 30

LENGTH = "length"
LETTERS = "letters"
CHECK_DIGIT = "check_digit"

# Where `vininfo` names a factory, a group or another make than the one on the bonnet.
MAKES = {
    "1HT": "International",
    "3AK": "Freightliner",
    "3HA": "International",
    "3N6": "Nissan",
    "8AG": "Chevrolet",
    "9BG": "Chevrolet",
    "JHD": "Hino",
    "JHF": "Hino",
    "JL5": "Mitsubishi",
    "JL6": "Mitsubishi",
    "JL7": "Mitsubishi",
    "JMY": "Mitsubishi",
    "KMH": "Hyundai",
    "LB3": "Geely",
    "MBH": "Suzuki",
    "MBL": "Hero",
    "ME4": "Honda",
    "MM7": "Mazda",
    "WDD": "Mercedes-Benz",
    "WV1": "Volkswagen",
}

_SUFFIX = re.compile(
    r"\s+(USA|Mexico|Canada|Brazil|Argentina|India|Thailand|China|Europe|Australia|Motor Company|Trucks?|"
    r"Auto|Automobiles?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class VinFacts:
    """What a VIN says.

    :param make: the maker as people call it, or None.
    :param year: the likely model year, or None.
    :param other_years: years the same code could mean just as well.
    """

    make: str | None = None
    year: int | None = None
    other_years: tuple = ()


def normalize(text):
    """The number without spaces and dashes, in upper case."""
    return re.sub(r"[\s-]", "", text or "").upper()


def is_vin(text):
    """Whether the text has the form of a VIN."""
    return bool(VIN_PATTERN.fullmatch(normalize(text)))


def find_error(text):
    """Tell why the text is no VIN: LENGTH, LETTERS (I, O, Q or signs), CHECK_DIGIT (North America); or None."""
    number = normalize(text)
    if len(number) != 17:
        return LENGTH
    if not VIN_PATTERN.fullmatch(number):
        return LETTERS
    if number[0] in NORTH_AMERICA and not has_valid_check_digit(number):
        return CHECK_DIGIT
    return None


def has_valid_check_digit(text):
    """Whether the ninth place fits the others. Only North America demands it; elsewhere it may be a filler."""
    return Vin(normalize(text)).verify_checksum(check_year=False)


def decode(text, this_year):
    """Read maker and model year from a VIN; what is no VIN says nothing.

    :param this_year: the present year; no model is newer than the next.
    """
    if not is_vin(text):
        return VinFacts()
    vin = Vin(normalize(text))
    years = sorted((year for year in vin.years if year <= this_year + 1), reverse=True)
    year = _choose_year(vin.num, years, this_year)
    return VinFacts(
        make=_get_make(vin),
        year=year,
        other_years=() if vin.num[0] in NORTH_AMERICA else tuple(other for other in years if other != year),
    )


def _choose_year(number, years, this_year):
    if not years:
        return None
    if number[0] in NORTH_AMERICA:
        # Letter in the seventh place: 2010 and later; digit: before. Heavy trucks do not follow it,
        # so that it decides only where both years are possible.
        is_new = number[6].isalpha()
        return next((year for year in years if (year >= 2010) == is_new), years[0])
    return next((year for year in years if year <= this_year), years[0])


def _get_make(vin):
    if vin.wmi in MAKES:
        return MAKES[vin.wmi]
    if isinstance(vin.assembler, UnsupportedBrand):
        return None
    # “Hyundai Motor Company / Hyundai”: the last is the name on the bonnet.
    name = vin.manufacturer.split(" / ")[-1].strip()
    return _SUFFIX.sub("", name) or None
