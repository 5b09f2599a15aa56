from datetime import datetime

import pytz

from odoo import fields, models
from odoo.tools import SQL


class TallerShop(models.Model):
    _inherit = "taller.shop"

    order_sequence_id = fields.Many2one(
        "ir.sequence",
        string="Numbers of Work Orders",
        readonly=True,
        copy=False,
        groups="taller_base.taller_base_group_administrator",
    )

    deposit_journal_ids = fields.Many2many(
        "account.journal",
        string="Deposits Paid By",
        domain="[('type', 'in', ('cash', 'bank', 'credit')), ('company_id', '=', company_id)]",
        check_company=True,
        help="Ways to pay that the reception takes. Empty: all of the company.",
    )

    def _get_deposit_journals(self):
        """The journals that the reception of this shop may post deposits in."""
        self.ensure_one()
        shop = self.sudo()
        return shop.deposit_journal_ids or shop.env["account.journal"].search(
            [("type", "in", ("cash", "bank", "credit")), ("company_id", "=", shop.company_id.id)]
        )

    def _next_order_numbers(self, count):
        """Draw numbers for `count` new work orders, like `Z9/2026/00012`; they start anew every year.

        However many are drawn, the number of queries is the same. A number that is drawn by a
        transaction which fails is lost: waiting for one another would cost more than a gap does.
        """
        self.ensure_one()
        shop = self.sudo()
        today = datetime.now(pytz.timezone(shop.tz)).date()
        sequence = shop.order_sequence_id or shop._create_order_sequence()
        date_range = self.env["ir.sequence.date_range"].sudo().search(
            [("sequence_id", "=", sequence.id), ("date_from", "<=", today), ("date_to", ">=", today)],
            limit=1,
        ) or sequence._create_date_range_seq(today)
        counter = f"ir_sequence_{sequence.id:03d}_{date_range.id:03d}"
        rows = self.env.execute_query(SQL("SELECT nextval(%s) FROM generate_series(1, %s)", counter, count))
        return [f"{shop.code}/{today.year}/{number:0{sequence.padding}d}" for (number,) in rows]

    def _create_order_sequence(self):
        self.order_sequence_id = (
            self.env["ir.sequence"]
            .sudo()
            .create(
                {
                    "name": self.env._("Work orders of %(shop)s", shop=self.name),
                    "company_id": self.company_id.id,
                    "padding": 5,
                    "use_date_range": True,
                }
            )
        )
        return self.order_sequence_id
