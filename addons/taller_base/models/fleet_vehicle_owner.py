from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date


class FleetVehicle(models.Model):
    """Whose vehicle it is, and whose it was."""

    _inherit = "fleet.vehicle"

    owner_id = fields.Many2one(
        "res.partner",
        string="Owner",
        index="btree_not_null",
        tracking=True,
        copy=False,
        ondelete="restrict",
        help="The customer the vehicle belongs to. Once set, it changes by a transfer only.",
    )
    owner_phone = fields.Char(compute="_compute_owner_contact", string="Owner's Phone")
    owner_whatsapp_url = fields.Char(compute="_compute_owner_contact")
    ownership_ids = fields.One2many("taller.vehicle.ownership", "vehicle_id", string="Owners")

    @api.depends("owner_id.phone", "owner_id.phone_sanitized")
    def _compute_owner_contact(self):
        readable = self.owner_id._filtered_access("read")
        for vehicle in self:
            owner = vehicle.owner_id & readable
            number = owner.phone_sanitized
            vehicle.owner_phone = owner.phone
            vehicle.owner_whatsapp_url = f"https://wa.me/{number.lstrip('+')}" if number else False

    @api.model_create_multi
    def create(self, vals_list):
        vehicles = super().create(vals_list)
        vehicles.owner_id.check_access("read")  # nobody learns of a stranger by naming them as owner
        vehicles._record_first_owner()
        return vehicles

    def write(self, vals):
        if "owner_id" in vals:
            self._check_owner_change(vals["owner_id"])
        if "ownership" in vals:
            self._check_fleet_change(vals["ownership"])
        result = super().write(vals)
        if vals.get("owner_id"):
            self.owner_id.check_access("read")
            self._record_first_owner()
        return result

    def action_transfer(self):
        """Open the transfer to another owner."""
        self.ensure_one()
        self.check_access("write")
        return self.env["ir.actions.act_window"]._for_xml_id("taller_base.taller_vehicle_transfer_action")

    def _transfer(self, new_owner, date, with_history=False):
        """Pass the vehicle to a new owner.

        :param date: the first day of the new owner.
        :param with_history: whether the new owner may see the services done before.
        :raise AccessError: the user's role may not change the vehicle.
        :raise UserError: same owner, a future date, or one before the present owner's first day.
        """
        self.ensure_one()
        self.check_access("write")
        present = self._get_open_ownership()
        if new_owner == self.owner_id:
            raise UserError(
                self.env._("The vehicle belongs to %(owner)s already.", owner=new_owner.display_name)
            )
        if date > fields.Date.context_today(self):
            raise UserError(self.env._("A transfer is recorded on its day or later, not in advance."))
        if present.date_start and date < present.date_start:
            raise UserError(
                self.env._(
                    "%(owner)s has had the vehicle since %(date)s only: choose that day or a later one.",
                    owner=present.owner_id.display_name,
                    date=format_date(self.env, present.date_start),
                )
            )
        present.date_end = date
        present.flush_recordset()
        self.env["taller.vehicle.ownership"].sudo().create(
            {
                "vehicle_id": self.id,
                "owner_id": new_owner.id,
                "date_start": date,
                "with_history": with_history,
                "transferred_by_id": self.env.uid,
            }
        )
        self.owner_id = new_owner

    def _get_history_start(self, partner):
        """The day from which the partner may see the services of this vehicle.

        :return: a date; None when all of them may be seen; False when none, as it is not the partner's.
        """
        self.ensure_one()
        ownership = self._get_open_ownership()
        if ownership.owner_id.commercial_partner_id != partner.commercial_partner_id:
            return False
        return None if ownership.with_history else ownership.date_start or None

    def _check_owner_change(self, owner_id):
        """Only a transfer, which has entered the new owner in the history by now, replaces an owner."""
        for vehicle in self.filtered("owner_id"):
            if vehicle.owner_id.id != owner_id and vehicle._get_open_ownership().owner_id.id != owner_id:
                raise UserError(
                    self.env._(
                        "%(vehicle)s belongs to %(owner)s. To change the owner, use Transfer on the vehicle.",
                        vehicle=vehicle.display_name,
                        owner=vehicle.owner_id.display_name,
                    )
                )

    def _check_fleet_change(self, ownership):
        """Record rules look at what was before: nobody moves a vehicle to where they could not see it."""
        if any(vehicle.ownership != ownership for vehicle in self) and not self.env.user.has_group(
            "taller_base.taller_base_group_administrator"
        ):
            raise AccessError(
                self.env._(
                    "Only an administrator may move a vehicle between the customers' and the own fleet."
                )
            )

    def _get_open_ownership(self):
        self.ensure_one()
        return self.sudo().ownership_ids.filtered(lambda ownership: not ownership.date_end)

    def _record_first_owner(self):
        owned = self.sudo().filtered("owner_id")
        known = (
            self.env["taller.vehicle.ownership"]
            .sudo()
            ._read_group([("vehicle_id", "in", owned.ids), ("date_end", "=", False)], ["vehicle_id"])
        )
        known_ids = {vehicle.id for (vehicle,) in known}
        self.env["taller.vehicle.ownership"].sudo().create(
            [
                {
                    "vehicle_id": vehicle.id,
                    "owner_id": vehicle.owner_id.id,
                    "transferred_by_id": self.env.uid,
                }
                for vehicle in owned
                if vehicle.id not in known_ids
            ]
        )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The thread may speak of owners before: a customer reads only what was sent to them, or by them."""
        if message_operation == "read" and self.env.user.share:
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)
