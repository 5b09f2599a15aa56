from odoo import models


class TallerOrder(models.Model):
    """Canned services on an order."""

    _inherit = "taller.order"

    def _add_services(self, services):
        """A new job, filled, for each of the services on each of these orders, in the services' order.

        Open to whoever may add jobs, which `taller.job` checks; a constant number of queries.

        :return: the jobs, on the orders' open rounds
        :raise UserError: an order that is finished
        """
        return self.env["taller.job"].create(
            [{"order_id": order.id, "service_id": service.id} for order in self for service in services]
        )
