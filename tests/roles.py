"""Read `roles.txt`, the one table of who may do what, and write the manual's page from it.

Run as a script (`python3 tests/roles.py`) it refreshes the tables in docs/manual/roles.md.
"""

from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE / "roles.txt"
PAGE = HERE.parent / "docs" / "manual" / "roles.md"

ROLES = {
    "mechanic": "Mecánico",
    "parts": "Bodega",
    "reception": "Recepción",
    "supervisor": "Encargado",
    "manager": "Gerente",
    "accounting": "Contabilidad",
    "administrator": "Administrador",
    "portal": "Cliente (portal)",
    "public": "Visitante",
}
OPERATIONS = {"r": "ver", "c": "crear", "w": "cambiar", "u": "borrar"}
START = "<!-- De aquí en adelante lo escribe tests/roles.py a partir de tests/roles.txt. -->"


def read(text=None):
    """The table's sections: `{"records": {model: (label, {role: "rcwu"})}, "methods": …, "portal": …}`."""
    sections, current = {"records": {}, "methods": {}, "portal": {}}, None
    for line in (text or TABLE.read_text(encoding="utf-8")).splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            current = line.strip("[]")
            continue
        key, *rest = (part.strip() for part in line.split("|"))
        if current == "records":
            label, cells = rest
            sections[current][key] = (label, dict(zip(ROLES, cells.split(), strict=True)))
        elif current == "methods":
            label, roles = rest
            sections[current][key] = (label, expand(roles.split(), key))
        else:
            sections[current][key] = set(rest[0].split())
    return sections


def expand(roles, place):
    """The roles of a method's line; `staff` stands for all but portal and public, `everybody` for all."""
    expanded = set(roles)
    if "staff" in expanded:
        expanded |= ROLES.keys() - {"portal", "public"}
    if "everybody" in expanded:
        expanded |= ROLES.keys()
    expanded -= {"staff", "everybody"}
    unknown = expanded - ROLES.keys()
    if unknown:
        raise ValueError(f"{place}: no such role: {', '.join(sorted(unknown))}")
    return expanded


def render(sections):
    """The tables of the manual's page, in Spanish."""
    lines = ["## Registros", "", _row(["", *ROLES.values()]), _row(["---"] * (len(ROLES) + 1))]
    for label, cells in sorted(sections["records"].values(), key=lambda row: row[0]):
        if label != "-":
            lines.append(_row([label, *(_spell(cells[role]) for role in ROLES)]))
    lines += ["", "## Acciones", "", _row(["", *ROLES.values()]), _row(["---"] * (len(ROLES) + 1))]
    for label, roles in sorted(sections["methods"].values(), key=lambda row: row[0]):
        if label != "-":
            lines.append(_row([label, *("sí" if role in roles else "" for role in ROLES)]))
    return "\n".join(lines) + "\n"


def _row(cells):
    return f"| {' | '.join(cells)} |"


def _spell(letters):
    return "todo" if letters == "rcwu" else ", ".join(OPERATIONS[letter] for letter in letters.strip("-"))


def page():
    """What the manual's page should be: its own beginning, and the tables."""
    beginning = PAGE.read_text(encoding="utf-8").split(START)[0]
    return f"{beginning}{START}\n\n{render(read())}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
