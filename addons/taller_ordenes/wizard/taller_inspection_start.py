from odoo import fields, models


class TallerInspectionStart(models.TransientModel):
    """Which inspection is to be made, where several templates fit the vehicle, or none."""

    _name = "taller.inspection.start"
    _description = "Start an Inspection"

    order_id = fields.Many2one("taller.order", string="Work Order", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id", related_sudo=False)
    template_id = fields.Many2one(
        "taller.inspection.template",
        string="Inspection",
        required=True,
        domain="[('kind', '=', 'inspection'), ('company_id', 'in', [False, company_id])]",
        check_company=True,
        ondelete="cascade",
    )

    def action_start(self):
        """Start the inspection, or go on with the unfinished one by the same template.

        :return: the action that opens it
        """
        self.ensure_one()
        self.order_id._check_may_start_inspection()
        self.template_id.check_access("read")
        return self.order_id._start_inspection(self.template_id)._get_screen_action()
