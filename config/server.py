"""The Odoo server of this checkout: started in the background, watched until it answers, stopped."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config import files, process, progress
from config.errors import TallerError
from config.paths import Paths

HOST = "127.0.0.1"
FIRST_PORT, PORTS_TRIED = 8069, 30
START_S, STOP_S = 120, 30


@dataclass(frozen=True)
class Server:
    """A server that runs: its process and the port it listens on."""

    pid: int
    port: int

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"


def running(paths: Paths) -> Server | None:
    """The server of this checkout; a process id left by a machine that went down means nothing."""
    try:
        pid, port = (int(word) for word in _mark(paths).read_text(encoding="ascii").split())
    except (FileNotFoundError, ValueError):
        return None
    return Server(pid, port) if _is_ours(pid, paths) else None


def mark(paths: Paths, pid: int, port: int) -> Server:
    """Remember which process serves this checkout."""
    files.write(_mark(paths), f"{pid} {port}\n")
    return Server(pid, port)


def _mark(paths: Paths) -> Path:
    return paths.state / "server.pid"


def _is_ours(pid: int, paths: Paths) -> bool:
    """Whether the process exists and is the server of this checkout, and not another that got its number."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        state = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return os.fsencode(paths.state / "odoo.conf") in command and state != "Z"


def free_port(first: int = FIRST_PORT, tries: int = PORTS_TRIED) -> int:
    """The port asked for, else the next one nobody listens on."""
    for port in range(first, first + tries):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise TallerError(f"The ports {first} to {first + tries - 1} are all taken: stop a server first.")


def command(python: Path, paths: Paths, database: str, port: int) -> list[str]:
    conf = paths.state / "odoo.conf"
    return [
        *(str(python), "-m", "odoo", "--config", str(conf)),
        *("--database", database, "--db-filter", f"^{database}$", "--http-port", str(port)),
    ]


def start(paths: Paths, command: list[str], env: Mapping[str, str], port: int) -> Server:
    """Start it in the background and wait until it answers."""
    log = paths.logs / "odoo.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    written = log.stat().st_size if log.exists() else 0
    with progress.step("Starting the server") as step:
        started = process.start(command, env=env, cwd=paths.root, log=log)
        server = mark(paths, started.pid, port)
        deadline = time.monotonic() + START_S
        while not answers(server):
            if started.poll() is not None or time.monotonic() > deadline:
                stop(paths)
                raise process.failure(
                    f"The server does not start; all it said is in {log}.", _since(log, written)
                )
            step.say("waiting for its first answer")
            time.sleep(0.2)
    return server


def answers(server: Server) -> bool:
    """Whether it serves the sign-in page, which needs the database and all modules loaded."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{server.url}/web/login", timeout=START_S) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def stop(paths: Paths) -> bool:
    """Stop the server and wait for its end; whether one ran."""
    server = running(paths)
    if server:
        os.kill(server.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_S
        while running(paths) and time.monotonic() < deadline:
            time.sleep(0.1)
        if running(paths):
            os.kill(server.pid, signal.SIGKILL)
    _mark(paths).unlink(missing_ok=True)
    return server is not None


def _since(log: Path, position: int) -> str:
    with open(log, encoding="utf-8", errors="replace") as handle:
        handle.seek(position)
        return handle.read()
