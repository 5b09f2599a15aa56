"""The one kind of failure the launcher reports without a traceback."""


class TallerError(Exception):
    """Something the user can act on; the text is one sentence that says what is wrong and what to do."""
