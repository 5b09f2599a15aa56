from odoo import models


class TallerOrder(models.Model):
    """What the order's printed documents say, as plain data; the templates only lay it out."""

    _inherit = "taller.order"

    def _get_document_lang(self):
        """The customer's language, whoever prints."""
        self.ensure_one()
        order = self.sudo()
        return order.partner_id.lang or order.company_id.partner_id.lang or self.env.lang

    def _get_service_report(self, for_customer=False):
        """Everything that was found and done on the visit; no prices, so that mechanics may print it.

        The caller has checked that the reader may see the order: what is read here, labour and parts among it,
        is read as superuser. Other add-ons extend it by `super()`.

        :param bool for_customer: without hours and names of mechanics, with the photos meant for the customer
        :return: dict with `jobs`, `declined` (jobs), `findings` and `quality` (checks, with photos),
            `photos` (those of no job and no finding) and `hours` [(mechanic, hours)]
        """
        self.ensure_one()
        order = self.sudo()
        all_photos, all_jobs = order.photo_ids, order.job_ids
        # A subset forgets what is to be read in one go with the other orders' unless it is told.
        photos = all_photos.filtered(lambda photo: not for_customer or photo.shown_to_customer)
        photos = photos.with_prefetch(all_photos._prefetch_ids)
        jobs = all_jobs.filtered(lambda job: job.state in ("approved", "in_progress", "done"))
        jobs = jobs.with_prefetch(all_jobs._prefetch_ids)
        findings = order._get_inspection_findings(ratings=None)
        quality = order._get_inspection_findings(ratings=None, kind="quality")
        told = set()
        for finding in findings + quality:
            ids = set(finding["photo_ids"])
            finding["photos"] = photos.filtered(lambda photo, ids=ids: photo.id in ids)
            told |= ids
        untold = photos.filtered(lambda photo: photo.id not in told).with_prefetch(photos._prefetch_ids)
        return {
            "jobs": [job._get_service_report(untold, for_customer) for job in jobs],
            "declined": all_jobs.filtered(lambda job: job.state == "declined"),
            "findings": findings,
            "quality": quality,
            "photos": untold.filtered(lambda photo: photo.job_id not in jobs),
            "hours": [] if for_customer else jobs._get_hours_by_mechanic(),
        }
