"""Every program the launcher starts, it starts here: no shell, and failures become sentences."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.errors import TallerError

TAIL = 15


@dataclass(frozen=True)
class User:
    """The account a program runs under when it is not ours (root hands the database to another)."""

    name: str
    uid: int
    gid: int


def words(command: Sequence) -> list[str]:
    return [str(word) for word in command]


def tail(text: str, lines: int = TAIL) -> str:
    """The end of a program's output, where the reason usually is."""
    return "\n".join(text.strip().splitlines()[-lines:])


def run(
    command: Sequence,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: User | None = None,
    text_in: str | None = None,
    show: bool = False,
    check: str | None = None,
) -> subprocess.CompletedProcess:
    """Run to the end. Output is captured (stderr with stdout) unless `show` lets it through.

    `check` is the sentence raised, with the end of the output, when the exit status is not 0.
    """
    kwargs = {} if show else {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    if text_in is not None:
        kwargs["input"] = text_in
    elif not show:
        kwargs["stdin"] = subprocess.DEVNULL
    try:
        done = subprocess.run(
            words(command), env=env, cwd=cwd, text=True, check=False, errors="replace", **kwargs, **_as(user)
        )
    except FileNotFoundError as error:
        raise TallerError(f"The program {command[0]} is not installed.") from error
    except OSError as error:
        raise TallerError(f"{command[0]} cannot be started: {error.strerror}.") from error
    if check and done.returncode:
        raise failure(check, done.stdout or "")
    return done


def follow(
    command: Sequence,
    on_line: Callable[[str], None],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
) -> tuple[int, str]:
    """Run and hand over every line as it is printed; returns the exit status and the whole output.

    The output is also kept in the file `log`. When we are interrupted, the program is stopped first.
    """
    printed = []
    with (
        open(log or os.devnull, "a", encoding="utf-8") as kept,
        subprocess.Popen(
            _ends_with_us(words(command)),
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        try:
            for line in process.stdout:
                printed.append(line)
                kept.write(line)
                on_line(line.rstrip("\n"))
        except BaseException:
            process.terminate()
            raise
    return process.returncode, "".join(printed)


def start(command: Sequence, *, env: Mapping[str, str], cwd: Path, log: Path) -> subprocess.Popen:
    """Start a program that outlives us, with its output in `log`."""
    with open(log, "a", encoding="utf-8") as output:
        return subprocess.Popen(
            words(command),
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _ends_with_us(command: list[str]) -> list[str]:
    """The command, arranged so that it is killed when we are: the next run must not meet it still at work."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", *command] if setpriv else command


def failure(sentence: str, output: str) -> TallerError:
    """The sentence, followed by what the program said last."""
    said = tail(output)
    return TallerError(f"{sentence}\n{said}" if said else sentence)


def _as(user: User | None) -> dict:
    return {"user": user.uid, "group": user.gid, "extra_groups": []} if user else {}
