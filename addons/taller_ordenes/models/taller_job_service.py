from odoo import api, fields, models


class TallerJob(models.Model):
    """A job that a canned service fills: its words, its labour and parts, and a fixed price to the cent."""

    _inherit = "taller.job"

    service_id = fields.Many2one(
        "taller.service",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        domain="[('fits_vehicle_id', '=', vehicle_id)]",
        help="Fills the job with its text, hours, parts and price when the job is saved.",
    )
    name = fields.Char(compute="_compute_words_of_service", store=True, readonly=False, precompute=True)
    customer_text = fields.Text(
        string="For the Customer",
        compute="_compute_words_of_service",
        store=True,
        readonly=False,
        precompute=True,
        help="What is done and what it is good for, as the customer reads it on the estimate.",
    )
    technician_notes = fields.Text(
        string="For the Mechanic",
        compute="_compute_words_of_service",
        store=True,
        readonly=False,
        precompute=True,
        help="How it is done. The customer doesn't see this.",
    )

    @api.depends("service_id")
    def _compute_words_of_service(self):
        for job in self:
            service = job.service_id
            job.name = service.name or job.name
            job.customer_text = service.customer_text or job.customer_text
            job.technician_notes = service.technician_notes or job.technician_notes

    @api.model_create_multi
    def create(self, vals_list):
        services = self.env["taller.service"].browse(
            {vals.get("service_id") for vals in vals_list} - {None, False}
        )
        services.check_access("read")
        fillings = {service.id: service._get_job_values() for service in services}
        is_filled = [bool(vals.get("service_id") and "line_ids" not in vals) for vals in vals_list]
        jobs = super().create([{**fillings.get(vals.get("service_id"), {}), **vals} for vals in vals_list])
        filled = self.browse(job.id for job, is_it in zip(jobs, is_filled, strict=True) if is_it)
        filled._apply_fixed_price()
        return jobs

    def write(self, vals):
        if "service_id" not in vals or "line_ids" in vals:
            return super().write(vals)
        changed = self.filtered(lambda job: job.service_id.id != vals["service_id"])
        self.env["taller.service"].browse(vals["service_id"] or []).check_access("read")
        result = super().write(vals)
        if vals["service_id"]:
            changed._fill_lines()
        return result

    def _fill_lines(self):
        """Replace labour and parts of these jobs by those of their services."""
        self.line_ids.unlink()
        self.env["sale.order.line"].create(
            [
                {
                    **line._get_sale_line_values(),
                    "order_id": job.sudo().sale_order_id.id,
                    "taller_job_id": job.id,
                }
                for job in self
                for line in job.service_id.line_ids
            ]
        )
        self.invalidate_recordset(["line_ids"])
        self._apply_fixed_price()

    def _apply_fixed_price(self):
        """Let the lines of each job whose service has a fixed price cost exactly that, taxes included."""
        for job in self.sudo():
            service = job.service_id
            if service.price_mode == "fixed":
                lines = job.line_ids
                price = service.currency_id._convert(
                    service.fixed_price, lines.currency_id, job.company_id, fields.Date.context_today(job)
                )
                lines._spread_taller_price(price)
