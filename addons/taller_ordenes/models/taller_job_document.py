from odoo import fields, models


class TallerJob(models.Model):
    """What the printed documents say of a job."""

    _inherit = "taller.job"

    def _get_service_report(self, photos, for_customer):
        """The job as the service report shows it; `self` as superuser.

        :param taller.photo photos: of the order, as far as the reader may see them
        """
        self.ensure_one()
        labour = [line for line in self.line_ids if line.product_id.type == "service"]
        parts = [line for line in self.line_ids if line.product_id and line not in labour]
        return {
            "job": self,
            "state": dict(self._fields["state"]._description_selection(self.env))[self.state],
            "symbol": "✓" if self.state == "done" else "…",
            "labour": [line.name for line in labour],
            "parts": [
                (f"{line.product_uom_qty:g} {line.product_uom_id.name or ''}".strip(), line.name)
                for line in parts
            ],
            "hours": [] if for_customer else self._get_hours_by_mechanic(),
            "photos": photos.filtered(lambda photo: photo.job_id == self),
        }

    def _get_hours_by_mechanic(self):
        """[(mechanic's name, hours on the clock for these jobs)], the running clocks included."""
        now = fields.Datetime.now()
        hours = {}
        for time in self.sudo().time_ids:
            worked = ((time.stop or now) - time.start).total_seconds() / 3600
            hours[time.employee_id] = hours.get(time.employee_id, 0.0) + worked
        return [(employee.name, worked) for employee, worked in hours.items()]
