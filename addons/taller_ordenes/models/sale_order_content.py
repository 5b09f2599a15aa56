from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime, formatLang, html2plaintext

from ..tools.estimate_content import get_digest

# Who reloads the page has opened it once.
ONE_VISIT = timedelta(minutes=10)


class SaleOrder(models.Model):
    """What the customer is shown of an estimate, and whether they have looked at it."""

    _inherit = "sale.order"

    taller_seen_at = fields.Datetime(
        string="Seen by the Customer On",
        readonly=True,
        copy=False,
        help="When the customer first opened the estimate after it was sent.",
        groups="base.group_user",
    )
    taller_last_seen_at = fields.Datetime(
        string="Last Seen by the Customer On", readonly=True, copy=False, groups="base.group_user"
    )
    taller_seen_count = fields.Integer(
        string="Times Opened",
        readonly=True,
        copy=False,
        help="How often the customer has opened the estimate since it was sent.",
        groups="base.group_user",
    )

    def _mark_taller_seen(self):
        """The customer has opened the estimate: when first, when last, how often."""
        now = fields.Datetime.now()
        if self.taller_last_seen_at and now - self.taller_last_seen_at < ONE_VISIT:
            return
        self.write(
            {
                "taller_seen_at": self.taller_seen_at or now,
                "taller_last_seen_at": now,
                "taller_seen_count": self.taller_seen_count + 1,
            }
        )

    def _get_taller_seen_text(self):
        """Whether and when the customer has opened what was sent, in a sentence for the reception."""
        self.ensure_one()
        if not self.taller_sent_at:
            return ""
        if not self.taller_seen_at:
            return self.env._("Not opened yet")
        first = format_datetime(self.env, self.taller_seen_at, dt_format="short")
        if self.taller_seen_count < 2:
            return self.env._("Opened on %(first)s", first=first)
        return self.env._(
            "Opened %(count)s times, first on %(first)s, last on %(last)s",
            count=self.taller_seen_count,
            first=first,
            last=format_datetime(self.env, self.taller_last_seen_at, dt_format="short"),
        )

    def _get_taller_hash(self):
        return get_digest(self._get_taller_content())

    def _get_taller_content(self):
        """What the customer is shown and decides on, as plain data in the customer's language.

        Amounts are strings with the currency's digits, so that one content has one fingerprint.
        """
        self.ensure_one()
        estimate = self.sudo().with_context(lang=self._get_taller_lang())
        order = estimate.taller_order_id
        jobs = estimate.taller_job_ids.sorted(lambda job: (job.sequence, job.id))
        photos = order.photo_ids.filtered("shown_to_customer").sorted("id").grouped("job_id")
        findings = order._get_inspection_findings()
        return {
            "estimate": estimate.name,
            "order": order.name,
            "company": estimate.company_id.name,
            "shop": estimate.shop_id.name,
            "customer": estimate.partner_id.display_name,
            "vehicle": order.vehicle_id.display_name,
            "currency": estimate.currency_id.name,
            "validity": fields.Date.to_string(estimate.validity_date) or "",
            "prepayment": estimate._get_taller_prepayment_content(),
            "terms": html2plaintext(estimate.note or "").strip(),
            "jobs": [
                {
                    **job._get_shown_content(),
                    "findings": [
                        estimate._get_taller_finding_content(finding)
                        for finding in findings
                        if finding["job_id"] == job.id
                    ],
                    "photos": [photo._get_shown_content() for photo in photos.get(job, ())],
                    **estimate._get_taller_lines_content(job.line_ids),
                }
                for job in jobs
            ],
            "findings": [
                estimate._get_taller_finding_content(finding) for finding in findings if not finding["job_id"]
            ],
            "common": estimate._get_taller_lines_content(
                estimate.order_line.filtered(lambda line: not line.taller_job_id)
            ),
            "untaxed": estimate._format_taller_amount(estimate.amount_untaxed),
            "total": estimate._format_taller_amount(estimate.amount_total),
        }

    @api.model
    def _get_taller_finding_content(self, finding):
        """A traffic light of an inspection: its colour, the same in a word, and what was found."""
        text = " · ".join(filter(None, [finding["answer"], finding["note"]]))
        return {
            "rating": finding["rating"],
            "label": finding["label"],
            "name": finding["name"],
            "text": text,
        }

    def _get_taller_lines_content(self, lines):
        untaxed, total, total_of = lines._get_taller_amounts()
        return {
            "lines": [
                {
                    "id": line.id,
                    "name": line.name,
                    "quantity": f"{line.product_uom_qty:g}",
                    "unit": line.product_uom_id.name or "",
                    "price_unit": f"{line.price_unit:.6f}",
                    "discount": f"{line.discount:g}",
                    "total": self._format_taller_amount(total_of.get(line, 0.0)),
                }
                for line in lines
            ],
            "untaxed": self._format_taller_amount(untaxed),
            "total": self._format_taller_amount(total),
        }

    def _get_taller_prepayment_text(self, content):
        """The prepayment of such content, in a sentence; empty for none."""
        if amount := content.get("amount"):
            return self.env._(
                "After you have signed, we ask for a prepayment of %(amount)s.",
                amount=self._show_taller_amount(amount),
            )
        if percent := content.get("percent"):
            return self.env._(
                "After you have signed, we ask for a prepayment of %(percent)s %% of what you accept.",
                percent=percent,
            )
        return ""

    def _format_taller_amount(self, amount):
        """Digits of the currency, for comparison; for people, `_show_taller_amount`."""
        return f"{self.currency_id.round(amount) + 0.0:.{self.currency_id.decimal_places}f}"

    def _show_taller_amount(self, amount):
        return formatLang(self.env, float(amount), currency_obj=self.currency_id)

    def _get_taller_lang(self):
        """The customer's language, whoever looks."""
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang
