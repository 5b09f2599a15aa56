from lxml import etree

from odoo import api, models

# Prices under another guise than an amount: what a price is with its taxes, in words.
PRICE_TEXTS = {"price", "price_discounted", "tax_string"}
PRICE_MODELS = {"product.pricelist.item", "product.supplierinfo"}


class TallerPriceGuard(models.AbstractModel):
    """Prices of purchase and sale that mechanics don't see, by whatever way they ask.

    The ORM asks `_has_field_access` before it reads, exports, groups, sorts or searches by a field, so what is
    refused there can't be guessed with a domain either. A price is known by its type, precision or name, so the
    prices that other add-ons put on these models are guarded too. Suppliers' prices and the rules of price
    lists have record rules besides.
    """

    _name = "taller.price.guard"
    _description = "Prices kept from mechanics"

    @api.model
    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        return self.env.su or not self._is_price(field) or self.env.user._sees_prices()

    @api.model
    def _is_price(self, field):
        field = field.base_field  # what a variant inherits of its product looks poorer
        return (
            field.type == "monetary"
            or (field.type == "float" and self._has_price_digits(field))
            or field.name in PRICE_TEXTS
        )

    @api.model
    def _has_price_digits(self, field):
        return (
            "Product Price" in (field._digits, field._min_display_digits)
            or "price" in field.name
            or "cost" in field.name
        )

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """Core's screens, without the fields that the user can't read."""
        result = super().get_view(view_id, view_type, **options)
        if self.env.user._sees_prices():
            return result
        tree = etree.fromstring(result["arch"])
        for node in tree.xpath("//field[@name][not(ancestor::field)]"):
            field = self._fields[node.get("name")]
            if self._is_price(field) or field.comodel_name in PRICE_MODELS:
                for label in tree.xpath(f"//label[@for='{field.name}']"):
                    label.getparent().remove(label)
                node.getparent().remove(node)
        models_of_view = {
            name: tuple(
                field_name
                for field_name in names
                if name != self._name or not self._is_price(self._fields[field_name])
            )
            for name, names in result["models"].items()
        }
        return {**result, "arch": etree.tostring(tree, encoding="unicode"), "models": models_of_view}
