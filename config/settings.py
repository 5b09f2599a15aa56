"""What the user chose with `up` and later commands must remember."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from config import files
from config.errors import TallerError


@dataclass
class Settings:
    """`odoo` is the user's own source tree, or empty for ours; `demo` whether the database has demo data."""

    odoo: str = ""
    demo: bool = True
    port: int = 8069


def load(state: Path) -> Settings:
    path = state / "settings.json"
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except ValueError as error:
        raise TallerError(f"{path} is damaged: delete it and run ./taller up again.") from error
    return Settings(**{field.name: saved[field.name] for field in fields(Settings) if field.name in saved})


def save(state: Path, settings: Settings) -> None:
    files.write(state / "settings.json", json.dumps(asdict(settings), indent=2) + "\n")
