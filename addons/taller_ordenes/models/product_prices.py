from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "taller.price.guard"]


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "taller.price.guard"]


class ProductAttributeValue(models.Model):
    _name = "product.attribute.value"
    _inherit = ["product.attribute.value", "taller.price.guard"]


class ProductTemplateAttributeValue(models.Model):
    _name = "product.template.attribute.value"
    _inherit = ["product.template.attribute.value", "taller.price.guard"]


class ProductCombo(models.Model):
    _name = "product.combo"
    _inherit = ["product.combo", "taller.price.guard"]


class ProductComboItem(models.Model):
    _name = "product.combo.item"
    _inherit = ["product.combo.item", "taller.price.guard"]


class ProductPricelistItem(models.Model):
    _name = "product.pricelist.item"
    _inherit = ["product.pricelist.item", "taller.price.guard"]


class ProductSupplierinfo(models.Model):
    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo", "taller.price.guard"]
