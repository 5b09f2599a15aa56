from odoo import api, fields, models
from odoo.exceptions import AccessError

# In the order in which a vehicle passes them.
TILES = ("inspection", "estimate", "customer", "mechanic", "parts", "work", "quality", "pickup")


class TallerOrder(models.Model):
    """The work queue: for each desk, what lies there, how much of it is late, and what lies there longest."""

    _inherit = "taller.order"

    @api.model
    @api.readonly
    def get_queue(self):
        """The tiles of the work queue, for the shops that the user sees. Staff only.

        :return: `shops`, those with open orders as `{id, name}`; and `tiles`, in the order of the work:
            `{key, label, shops}`, where `shops` has per shop id `{count, late, age, since}`: orders, late ones
            among them, how long the oldest has been waiting in words, and since when
        """
        if not self.env.user.has_group("taller_base.taller_base_group_staff"):
            raise AccessError(self.env._("The work queue is the workshop's staff's."))
        now = fields.Datetime.now()
        groups = self._read_group(
            [("waiting_for", "!=", False)],
            ["waiting_for", "shop_id"],
            ["__count", "waiting_since:min", "promised_at:array_agg"],
        )
        by_tile = {key: {} for key in TILES}
        shops = self.env["taller.shop"]
        for waiting_for, shop, count, since, promises in groups:
            shops |= shop
            late = sum(1 for promised in promises if promised and promised <= now)
            by_tile[waiting_for][shop.id] = {
                "count": count,
                # A vehicle that is ready isn't late any more, whenever it is fetched.
                "late": 0 if waiting_for == "pickup" else late,
                "since": fields.Datetime.to_string(since) or "",
                "age": self._say_age(since, now),
            }
        labels = dict(self._fields["waiting_for"]._description_selection(self.env))
        return {
            "shops": [{"id": shop.id, "name": shop.name} for shop in shops.sorted()],
            "tiles": [{"key": key, "label": labels[key], "shops": by_tile[key]} for key in TILES],
        }

    @api.model
    def _say_age(self, since, now):
        """How long ago that was, in the largest unit that fits."""
        if not since:
            return ""
        minutes = max(int((now - since).total_seconds() // 60), 0)
        if minutes < 60:
            return self.env._("%(minutes)s min", minutes=minutes)
        if minutes < 48 * 60:
            return self.env._("%(hours)s h", hours=minutes // 60)
        return self.env._("%(days)s days", days=minutes // (24 * 60))
