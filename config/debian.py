"""Odoo 19 from Debian's unstable suite: downloaded and unpacked into the cache, never installed.

A private area keeps apt's lists and downloads apart from the machine's own, so that no root is
needed and nothing of the system changes; apt still checks every signature.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config import files, process, progress
from config.errors import TallerError

PACKAGE = "odoo-19"
TESTED_VERSION = "19.0.0+dfsg-1"
TESTED_SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
# What Debian took out of the package and replaced by links into these.
LINKED = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
    "fonts-font-awesome/bookworm",  # Odoo uses the files of version 4.7
)
SUITES = ("sid", "bookworm")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SPACE_NEEDED = 1_500_000_000
DIST = Path("usr/lib/python3/dist-packages")
# Debian leaves this library out; an empty file keeps browsers from complaining.
LEFT_OUT = DIST / "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Download:
    """What apt would fetch."""

    package: str
    version: str
    sha256: str


def unpacked(cache: Path) -> Path:
    """The folder that holds the package `odoo`, downloaded and unpacked the first time."""
    if found := _in_cache(cache):
        return found / DIST
    _need_tools()
    files.need_space(cache, SPACE_NEEDED, "Unpacking Odoo")
    area = cache / "apt"
    options = _private_area(area, mirror(_sites()))
    _apt(["update"], options, "Looking Odoo up in Debian's unstable suite")
    offer = _offer(options)
    if offer.version != TESTED_VERSION:
        progress.warn(
            f"Debian now has {PACKAGE} {offer.version}; this project was tested with {TESTED_VERSION}."
        )
    debs = area / "debs"
    debs.mkdir(exist_ok=True)
    _apt(["download", PACKAGE, *LINKED], options, "Downloading Odoo (130 MB)", cwd=debs)
    check(debs, offer)
    target = cache / f"odoo-{offer.version}"
    with files.building(target) as tree, progress.step("Unpacking Odoo") as step:
        archives = sorted(debs.glob("*.deb"))
        for number, deb in enumerate(archives, 1):
            step.of(number, len(archives), deb.name.partition("_")[0])
            unpack(deb, tree)
        _fill_in(tree)
    shutil.rmtree(area)
    return target / DIST


def _in_cache(cache: Path) -> Path | None:
    """The tested version if it is there, else the newest of the others."""
    tested = cache / f"odoo-{TESTED_VERSION}"
    others = sorted(path for path in cache.glob("odoo-*") if path.suffix != ".part")
    return tested if tested.is_dir() else others[-1] if others else None


def _need_tools() -> None:
    tools = [shutil.which(name) for name in ("apt-get", "dpkg-deb", "tar")]
    if not all(tools) or not KEYRING.exists():
        raise TallerError(
            "Odoo is fetched with Debian's own tools, which are not here: "
            "give an Odoo 19 source tree with `./taller up --odoo PATH`, or use docker compose."
        )


def _sites() -> list[str]:
    done = process.run(["apt-get", "indextargets", "--format", "$(SITE)"])
    return done.stdout.split()


def mirror(sites: list[str]) -> str:
    """The machine's own Debian mirror: of its package sources, the one that serves Debian itself."""
    for site in sites:
        if site.rstrip("/").endswith("/debian"):
            return site
    raise TallerError(
        "No Debian mirror is set up on this machine (/etc/apt): "
        "give an Odoo 19 source tree with `./taller up --odoo PATH`."
    )


def _private_area(area: Path, site: str) -> list[str]:
    """Options that make apt work in our folder only."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (area / folder).mkdir(parents=True, exist_ok=True)
    sources = area / "sources.list"
    files.write(sources, "".join(f"deb [signed-by={KEYRING}] {site} {suite} main\n" for suite in SUITES))
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": area / "lists",
        "Dir::Cache": area / "cache",
        "APT::Update::Error-Mode": "any",
        "APT::Status-Fd": "1",
        "Acquire::Retries": "3",
    }
    if os.geteuid() == 0:
        # apt's own account cannot write below root's home.
        settings["APT::Sandbox::User"] = "root"
    return [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]


STATUS = re.compile(r"dlstatus:\d+:(?P<percent>[\d.]+):(?P<what>.*)")


def _apt(words: list[str], options: list[str], title: str, cwd: Path | None = None) -> None:
    with progress.step(title) as step:

        def show(line: str) -> None:
            if match := STATUS.match(line):
                step.at(float(match["percent"]), 100)

        status, output = process.follow(["apt-get", "--quiet", *options, *words], show, cwd=cwd)
        if status:
            complaints = [line for line in output.splitlines() if line.startswith(("E:", "W:"))]
            raise process.failure(
                "Debian's mirror did not give us Odoo: check the network and try again; "
                "what was fetched already is kept.",
                "\n".join(complaints[:6]),
            )


def _offer(options: list[str]) -> Download:
    done = process.run(
        ["apt-get", "--quiet", *options, "download", "--print-uris", PACKAGE],
        check=f"Debian's unstable suite has no {PACKAGE}: use `./taller up --odoo PATH`.",
    )
    return parse_offer(done.stdout)


def parse_offer(printed: str) -> Download:
    """Read a line of `apt-get download --print-uris`: address, file name, size, SHA256:…"""
    match = re.search(r"^'\S+' (\S+?)_(\S+)_\w+\.deb \d+ SHA256:([0-9a-f]{64})", printed, re.MULTILINE)
    if not match:
        raise TallerError(f"apt's answer about {PACKAGE} is not understood: {process.tail(printed, 1)}")
    return Download(match[1], match[2].replace("%2b", "+").replace("%3a", ":"), match[3])


def check(debs: Path, offer: Download) -> None:
    """Refuse a package that is not what the signed index promised, or not the one we tested."""
    found = sorted(debs.glob(f"{PACKAGE}_*.deb"))
    expected = TESTED_SHA256 if offer.version == TESTED_VERSION else offer.sha256
    if len(found) != 1 or files.sha256(found[0]) != expected:
        shutil.rmtree(debs)
        raise TallerError(
            f"The download of {PACKAGE} {offer.version} is damaged or altered: run ./taller up again."
        )


def unpack(deb: Path, tree: Path) -> None:
    """Put a package's files below `tree`; of Odoo itself only its Python package."""
    only = [f"./{DIST}/odoo"] if deb.name.startswith(f"{PACKAGE}_") else []
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as archive:
        done = subprocess.run(
            ["tar", "--extract", "--no-same-owner", "--directory", str(tree), *only],
            stdin=archive.stdout,
            capture_output=True,
            text=True,
            check=False,
        )
    if archive.returncode or done.returncode:
        raise process.failure(f"{deb.name} cannot be unpacked: make sure the disk is not full.", done.stderr)


def _fill_in(tree: Path) -> None:
    path = tree / LEFT_OUT
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
