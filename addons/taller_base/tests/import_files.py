"""Spreadsheets as workshops send them: always the same ones, with accents, duplicates and slips.

A row is a list of cells; what is wrong with it is noted beside it, by its number in the sheet.
"""

import io
import random

import openpyxl
from stdnum.gt import nit

CUSTOMER_HEADINGS = [
    "Nombre",
    "NIT",
    "Teléfono",
    "Correo electrónico",
    "Dirección",
    "Municipio",
    "Departamento",
    "Canal preferido",
]
CUSTOMER_FIELDS = ["name", "vat", "phone", "email", "street", "city", "state_id", "preferred_channel"]
VEHICLE_HEADINGS = [
    "Placa",
    "Propietario (nombre o NIT)",
    "Marca",
    "Línea",
    "Año",
    "VIN o chasis",
    "Odómetro",
    "Unidad",
    "Tipo",
]
VEHICLE_FIELDS = [
    "license_plate",
    "owner_id",
    "brand_id",
    "model_id",
    "model_year",
    "vin_sn",
    "odometer",
    "odometer_unit",
    "equipment_kind",
]

FIRST_NAMES = ["José", "María", "Iñigo", "Lucía", "Óscar", "Zoë", "Concepción", "Ramón", "Ángela", "Núria"]
SURNAMES = ["Pérez", "Xicará", "Núñez", "Güell", "Ajú", "Chávez", "Ibáñez", "Cújar", "López", "Yoc"]
MODELS = [
    ("Toyota", "Hilux"),
    ("TOYOTA", "hilux"),
    ("Hino", "Serie 300"),
    ("Citroën", "C3"),
    ("Massey", "290"),
]
LETTERS = "BCDFGHJKLMNPQRSTVWXYZ"

# How many rows of each kind are wrong.
WRONG_CUSTOMERS = {
    "check digit": 20,
    "letters": 5,
    "twice": 15,
    "known": 5,
    "phone": 20,
    "name": 5,
    "e-mail": 5,
    "channel": 5,
    "department": 5,
}
WRONG_VEHICLES = {
    "plate": 25,
    "twice": 20,
    "known": 5,
    "vin": 20,
    "year": 10,
    "owner": 10,
    "reading": 5,
    "kind": 5,
}


def make_nit(number):
    return f"{number}-{nit.calc_check_digit(str(number))}"


def make_xlsx(headings, rows):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [headings, *rows]:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _spread(wrong, total, chance):
    """The kind of each row: None for a right one; the first ones are right, to be repeated later."""
    kinds = [kind for kind, count in wrong.items() for _n in range(count)]
    rest = [None] * (total - len(kinds) - 20) + kinds
    chance.shuffle(rest)
    return [None] * 20 + rest


def make_customers(total=500, known_nit="", wrong=None):
    """(rows, {number in the sheet: kind of slip})."""
    chance = random.Random(19)
    kinds = _spread(WRONG_CUSTOMERS if wrong is None else wrong, total, chance)
    rows, slips = [], {}
    right_nits = []
    for place, kind in enumerate(kinds):
        tax_id = make_nit(4000000 + 37 * place)
        row = [
            f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)} {chance.choice(SURNAMES)} {place}",
            tax_id if place % 4 else chance.choice(["CF", "cf", "C/F"]),
            chance.choice(["{}-{}", "{}{}", "+502 {} {}", "(502) {} {}"]).format(5000 + place, 1000 + place),
            f"cliente{place}@example.com" if place % 3 else "",
            f"{place}a. calle {place % 9}-{place % 90}, zona {place % 21 + 1}",
            "Mixco" if place % 2 else "Quetzaltenango",
            "GUATEMALA" if place % 2 else "quetzaltenango",
            chance.choice(["whatsapp", "SMS", "", "Correo Electronico"]),
        ]
        if kind == "check digit":
            row[1] = tax_id[:-1] + ("1" if tax_id[-1] != "1" else "2")
        elif kind == "letters":
            row[1] = f"12{place}AB-3"
        elif kind == "twice":
            row[1] = chance.choice(right_nits).replace("-", " ").lower()
        elif kind == "known":
            row[1] = known_nit
        elif kind == "phone":
            row[2] = chance.choice(["5512-33", "no tiene", "123", "55123344556677"])
        elif kind == "name":
            row[0] = "  "
        elif kind == "e-mail":
            row[3] = "sin correo"
        elif kind == "channel":
            row[7] = "paloma"
        elif kind == "department":
            row[6] = "Xela"
        elif place % 4:
            right_nits.append(tax_id)
        rows.append(row)
        if kind:
            slips[place + 2] = kind
    return rows, slips


def make_vehicles(customers, total=600, known_plate="", wrong=None):
    """(rows, {number in the sheet: kind of slip}); the owners are the right ones of `customers`' rows."""
    chance = random.Random(23)
    kinds = _spread(WRONG_VEHICLES if wrong is None else wrong, total, chance)
    rows, slips = [], {}
    right_plates = []
    for place, kind in enumerate(kinds):
        owner = chance.choice(customers)
        plate = f"P-{100 + place}" + "".join(chance.choice(LETTERS) for _n in range(3))
        is_machine = place % 10 == 5
        make, model = chance.choice(MODELS)
        row = [
            chance.choice([plate, plate.lower(), plate.replace("-", " ")]),
            owner[1] if owner[1].lower() not in ("cf", "c/f") else owner[0].upper(),
            make,
            model if place % 7 else "",
            1990 + place % 30,
            f"JTFHX{place:05d}0ABC{place:04d}"[:17] if place % 3 == 0 else "",
            (100 if is_machine else 1000) * place if place % 2 else "",
            "hours" if is_machine else chance.choice(["kilometers", ""]),
            "machinery" if is_machine else "truck",
        ]
        if kind:
            row[5:9] = ["", "", "", "car"]
        if kind == "plate":
            row[0] = chance.choice(["P-12", "SIN PLACA", "X123ABC", "P-1234ABC"])
        elif kind == "twice":
            row[0] = chance.choice(right_plates).replace("-", "").lower()
        elif kind == "known":
            row[0] = known_plate
        elif kind == "vin":
            row[5] = chance.choice(["JTFHX02P0O0012345", "12345"])
        elif kind == "year":
            row[4] = chance.choice([1890, 2199, "nuevo"])
        elif kind == "owner":
            row[1] = f"Nadie Conocido {place}"
        elif kind == "reading":
            row[6] = chance.choice(["mil", -5, 99999999])
        elif kind == "kind":
            row[8] = "nave"
        else:
            right_plates.append(plate)
        rows.append(row)
        if kind:
            slips[place + 2] = kind
    return rows, slips


def read_xlsx(content):
    """The rows of the first sheet, headings included."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
