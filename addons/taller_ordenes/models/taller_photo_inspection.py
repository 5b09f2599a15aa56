from odoo import api, fields, models


class TallerPhoto(models.Model):
    """Photos of what an inspection found."""

    _inherit = "taller.photo"

    inspection_line_id = fields.Many2one(
        "taller.inspection.line", string="Finding", index="btree_not_null", ondelete="set null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = self.env["taller.inspection.line"].browse(
            {vals["inspection_line_id"] for vals in vals_list if vals.get("inspection_line_id")}
        )
        lines.check_access("read")
        # A job that was proposed for the finding already gets the photo too.
        jobs = {line.id: line.job_id for line in lines.sudo() if line.job_id.state == "proposed"}
        return super().create(
            [
                {**vals, "job_id": jobs[vals["inspection_line_id"]].id}
                if vals.get("inspection_line_id") in jobs and not vals.get("job_id")
                else vals
                for vals in vals_list
            ]
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_confirmed_inspection(self):
        self.inspection_line_id.inspection_id._touch()

    @api.model
    def _get_subject_fields(self):
        return [*super()._get_subject_fields(), "inspection_line_id"]

    def _is_own_work(self):
        # Whoever may fill in the inspection may take its photos: `_check_may_add` has seen to that.
        return bool(self.inspection_line_id) or super()._is_own_work()

    def _check_may_add(self):
        inspections = self.inspection_line_id.inspection_id
        if inspections and not self.env.su:
            inspections._check_may_fill()
        return super()._check_may_add()
