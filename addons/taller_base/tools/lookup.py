"""How a customer is found whatever the spelling: accents, case, dashes and spaces do not count."""

import re
import unicodedata

LONGEST_NAME = 200


def plain(text):
    """Lower case without accents, with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text or "")
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).lower().split())


def compact(text):
    """Letters and digits only, for tax ids, telephones and plates."""
    return re.sub(r"[^0-9a-z]", "", plain(text))


def make_key(texts, codes):
    """One searchable string: `texts` (names, e-mail …) as words, `codes` (tax id, telephone …) compacted.

    A code that another one contains already, such as the national form of a telephone number, is left out.
    """
    parts = list(dict.fromkeys(part for part in map(plain, texts) if part))
    for code in map(compact, codes):
        if code and not any(code in part for part in parts):
            parts.append(code)
    return " ".join(parts)


def search_words(term):
    """The words that the key of a match holds, each one, in any order."""
    return plain(term).split()


def search_code(term):
    """The term as a code, or None if it cannot be one: fewer than three characters, or no digit in it."""
    code = compact(term)
    if code.startswith("00"):  # the international prefix, as some dial it
        code = code[2:]
    return code if len(code) >= 3 and any(c.isdigit() for c in code) else None


def split_name_and_phone(text):
    """`Juan Pérez 5512-3344` → (`Juan Pérez`, `5512-3344`); without a telephone at the end, (text, None)."""
    if len(text or "") > LONGEST_NAME:  # nobody types that: the search would take minutes
        return text, None
    match = re.fullmatch(
        r"(?P<name>.*[^\W\d_].*?)[\s,;:]+(?P<phone>\+?\(?\d[\d\s().-]{5,}\d)", (text or "").strip()
    )
    return (match["name"].strip(), match["phone"]) if match else (text, None)
