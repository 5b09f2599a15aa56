from odoo import models
from odoo.exceptions import AccessError


class TallerDocument(models.AbstractModel):
    """The right to print a document of the workshop; the look is `taller_ordenes.document_layout`.

    Core's routes `/report/html/…` and `/report/pdf/…` print any report for anybody who is signed in, whatever
    the report's groups. So each report inherits this as `report.<name of the template>`: record rules decide
    which records, `_document_groups` who; customers get their documents by the portal's routes, which have
    checked that it is theirs and print as superuser.
    """

    _name = "taller.document"
    _description = "Printed Document"

    _document_model = "taller.order"
    _document_groups = "taller_base.taller_base_group_staff"

    def _get_report_values(self, docids, data=None):
        records = self.env[self._document_model].browse(docids or []).exists()
        if not self.env.su:
            if not self.env.user.has_groups(self._document_groups):
                raise AccessError(self.env._("Your role doesn't print this document."))
            records.check_access("read")
        return {
            "doc_ids": records.ids,
            "doc_model": records._name,
            "docs": records,
            **self._get_document_values(records),
        }

    def _get_document_values(self, records):
        """What the template needs besides `docs`."""
        return {}
