"""What the user sees while waiting: one line per step, with how far it is and how long it takes."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

QUIET_S = 15.0
REDRAW_S = 0.2


def duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


class Step:
    """One long step. On a terminal its line is redrawn; in a log it speaks every quarter minute."""

    def __init__(self, title: str, out: TextIO | None = None):
        self.title = title
        self._out = out or sys.stdout
        self._live = self._out.isatty()
        self._start = self._last = time.monotonic()
        self._last -= 0 if not self._live else REDRAW_S

    @property
    def elapsed(self) -> str:
        return duration(time.monotonic() - self._start)

    def at(self, done: float, total: float, what: str = "") -> None:
        """Say how far it is, as a share of the total."""
        self.say(f"{100 * min(done / total, 1):3.0f} %  {what}" if total else what)

    def of(self, number: int, total: int, what: str = "") -> None:
        """Say which of how many parts is being done."""
        self.say(f"{number}/{total}  {what}")

    def say(self, text: str) -> None:
        now = time.monotonic()
        if now - self._last < (REDRAW_S if self._live else QUIET_S):
            return
        self._last = now
        self._print(f"{text.rstrip()}  ({self.elapsed})", end="" if self._live else "\n")

    def done(self, text: str = "done") -> None:
        self._print(f"{text}  ({self.elapsed})", end="\n")

    def _print(self, text: str, end: str) -> None:
        line = f"{self.title}: {text}"
        if self._live:
            line = f"\r\x1b[K{line[:118]}"
        self._out.write(line + end)
        self._out.flush()


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Show a step; a failure ends its line and goes on to whoever reports it."""
    current = Step(title)
    current.say("…")
    try:
        yield current
    except BaseException:
        current.done("stopped")
        raise
    current.done()


def info(text: str = "") -> None:
    print(text, flush=True)


def warn(text: str) -> None:
    print(f"Warning: {text}", file=sys.stderr, flush=True)
