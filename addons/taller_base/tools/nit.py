"""Guatemala's tax id (NIT) as people type it: `1234567-K`, `1234567k`, `12345 67-K`, `C/F`."""

import re

from stdnum.gt import nit

FINAL_CONSUMER = "CF"


def normalise(number):
    """The one form in which a NIT is stored: digits and check character, no dash; `CF` for *consumidor final*."""
    return re.sub(r"[^0-9A-Z]", "", (number or "").upper()).lstrip("0")


def is_final_consumer(number):
    """Whether the tax id says that the buyer gives none."""
    return normalise(number) == FINAL_CONSUMER


def expected_check_character(number):
    """The check character that the digits of a mistyped NIT call for; None where they are no NIT at all."""
    digits = normalise(number)[:-1]
    if not digits.isdigit() or len(digits) > 11:
        return None
    return nit.calc_check_digit(digits)
