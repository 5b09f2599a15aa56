"""What an installation must not say: warnings and errors in Odoo's log."""

import re

LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<message>.*)$")

FINISHED = "odoo.registry: Registry loaded in"

# Said by the platform, not by our add-ons, and of no consequence for a test database.
HARMLESS = (
    # Debian's wkhtmltopdf is built without the patched Qt.
    "wkhtmltopdf",
    # As root, in a container or on a build machine.
    "Running as user 'root' is a security risk",
)


def warnings_in(log_text):
    """The warnings and errors of an Odoo log, each with the lines that belong to it (a traceback)."""
    found, current = [], None
    if FINISHED not in log_text:
        found.append(["Odoo did not finish loading its modules."])
    for line in log_text.splitlines():
        match = LINE.match(line)
        if match:
            current = None
            if match["level"] in ("WARNING", "ERROR", "CRITICAL") and not _is_harmless(match["message"]):
                current = [f"{match['level']} {match['message']}"]
                found.append(current)
        elif current is not None:
            current.append(line)
    return ["\n".join(lines).rstrip() for lines in found]


def _is_harmless(message):
    return any(words in message for words in HARMLESS)
