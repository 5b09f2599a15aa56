"""The same visit twice: as plain sales work, and as a work order of ours.

Both: 3 services and 6 parts, shown to the customer, accepted with a signature and its document,
invoiced, posted and paid in cash.
"""

from unittest.mock import patch

from odoo.fields import Command

from bench.harness import DOCUMENT

SIGNATURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
SERVICES, PARTS_PER_SERVICE = 3, 2


def prepare(env):
    """What both flows use: a customer, a vehicle, a mechanic, products and a cash journal; their ids."""
    customer = env["res.partner"].create({"name": "Bench Customer", "email": "bench@example.com"})
    products = env["product.product"].create(
        [
            {"name": f"Bench service {number}", "type": "service", "list_price": 150 + number}
            for number in range(SERVICES)
        ]
        + [
            {"name": f"Bench part {number}", "type": "consu", "list_price": 80 + number}
            for number in range(SERVICES * PARTS_PER_SERVICE)
        ]
    )
    products.invoice_policy = "order"
    ids = {
        "customer": customer.id,
        "services": products[:SERVICES].ids,
        "parts": products[SERVICES:].ids,
        "journal": env["account.journal"].create({"name": "Bench cash", "type": "cash"}).id,
    }
    if "taller.order" in env:
        mechanic = env["hr.employee"].create({"name": "Bench mechanic"})
        # Mechanics come to work once a day: not part of an order's work.
        env["hr.attendance"].create({"employee_id": mechanic.id})
        ids["mechanic"] = mechanic.id
        number = env["fleet.vehicle"].search_count([]) % 1000
        vehicle = env["fleet.vehicle"].create(
            {"license_plate": f"P{number:03}BNC", "ownership": "customer", "owner_id": customer.id}
        )
        ids["vehicle"] = vehicle.id
        # A shop's first order of the year makes the shop's and the year's sequence: not part of the daily work.
        env["taller.order"].create({"vehicle_id": vehicle.id})
    return ids


def plain_flow(ids):
    """Odoo's own way, with nothing of ours."""

    def flow(env, run):
        with run.step("estimate"):
            sale = env["sale.order"].create(
                {
                    "partner_id": ids["customer"],
                    "order_line": [
                        Command.create({"product_id": product}) for product in ids["services"] + ids["parts"]
                    ],
                }
            )
        with run.step("show"):
            sale.action_quotation_sent()
        with run.step("decide"):
            # What core's portal page does when the customer accepts and signs.
            sale.sudo().write({"signed_by": "Bench Customer", "signature": SIGNATURE})
            sale.sudo().action_confirm()
            with run.step(DOCUMENT):
                env["ir.actions.report"].sudo()._render_qweb_pdf("sale.action_report_saleorder", sale.ids)
        with run.step("invoice"):
            invoice = sale._create_invoices(final=True)
        post_and_pay(env, run, invoice, ids)

    return flow


def our_flow(ids):
    """The work order: jobs, approval with evidence, work, invoice."""

    def flow(env, run):
        with run.step("estimate"):
            order = env["taller.order"].create({"vehicle_id": ids["vehicle"]})
            jobs = env["taller.job"].create(
                [
                    {
                        "order_id": order.id,
                        "name": f"Job {number}",
                        "mechanic_ids": [Command.set([ids["mechanic"]])],
                        "line_ids": [
                            Command.create({"product_id": product})
                            for product in (
                                ids["services"][number],
                                *ids["parts"][number * PARTS_PER_SERVICE :][:PARTS_PER_SERVICE],
                            )
                        ],
                    }
                    for number in range(SERVICES)
                ]
            )
        with run.step("show"):
            order.action_show_estimate()
        with run.step("decide"):
            decide(env, run, order)
        with run.step("work"):
            for job in jobs:
                job.action_start()
                job.action_finish()
            order.action_ready()
        with run.step("invoice"):
            order.action_create_invoice()
            invoice = order.invoice_ids
        post_and_pay(env, run, invoice, ids)

    return flow


def decide(env, run, order):
    """The customer accepts every job, as the portal page records it."""
    approvals = env["taller.approval"]
    seal = type(approvals)._seal

    def timed_seal(approval):
        with run.step(DOCUMENT):
            return seal(approval)

    estimate = order.estimate_id.sudo()
    decisions = {job.id: (True, "") for job in estimate.taller_job_ids}
    with patch.object(type(approvals), "_seal", timed_seal):
        approvals._decide(estimate, decisions, estimate.taller_sent_hash, "Bench Customer", SIGNATURE)


def post_and_pay(env, run, invoice, ids):
    with run.step("post"):
        invoice.action_post()
    with run.step("pay"):
        wizard = env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({"journal_id": ids["journal"]}).action_create_payments()
    with run.step("flush"):
        env.flush_all()
    assert invoice.payment_state in ("paid", "in_payment"), invoice.payment_state
