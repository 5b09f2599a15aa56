from odoo import fields, models


class HrEmployee(models.Model):
    """A mechanic, as the planning of work sees one."""

    _inherit = "hr.employee"

    def _works_in_shop(self, shop):
        """Whether this person may be put on the shop's jobs: it is theirs, or they have none of their own."""
        self.ensure_one()
        return (
            not self.shop_id or self.shop_id == shop or shop in self.user_id.sudo().accessible_shop_ids
        ) and self.company_id == shop.company_id

    def _get_expired_certificates(self):
        """{employee id: names of the certificates that have run out}, in one query."""
        expired = {}
        certificates = (
            self.env["taller.certificate"]
            .sudo()
            .search_fetch(
                [("employee_id", "in", self.ids), ("expires", "<", fields.Date.context_today(self))],
                ["name", "employee_id"],
            )
        )
        for certificate in certificates:
            expired.setdefault(certificate.employee_id.id, []).append(certificate.name)
        return expired
