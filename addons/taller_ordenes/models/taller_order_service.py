from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

USAGE_DAYS = 365  # how far back the most used services are counted


class TallerOrder(models.Model):
    """Canned services on an order: what fits the vehicle, at which price, and adding them."""

    _inherit = "taller.order"

    def get_service_offers(self):
        """What reception can add to this order with one tap, the most used first, then the most particular.

        :return: dicts with `id`, `name`, `text` (for the customer), `hours`, `price` (taxes included, for this
            customer, today), `currency_id`, `is_fixed` (whether the price is), `times` (how often in the last year)
        """
        self.ensure_one()
        self.check_access("write")
        services = self._get_fitting_services()
        estimate = self._get_estimate_or_draft()
        currency = estimate.currency_id
        prices = self._get_service_prices(services, estimate)
        times = self._get_service_usage(services)
        return [
            {
                "id": service.id,
                "name": service.name,
                "text": service.customer_text or "",
                "hours": service.hours,
                "price": prices[service],
                "currency_id": currency.id,
                "is_fixed": service.price_mode == "fixed",
                "times": times.get(service, 0),
            }
            for service in services.sorted(lambda service: -times.get(service, 0))
        ]

    def add_services(self, service_ids):
        """Reception or supervisor add these canned services to the order: a new job each, filled.

        :param list service_ids: ids of `taller.service`, in the order in which the jobs shall be
        :return: ids of the jobs
        :raise UserError: none is chosen, one isn't for this vehicle or not offered any more
        """
        self.ensure_one()
        self.check_access("write")
        services = self.env["taller.service"].browse(dict.fromkeys(service_ids)).exists()
        if not services:
            raise UserError(self.env._("Choose the services to add."))
        services.check_access("read")
        if unfit := services - self._get_fitting_services():
            raise UserError(
                self.env._(
                    "These services aren't offered for %(vehicle)s: %(services)s.",
                    vehicle=self.vehicle_id.display_name,
                    services=", ".join(unfit.mapped("name")),
                )
            )
        return self._add_services(services).ids

    def _add_services(self, services):
        """A new job, filled, for each of the services on each of these orders, in the services' order.

        Open to whoever may add jobs, which `taller.job` checks; a constant number of queries.

        :return: the jobs, on the orders' open rounds
        :raise UserError: an order that is finished
        """
        return self.env["taller.job"].create(
            [{"order_id": order.id, "service_id": service.id} for order in self for service in services]
        )

    def _get_fitting_services(self):
        """The services of the order's shop that are for its vehicle, the most particular first."""
        self.ensure_one()
        services = self.env["taller.service"].search(
            [("company_id", "in", [False, self.company_id.id]), ("shop_ids", "in", [False, self.shop_id.id])]
        )
        return services._filter_fitting(self.vehicle_id)

    def _get_service_usage(self, services):
        """{service: in how many jobs it was chosen lately}, in the shops the user works in."""
        since = fields.Date.context_today(self) - timedelta(days=USAGE_DAYS)
        groups = self.env["taller.job"]._read_group(
            [("service_id", "in", services.ids), ("create_date", ">=", since)], ["service_id"], ["__count"]
        )
        return dict(groups)

    def _get_estimate_or_draft(self):
        """The open round or, where there is none, what it would be; as superuser."""
        order = self.sudo()
        return order.estimate_id or self.env["sale.order"].sudo().new(order._get_estimate_values())

    def _get_service_prices(self, services, estimate):
        """{service: what it costs this customer today, taxes included, in the estimate's currency}.

        As the lines of an estimate are priced, but all of them at once: a constant number of queries, but one
        more for each quantity that occurs where price lists are in use.
        """
        self.ensure_one()
        fixed = services.filtered(lambda service: service.price_mode == "fixed")
        today = fields.Date.context_today(self)
        return {
            **(services - fixed).sudo().line_ids._get_service_totals(estimate),
            **{
                service: service.currency_id._convert(
                    service.fixed_price, estimate.currency_id, self.company_id, today
                )
                for service in fixed
            },
        }
