"""Who may do what, compared with the table in roles.txt."""

import inspect

import roles

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.taller_ordenes.tests.common import SIGNATURE, OrderCommon

OPERATIONS = {"r": "read", "c": "create", "w": "write", "u": "unlink"}


def is_ours(module_name):
    return module_name.startswith("odoo.addons.taller_")


class Undo(Exception):
    """What was done to see whether it may be done is taken back."""


@tagged("post_install", "-at_install")
class TestRoleMatrix(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = roles.read()
        cls.people = {
            **cls.users,
            "portal": cls.portal_user,
            "public": cls.env.ref("base.public_user"),
        }
        cls.models = sorted(
            name
            for name, model in cls.env.registry.models.items()
            if not model._abstract and any(is_ours(base.__module__) for base in model.__mro__)
        )

    def compare(self, actual, expected, what):
        """Fail with the lines that are to be put into, or taken out of, the table."""
        too_few = [f"+ {line}" for line in sorted(actual - expected)]
        too_many = [f"- {line}" for line in sorted(expected - actual)]
        if too_few or too_many:
            self.fail(f"{what} differ from tests/roles.txt:\n" + "\n".join(too_few + too_many))

    def test_records(self):
        """Each role may read, create, write and delete what the table says, of every model of ours."""
        labels = {model: label for model, (label, _cells) in self.table["records"].items()}
        self.compare(
            {
                self.record_line(model, labels.get(model, "?"), self.actual_letters(model))
                for model in self.models
            },
            {
                self.record_line(model, label, cells)
                for model, (label, cells) in self.table["records"].items()
            },
            "Access rights",
        )

    def actual_letters(self, model):
        return {
            role: "".join(
                letter
                for letter, operation in OPERATIONS.items()
                if self.env[model].with_user(user).has_access(operation)
            )
            or "-"
            for role, user in self.people.items()
        }

    def record_line(self, model, label, cells):
        return f"{model:32} | {label:32} | " + " ".join(f"{cells[role]:4}" for role in roles.ROLES).rstrip()

    def test_public_methods(self):
        """Every method that a client can call on a model of ours is in the table."""
        self.compare(self.public_methods(), set(self.table["methods"]), "Public methods")

    def public_methods(self):
        """Methods that our add-ons add: not private, and not known to core under the same name."""
        found = set()
        for name, model in self.env.registry.models.items():
            ours = [base for base in model.__mro__ if is_ours(base.__module__)]
            others = [base for base in model.__mro__ if not is_ours(base.__module__) and base.__module__]
            for base in ours:
                for method, function in vars(base).items():
                    if (
                        not method.startswith("_")
                        and callable(getattr(base, method))
                        and inspect.isroutine(getattr(base, method))
                        and not getattr(function, "_api_private", False)
                        and not any(method in vars(other) for other in others)
                    ):
                        found.add(f"{name}.{method}")
        return found

    def test_methods_let_in_whom_the_table_says(self):
        """On records of the roles' own shop, a method refuses the roles it isn't given to, and only them.

        A role that is let in may still be told that the record isn't in the right state.
        """
        records_of = self.make_records()
        for key, (_label, allowed) in self.table["methods"].items():
            model, method = key.rsplit(".", 1)
            records = records_of.get(model) or self.env[model].search([], limit=1)
            if self.needs_arguments(model, method) or (self.env[model]._transient and not records):
                continue
            for role in self.people:
                with self.subTest(method=key, role=role):
                    self.assertEqual(self.is_let_in(role, records, method), role in allowed)

    def make_records(self):
        """Records that every role's own shop has, by model."""
        order, job = self._finished_order()
        self.mechanic.shop_id = self.shop
        self.env.flush_all()
        asked = self._receive()
        inspection = self._inspect(asked)
        self._propose(asked)
        question = self.env["taller.question"]._ask(
            asked.sudo().estimate_id, False, "call", phone="5555 1234"
        )
        receipt, _is_new = asked.sudo()._sign_receipt("Ana Lucía Cifuentes", SIGNATURE)
        delivered, _job = self._finished_order(vehicle_id=self._make_vehicle("P-909RML", self.customer).id)
        delivered._deliver({"picked_up_by": "Ana Lucía Cifuentes"}, {})
        return {
            "fleet.vehicle": self.vehicle,
            "hr.employee": self.mechanic,
            "hr.employee.public": self.env["hr.employee.public"].browse(self.mechanic.id),
            "res.partner": self.customer,
            "sale.order": order.sudo().estimate_id,
            "taller.approval": order.sudo().approval_ids,
            "taller.delivery": delivered.sudo().delivery_ids,
            "taller.inspection": inspection,
            "taller.inspection.line": inspection.line_ids,
            "taller.question": question,
            "taller.job": job,
            "taller.mechanic.load": self.env["taller.mechanic.load"].browse(self.mechanic.id),
            "taller.order": order,
            "taller.receipt": receipt,
            "taller.privacy.request": self.env["taller.privacy.request"].create(
                {"partner_id": self.customer.id, "kind": "correction"}
            ),
        }

    def is_let_in(self, role, records, method):
        """Whether the role's user gets past the check of access when calling the method from a client."""
        arguments = [] if self.is_model_method(records._name, method) else [records.ids]
        self.env.invalidate_all()
        try:
            with mute_logger("odoo.models", "odoo.addons.base"), self.env.cr.savepoint():
                call_kw(self.env[records._name].with_user(self.people[role]), method, arguments, {})
                raise Undo
        except AccessError:
            return False
        except (UserError, Undo):
            return True

    def needs_arguments(self, model, method):
        parameters = list(inspect.signature(getattr(self.env.registry[model], method)).parameters.values())
        return any(parameter.default is parameter.empty for parameter in parameters[1:])

    def is_model_method(self, model, method):
        return getattr(getattr(self.env.registry[model], method), "_api_model", False)

    def test_portal_fields(self):
        """Of the fields we add, a customer or a visitor can read those in the table, on records they see."""
        actual = set()
        for model in self.models:
            for role in ("portal", "public"):
                records = self.env[model].with_user(self.people[role])
                if records.has_access("read"):
                    actual |= {
                        f"{model}.{name} {role}"
                        for name, field in records._fields.items()
                        if self.is_our_field(records, name) and records._has_field_access(field, "read")
                    }
        expected = {
            f"{model}.{name} {role}"
            for key, names in self.table["portal"].items()
            for model, role in [key.split()]
            for name in names
        }
        self.compare(actual, expected, "Fields that people outside can read")

    def is_our_field(self, model, name):
        field = model._fields[name]
        return name not in models.MAGIC_COLUMNS and (field._module or "").startswith("taller_")

    def test_our_records_have_a_company_rule(self):
        """A model of ours with a company has a rule for everybody that looks at the company."""
        without = []
        for name in self.models:
            model = self.env[name]
            if not (name.startswith("taller.") and model._auto and not model._transient):
                continue
            if "company_id" not in model._fields:
                continue
            rules = self.env["ir.rule"].search([("model_id.model", "=", name), ("groups", "=", False)])
            if not any("company" in (rule.domain_force or "") for rule in rules):
                without.append(name)
        self.assertFalse(without, "Models without a global company rule")

    def test_the_manual_has_the_same_table(self):
        self.assertEqual(
            roles.PAGE.read_text(encoding="utf-8"),
            roles.page(),
            "docs/manual/roles.md is not in step: run `python3 tests/roles.py`.",
        )
