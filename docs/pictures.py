#!/usr/bin/env python3
"""Take the manual's pictures again, from a running server with demo data.

    python docs/pictures.py [--url http://127.0.0.1:8069] [NAME ...]

Each picture is a sign-in, a page and the clicks that lead to what it shows; `{add_on.name}` in a path
stands for the id of that record. Needs the Python package playwright (in config/requirements-dev.txt)
and a Chromium on PATH.
"""

import argparse
import pathlib
import re
import shutil
from dataclasses import dataclass, field

from playwright.sync_api import sync_playwright

IMAGES = pathlib.Path(__file__).parent / "images"
BROWSER_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SETTLE_MS = 2000


@dataclass(frozen=True)
class Picture:
    """One picture: who looks, at which page, after typing and clicks (CSS selectors), on which screen."""

    name: str
    login: str
    path: str
    typed: tuple[str, str] | None = None  # where, what
    clicks: tuple[str, ...] = field(default=())
    phone: bool = False


MY_ORDER = "/my/taller/orders/{taller_ordenes.order_mazda3}"
TO_ESTIMATE = "a[href*='/my/taller/estimates/']"
PICTURES = [
    Picture("taller", "recepcion", "/odoo/work-orders/{taller_ordenes.order_hilux}"),
    Picture("ordenes", "recepcion", "/odoo/work-orders"),
    Picture(
        "recepcion-telefono",
        "recepcion",
        "/odoo/reception",
        typed=(".o_taller_plate", "hilux"),
        clicks=(".o_taller_found",),
        phone=True,
    ),
    Picture("inspeccion-telefono", "mecanico", "/odoo/inspections/4", phone=True),
    Picture(
        "agregar-servicios",
        "recepcion",
        "/odoo/work-orders/{taller_ordenes.order_tucson}",
        clicks=(".o_taller_add_services",),
    ),
    Picture("tablero", "encargado", "/odoo/board"),
    Picture("cola-telefono", "gerente", "/odoo/work-queue", phone=True),
    Picture("informe-productividad", "gerente", "/odoo/report-productivity"),
    Picture(
        "entrega-telefono",
        "recepcion",
        "/odoo/work-orders/{taller_ordenes.order_swift}",
        clicks=("button[name=action_open_delivery]",),
        phone=True,
    ),
    Picture(
        "historial", "recepcion", "/odoo/fleet.vehicle/{taller_base.fleet_vehicle_hilux}/vehicle-history"
    ),
    Picture("portal-vehiculo", "cliente", "/my/vehicles/{taller_base.fleet_vehicle_hilux}"),
    Picture("portal-orden-telefono", "cliente", "/my/taller/orders/{taller_ordenes.order_hilux}", phone=True),
    Picture("mis-trabajos-telefono", "mecanico", "/odoo/my-jobs", phone=True),
    Picture("cliente", "recepcion", "/odoo/taller-customers/{taller_base.partner_cliente}"),
    Picture("vehiculo", "recepcion", "/odoo/taller-vehicles/{taller_base.fleet_vehicle_hilux}"),
    Picture("vehiculos-telefono", "recepcion", "/odoo/taller-vehicles", phone=True),
    Picture("portal", "cliente", "/my"),
    Picture("presupuesto-telefono", "cliente", MY_ORDER, clicks=(TO_ESTIMATE,), phone=True),
    Picture("mis-datos", "cliente", "/my/personal-data"),
    Picture("empleado", "admin", "/odoo/action-taller_base.hr_employee_action/{taller_base.employee_byron}"),
    Picture(
        "respaldos",
        "admin",
        "/odoo/action-taller_base.db_backup_action",
        clicks=(".o_data_row .o_data_cell", "button[name=action_backup]", "button[name=action_check]"),
    ),
    Picture("tiendas", "admin", "/odoo/action-taller_base.taller_shop_action"),
    Picture("usuario-rol", "admin", "/odoo/users/2"),
]
RESOLVE = """async ([addOn, name]) => {
    const params = {model: "ir.model.data", method: "check_object_reference", args: [addOn, name], kwargs: {}};
    const response = await fetch("/web/dataset/call_kw", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", method: "call", params}),
    });
    return (await response.json()).result[1];
}"""


def resolve(admin_page, path):
    """The path with the ids of the records that it names."""
    return re.sub(
        r"{(\w+)\.(\w+)}", lambda match: str(admin_page.evaluate(RESOLVE, list(match.groups()))), path
    )


def sign_in(page, url, login):
    """Sign in as a demo user, whose password equals the sign-in."""
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_load_state("domcontentloaded")
    page.wait_for_timeout(SETTLE_MS)


def take(playwright, browser, url, picture, path):
    """Write docs/images/NAME.png."""
    screen = playwright.devices["Pixel 7"] if picture.phone else {"viewport": {"width": 1280, "height": 800}}
    context = browser.new_context(locale="es-GT", timezone_id="America/Guatemala", **screen)
    page = context.new_page()
    sign_in(page, url, picture.login)
    page.goto(url + path)
    page.wait_for_timeout(SETTLE_MS)
    if picture.typed:
        page.fill(*picture.typed)
        page.wait_for_timeout(SETTLE_MS)
    for selector in picture.clicks:
        page.click(selector)
        page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", default="http://127.0.0.1:8069")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these pictures")
    options = parser.parse_args()
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=BROWSER_ARGUMENTS
        )
        admin_page = browser.new_page()
        sign_in(admin_page, options.url, "admin")
        for picture in PICTURES:
            if not options.names or picture.name in options.names:
                take(playwright, browser, options.url, picture, resolve(admin_page, picture.path))
                print(picture.name)
        browser.close()


if __name__ == "__main__":
    main()
