from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .taller_order import CLOSED_STATES

RECEPTION = "taller_base.taller_base_group_reception"
# As many as fit on a phone's screen.
FOUND, VISITS = 8, 5


class FleetVehicle(models.Model):
    """What the reception wants to know of a vehicle that stands at the gate."""

    _inherit = "fleet.vehicle"

    @api.model
    @api.readonly
    def find_at_reception(self, text):
        """Customers' vehicles by plate in any spelling, chassis number, make and model, owner or telephone.

        :return: list of dicts of what tells one vehicle from the other; empty if nothing is typed
        """
        self._check_reception()
        text = (text or "").strip()
        if not text:
            return []
        vehicles = self.search(
            Domain("ownership", "=", "customer") & Domain("display_name", "ilike", text), limit=FOUND
        )
        open_orders = self.env["taller.order"]._read_group(
            [("vehicle_id", "in", vehicles.ids), ("state", "not in", CLOSED_STATES)], ["vehicle_id"]
        )
        inside = {vehicle.id for (vehicle,) in open_orders}
        return [{**vehicle._get_reception_title(), "is_inside": vehicle.id in inside} for vehicle in vehicles]

    @api.readonly
    def get_reception_card(self):
        """The vehicle at the gate: whose it is, what was done, what is open, declined and due.

        :return: dict; dates as strings, in the user's time zone's days
        """
        self._check_reception()
        self.ensure_one()
        self.check_access("read")
        orders = self.env["taller.order"].search([("vehicle_id", "=", self.id)], limit=VISITS + FOUND)
        opened = orders.filtered(lambda order: order.state not in CLOSED_STATES)
        visits = (orders - opened).filtered(lambda order: order.state == "delivered")[:VISITS]
        return {
            **self._get_reception_title(),
            "kind": dict(self._fields["equipment_kind"]._description_selection(self.env))[
                self.equipment_kind
            ],
            "odometer": self.odometer,
            "odometer_unit": dict(self._fields["odometer_unit"]._description_selection(self.env)).get(
                self.odometer_unit, ""
            ),
            "odometer_date": fields.Date.to_string(self.odometer_date) if self.odometer_date else "",
            "open_orders": [order._get_reception_line() for order in opened],
            "visits": [order._get_reception_line() for order in visits],
            "due": self._get_reception_due(),
        }

    @api.model
    def register_at_reception(self, values):
        """Create a vehicle that comes for the first time, with its owner, both or neither.

        :param dict values: `plate`, `vin`, `kind` and `make` (free text) of the vehicle; `owner_id` of a customer
            who is known, or `owner_name` and `owner_phone` of a new one; without them the owner is learnt later
        :return: as `get_reception_card`
        :raise UserError: neither plate nor chassis number, or a plate that is taken or none
        """
        self._check_reception()
        owner = self.env["res.partner"]
        if values.get("owner_id"):
            owner = owner.browse(int(values["owner_id"])).exists()
            owner.check_access("read")
        elif name := (values.get("owner_name") or "").strip():
            owner = owner.create({"name": name, "phone": (values.get("owner_phone") or "").strip() or False})
        elif (values.get("owner_phone") or "").strip():
            raise UserError(self.env._("Type the customer's name too."))
        vehicle = self.create(
            {
                "ownership": "customer",
                "license_plate": (values.get("plate") or "").strip() or False,
                "vin_sn": (values.get("vin") or "").strip() or False,
                "equipment_kind": values.get("kind") or "car",
                "model_id": self._get_reception_model(values.get("make")).id,
                "owner_id": owner.id,
            }
        )
        return vehicle.get_reception_card()

    @api.model
    @api.readonly
    def find_customer_at_reception(self, text):
        """Customers by name, telephone or tax id, as [{id, name, phone}], for a vehicle that is new."""
        self._check_reception()
        text = (text or "").strip()
        if not text:
            return []
        partners = self._search_owners(text)[:FOUND]
        return [
            {"id": partner.id, "name": partner.display_name, "phone": partner.phone or ""}
            for partner in partners
        ]

    @api.model
    def _check_reception(self):
        if not self.env.user.has_group(RECEPTION):
            raise AccessError(self.env._("This is the reception's screen."))

    def _get_reception_title(self):
        self.ensure_one()
        return {
            "id": self.id,
            "plate": self.license_plate or self.vin_sn or "",
            "make": self.make_and_model or "",
            "owner": self.owner_id.display_name or "",
            "owner_id": self.owner_id.id,
            "owner_phone": self.owner_phone or "",
        }

    @api.model
    def _get_reception_model(self, make):
        """The model that the words name, e.g. “Toyota Hilux”; the generic one, which creation fills in, if none."""
        words = (make or "").split()
        if not words:
            return self.env["fleet.vehicle.model"]
        found = self.env["fleet.vehicle.model"].search(
            Domain.AND(
                Domain("name", "ilike", word) | Domain("brand_id.name", "ilike", word) for word in words
            ),
            limit=2,
        )
        return found if len(found) == 1 else found.browse()

    def _get_reception_due(self):
        """What to talk about with the customer, see `_get_due_work`, as the client wants it."""
        self.ensure_one()
        return [
            {
                **item,
                "date": fields.Date.to_string(item["date"]) if item["date"] else "",
                "amount": self.env["res.currency"].browse(item["currency_id"]).format(item["amount"])
                if item["amount"]
                else "",
            }
            for item in self._get_due_work()[self]
        ]
