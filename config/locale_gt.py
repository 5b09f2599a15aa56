"""Run inside `odoo shell`, in a database that has only `base`: make it Guatemala's.

The country comes before accounting is installed, so that accounting picks Guatemala's chart and currency.
"""

import os

LANGUAGE, COUNTRY, ZONE = "es_GT", "GT", "America/Guatemala"

country = env["res.country"].search([("code", "=", COUNTRY)])  # noqa: F821
country.currency_id.position = "before"
company = env.ref("base.main_company")  # noqa: F821
company.write({"country_id": country.id, "currency_id": country.currency_id.id})
company.partner_id.write({"lang": LANGUAGE, "tz": ZONE})
users = env["res.users"].with_context(active_test=False).search([])  # noqa: F821
users.write({"lang": LANGUAGE, "tz": ZONE})
env["ir.default"].set("res.partner", "lang", LANGUAGE)  # noqa: F821
env["ir.default"].set("res.partner", "tz", ZONE)  # noqa: F821
env.ref("base.user_admin").password = os.environ["TALLER_ADMIN_PASSWORD"]  # noqa: F821
env.cr.commit()  # noqa: F821
