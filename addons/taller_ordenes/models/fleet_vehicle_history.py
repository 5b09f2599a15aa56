from odoo import models
from odoo.tools import format_date, formatLang

from ..tools.timeline import Entry, newest_first


class FleetVehicle(models.Model):
    """Everything that is known of a vehicle or machine, as one timeline for screen, paper and portal."""

    _inherit = "fleet.vehicle"

    def get_history(self):
        """The vehicle's timeline, for the staff by their rights, for a customer as far as it is theirs to see.

        :return: title, facts, kinds and entries; see `taller.history`
        :raise AccessError: the vehicle is out of the user's reach
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if user.share:
            vehicle = self.sudo()
            entries = vehicle._get_history(user.partner_id)
        else:
            vehicle = self
            entries = self._get_history()
        visits = [entry for entry in entries if entry.kind == "visit"]
        facts = [
            (self.env._("Owner"), vehicle.owner_id.display_name or "–"),
            (self.env._("Visits"), str(len(visits))),
        ]
        if vehicle.odometer:
            facts.append((self.env._("Last reading"), vehicle._format_reading(vehicle.odometer)))
        if visits:
            facts.append((self.env._("Last visit"), format_date(self.env, visits[0].day)))
        return self.env["taller.history"]._as_answer(
            vehicle.display_name, facts, entries, report="taller_ordenes.fleet_vehicle_history_report"
        )

    def _get_history(self, partner=None):
        """The timeline of one vehicle, the newest first.

        :param res.partner partner: the customer who looks, with `self` as superuser; nothing that happened
            before they may look back to, nor anything about other owners.
        """
        self.ensure_one()
        start = self._get_history_start(partner) if partner else None
        if start is False:
            return []
        return newest_first(
            entry for entry in self._get_history_entries(partner) if not start or entry.day >= start
        )

    def _get_history_entries(self, partner=None):
        """All entries of one vehicle, in any order. Other add-ons extend this with their own.

        The number of queries must not depend on the number of entries.

        :param res.partner partner: the customer who looks; what happened before they may look back to is left
            out afterwards. Without, a member of the staff by their own rights.
        """
        orders = self._get_history_orders(partner)
        return [
            *orders._get_history_entries(partner),
            *self._get_history_readings(orders),
            *self._get_history_owners(partner),
        ]

    def _get_history_orders(self, partner=None):
        """The visits that the viewer may know of, the newest first."""
        orders = self.env["taller.order"].search(
            [("vehicle_id", "=", self.id)], order="received_at desc, id desc"
        )
        if not partner:
            return orders
        return orders.browse(order.id for order in orders if self._is_visible_visit(order, partner))

    def _is_visible_visit(self, order, partner):
        """Whether a customer may know of the visit: all of them, or those since the vehicle became theirs.

        Of the day on which it passed on, the earlier owners' visits are not the new owner's.
        """
        start = self._get_history_start(partner)
        if not start:
            return start is None
        before = self.ownership_ids.filtered("date_end").owner_id.commercial_partner_id
        others = before - partner.commercial_partner_id
        return order._get_received_day() >= start and order.partner_id.commercial_partner_id not in others

    def _get_history_readings(self, orders):
        """Readings of the meter, except those that the visits tell anyway."""
        told = set(orders.mapped("odometer_in"))
        return [
            Entry(
                "reading",
                self._format_reading(reading.value),
                status=self.env._("Reading"),
                text=reading.reason or "",
                day=reading.date,
                order=reading.id,
            )
            for reading in self.env["fleet.vehicle.odometer"].search([("vehicle_id", "=", self.id)])
            if reading.date and reading.value not in told
        ]

    def _get_history_owners(self, partner=None):
        """Transfers; a customer is told of the day the vehicle became theirs only."""
        ownerships = self.sudo().ownership_ids.filtered("date_start")
        if partner:
            ownerships = ownerships.filtered(
                lambda row: row.owner_id.commercial_partner_id == partner.commercial_partner_id
            )
        return [
            Entry(
                "owner",
                row.owner_id.display_name,
                status=self.env._("New owner"),
                day=row.date_start,
                order=row.id,
            )
            for row in ownerships
        ]

    def _format_reading(self, value):
        """A reading of this vehicle's meter with its unit: kilometres whole, hours with one decimal."""
        self.ensure_one()
        is_hours = self.odometer_unit == "hours"
        unit = dict(self._fields["odometer_unit"]._description_selection(self.env))[
            self.odometer_unit or "kilometers"
        ]
        return f"{formatLang(self.env, value, digits=1 if is_hours else 0)} {unit}"
