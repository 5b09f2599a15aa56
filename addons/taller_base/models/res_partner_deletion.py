import logging

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError


class ResPartner(models.Model):
    """A customer with documents is archived, never deleted."""

    _inherit = "res.partner"

    @api.model
    def _get_documents_blocking_deletion(self):
        """What a partner must not be deleted with: (model, field to the partner, what to call several of them).

        Add-ons extend the list by super().
        """
        return [
            ("account.move", "partner_id", self.env._("invoices or entries")),
            ("fleet.vehicle", "owner_id", self.env._("vehicles")),
            ("taller.vehicle.ownership", "owner_id", self.env._("entries in owners' histories")),
        ]

    def _count_documents_blocking_deletion(self):
        """{partner: ["vehicles: 3", …]} for those of self that have any; one query per model."""
        return self._count_documents(self._get_documents_blocking_deletion())

    def _count_documents(self, kinds):
        documents = {}
        for model, field, label in kinds:
            groups = (
                self.env[model]
                .sudo()
                .with_context(active_test=False)
                ._read_group([(field, "in", self.ids)], [field], ["__count"])
            )
            for partner, count in groups:
                documents.setdefault(self.browse(partner.id), []).append(f"{label}: {count}")
        return documents

    @api.ondelete(at_uninstall=False)
    def _unlink_except_documents(self):
        documents = self._count_documents_blocking_deletion()
        if not documents:
            return
        listed = "\n".join(f"{partner.name} ({', '.join(kinds)})" for partner, kinds in documents.items())
        message = self.env._(
            "These customers have documents and cannot be deleted. Archive them instead: they disappear from "
            "the lists and their history stays.\n\n%(customers)s",
            customers=listed,
        )
        if not self.has_access("write"):
            raise UserError(message)
        refusal = RedirectWarning(
            message,
            self.env.ref("taller_base.res_partner_action_archive").id,
            self.env._("Archive instead"),
            {"active_model": self._name, "active_id": self[:1].id, "active_ids": self.ids},
        )
        refusal.loglevel = logging.INFO  # an answer, not a failure of the server
        raise refusal

    def action_archive_instead(self):
        """Archive customers whose deletion was refused, and show the screen anew."""
        self.action_archive()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Archived: %(names)s", names=", ".join(self.mapped("display_name"))),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
