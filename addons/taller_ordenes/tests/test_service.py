import psycopg2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.taller_base.tests.common import ROLES

from .common import OrderCommon


class ServiceCommon(OrderCommon):
    """Two services for every vehicle: brakes priced by their lines, an oil service at a fixed price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["taller.service"].search([]).active = False
        cls.oil = cls.env["product.product"].create(
            {"name": "Oil", "type": "consu", "list_price": 265, "invoice_policy": "order"}
        )
        cls.brake_service = cls._make_service("Front brakes", hours=2.0, parts={cls.pads: 1})
        cls.oil_service = cls._make_service("Oil service", hours=1.0, parts={cls.oil: 1}, fixed_price=399.99)

    @classmethod
    def _make_service(cls, name, hours=1.0, parts=None, conditions=(), fixed_price=None, **values):
        lines = [{"kind": "labour", "quantity": hours}] if hours else []
        lines += [{"product_id": product.id, "quantity": count} for product, count in (parts or {}).items()]
        if fixed_price is not None:
            values.update(price_mode="fixed", fixed_price=fixed_price)
        return cls.env["taller.service"].create(
            {
                "name": name,
                "line_ids": [Command.create(line) for line in lines],
                "condition_ids": [Command.create(condition) for condition in conditions],
                **values,
            }
        )

    @classmethod
    def _use_tax(cls, included, method="round_per_line", rate=12.0):
        """Labour and parts carry this tax from now on."""
        cls.company.tax_calculation_rounding_method = method
        tax = cls.env["account.tax"].create(
            {
                "name": f"Test tax {cls.env['account.tax'].search_count([])}",
                "amount": rate,
                "type_tax_use": "sale",
                "price_include_override": "tax_included" if included else "tax_excluded",
            }
        )
        (cls.labour | cls.pads | cls.oil).taxes_id = tax
        return tax


@tagged("post_install", "-at_install")
class TestService(ServiceCommon):
    def test_a_service_fills_a_job(self):
        self.brake_service.write({"customer_text": "New pads.", "technician_notes": "Torque 110 Nm."})
        order = self._receive()
        job = order._add_services(self.brake_service)
        self.assertEqual((job.name, job.state), ("Front brakes", "proposed"))
        self.assertEqual((job.customer_text, job.technician_notes), ("New pads.", "Torque 110 Nm."))
        self.assertEqual(job.planned_hours, 2)
        self.assertEqual(job.line_ids.product_id, self.labour | self.pads)
        self.assertEqual(job.line_ids.mapped("price_unit"), [175, 420])
        self.assertEqual(job.sale_order_id, order.estimate_id)
        self.assertEqual(order.state, "estimating")

    def test_choosing_a_service_on_a_job_fills_it(self):
        order = self._receive()
        job = order.env["taller.job"].create({"order_id": order.id, "service_id": self.brake_service.id})
        self.assertEqual(job.name, "Front brakes")
        job.service_id = self.oil_service
        self.assertEqual(job.name, "Oil service")
        self.assertEqual(job.line_ids.product_id, self.labour | self.oil)
        self.assertAlmostEqual(job.amount_total, 399.99, 2)

    def test_what_the_adviser_wrote_wins(self):
        order = self._receive()
        job = order.env["taller.job"].create(
            {
                "order_id": order.id,
                "service_id": self.brake_service.id,
                "name": "Rear brakes",
                "line_ids": [Command.create({"product_id": self.pads.id, "product_uom_qty": 2})],
            }
        )
        self.assertEqual(job.name, "Rear brakes")
        self.assertEqual(job.line_ids.mapped("product_uom_qty"), [2])

    def test_a_decided_job_is_not_filled_again(self):
        order = self._receive()
        job = order._add_services(self.brake_service)
        order.action_send_estimate()
        self._decide(order.estimate_id)
        with self.assertRaises(UserError):
            job.service_id = self.oil_service

    def test_changing_the_service_changes_no_job(self):
        job = self._receive()._add_services(self.brake_service)
        self.brake_service.name = "Another name"
        self.brake_service.line_ids.unlink()
        self.assertEqual(job.name, "Front brakes")
        self.assertEqual(len(job.line_ids), 2)

    def test_ten_services_cost_as_many_queries_as_one(self):
        services = self.env["taller.service"].union(
            *(
                self._make_service(f"Service {n}", parts={self.oil: n + 1}, fixed_price=500 + n)
                for n in range(10)
            )
        )
        counts = []
        for some in (services, services[:2], services):  # the first time for the caches
            order = self._receive()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order._add_services(some)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_the_customer_reads_the_text_of_the_service(self):
        self.brake_service.customer_text = "New pads, discs measured."
        order = self._receive()
        order._add_services(self.brake_service)
        content = order.estimate_id.sudo()._get_taller_content()
        self.assertEqual(content["jobs"][0]["text"], "New pads, discs measured.")


@tagged("post_install", "-at_install")
class TestFixedPrice(ServiceCommon):
    def test_the_customer_pays_the_fixed_price_to_the_cent(self):
        order = self._receive()
        order._add_services(self.oil_service | self.brake_service)
        job = order.job_ids.filtered(lambda job: job.service_id == self.oil_service)
        self.assertAlmostEqual(job.amount_total, 399.99, 2)
        self.assertFalse(any(job.line_ids.mapped("discount")))

    def test_a_total_that_no_single_line_gives(self):
        self._use_tax(included=False)
        service = self._make_service("Wash", hours=2.0, fixed_price=0.05)
        job = self._receive()._add_services(service)
        self.assertAlmostEqual(job.amount_total, 0.05, 2)
        self.assertEqual(job.planned_hours, 2)

    def test_lines_without_a_list_price_share_it_too(self):
        self.labour.list_price = self.oil.list_price = 0
        order = self._receive()
        order._add_services(self.oil_service)
        self.assertAlmostEqual(order.estimate_id.amount_total, 399.99, 2)

    def test_it_may_be_free(self):
        self.oil_service.fixed_price = 0
        order = self._receive()
        order._add_services(self.oil_service)
        self.assertEqual(order.estimate_id.amount_total, 0)

    def test_estimate_totals_the_fixed_prices(self):
        """Whatever the taxes and the way of rounding: what was promised is what the estimate says."""
        order = self._receive()
        fixed = self._make_service("Fixed", hours=1.5, parts={self.pads: 3, self.oil: 1}, fixed_price=1)
        single = self._make_service("Single", hours=0.7, fixed_price=1)

        @settings(
            max_examples=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(
            st.booleans(),
            st.sampled_from(["round_per_line", "round_globally"]),
            st.sampled_from([0.0, 5.0, 12.0, 21.0]),
            st.integers(1, 2_000_000),
            st.integers(1, 500_000),
        )
        def totals(included, method, rate, first, second):
            self._use_tax(included, method, rate)
            fixed.fixed_price, single.fixed_price = first / 100, second / 100
            jobs = order._add_services(fixed | single)
            for job, cents in zip(jobs, (first, second), strict=True):
                self.assertEqual(round(job.amount_total * 100), cents)
            self.assertEqual(round(order.estimate_id.amount_total * 100), first + second)
            jobs.unlink()

        with self.env.cr.savepoint() as savepoint:
            totals()
            savepoint.rollback()

    def test_it_is_spread_in_proportion(self):
        self._use_tax(included=True)
        order = self._receive()
        job = order._add_services(
            self._make_service("Cheap", hours=2.0, parts={self.pads: 1}, fixed_price=385)
        )
        self.assertEqual(job.line_ids.mapped("price_total"), [175, 210])

    def test_it_needs_lines(self):
        with self.assertRaises(ValidationError):
            self._make_service("Nothing", hours=0, fixed_price=10)
        with self.assertRaises(ValidationError):
            self.oil_service.line_ids = [Command.clear()]

    @mute_logger("odoo.sql_db")
    def test_it_is_not_negative(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
            self.oil_service.fixed_price = -1
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestServiceForVehicles(ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.toyota, cls.mazda = cls.env["fleet.vehicle.model.brand"].create(
            [{"name": "Toyota test"}, {"name": "Mazda test"}]
        )
        cls.hilux = cls.env["fleet.vehicle.model"].create(
            {"name": "Hilux", "brand_id": cls.toyota.id, "default_fuel_type": "diesel"}
        )
        cls.vehicle.write(
            {
                "model_id": cls.hilux.id,
                "model_year": "2017",
                "equipment_kind": "pickup",
                "fuel_type": "diesel",
            }
        )

    def _fitting(self, vehicle=None):
        vehicle = vehicle or self.vehicle
        return self.env["taller.service"].search([])._filter_fitting(vehicle)

    def test_services_for_other_vehicles_are_not_offered(self):
        self._make_service("Timing belt", conditions=[{"brand_id": self.mazda.id}])
        self._make_service("500 h service", conditions=[{"equipment_kind": "machinery"}])
        self.assertEqual(self._fitting(), self.brake_service | self.oil_service)

    def test_the_most_particular_comes_first(self):
        of_make = self._make_service("Oil Toyota", conditions=[{"brand_id": self.toyota.id}])
        of_model = self._make_service(
            "Oil Hilux", conditions=[{"model_id": self.hilux.id, "year_from": 2016, "fuel_type": "diesel"}]
        )
        self.assertEqual(self._fitting()[:2].ids, [of_model.id, of_make.id])

    def test_search_finds_only_fitting_ones_by_words_too(self):
        of_make = self._make_service("Oil Toyota", conditions=[{"brand_id": self.toyota.id}])
        self._make_service("Oil Mazda", conditions=[{"brand_id": self.mazda.id}])
        services = self.as_role("reception", "taller.service")
        found = services.name_search("oil", [("fits_vehicle_id", "=", self.vehicle.id)])
        self.assertCountEqual([id_ for id_, _name in found], (of_make | self.oil_service).ids)

    def test_of_an_unknown_vehicle_only_services_for_all_are_offered(self):
        self._make_service("Oil Toyota", conditions=[{"brand_id": self.toyota.id}])
        stranger = self._make_vehicle("P-321BBB", self.customer)
        self.assertEqual(self._fitting(stranger), self.brake_service | self.oil_service)

    def test_hundred_services_are_matched_in_as_many_queries_as_ten(self):
        counts = []
        for number in (10, 90):
            for n in range(number):
                self._make_service(f"S {number} {n}", conditions=[{"year_from": 2000 + n % 9}])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._fitting()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_conditions_that_say_nothing_or_nonsense_are_refused(self):
        for condition in (
            {},
            {"year_from": 2020, "year_to": 2010},
            {"year_from": 17},
            {"brand_id": self.mazda.id, "model_id": self.hilux.id},
        ):
            with self.assertRaises(ValidationError, msg=condition):
                self._make_service("Nonsense", conditions=[condition])

    def test_labour_is_counted_in_hours(self):
        with self.assertRaises(ValidationError):
            self._make_service("Bad", hours=0).line_ids = [
                Command.create({"kind": "labour", "product_id": self.pads.id, "quantity": 1})
            ]


@tagged("post_install", "-at_install")
class TestServiceOffers(ServiceCommon):
    def test_offers_say_what_the_job_will_cost(self):
        self._use_tax(included=False)
        order = self._receive()
        offers = {offer["id"]: offer for offer in order.get_service_offers()}
        self.assertEqual(offers[self.brake_service.id]["hours"], 2)
        self.assertEqual(offers[self.oil_service.id]["price"], 399.99)
        for job in order._add_services(self.brake_service | self.oil_service):
            self.assertAlmostEqual(job.amount_total, offers[job.service_id.id]["price"], 2)

    def test_the_customers_price_list_counts(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Fleet",
                "item_ids": [
                    Command.create(
                        {"compute_price": "percentage", "percent_price": 10, "applied_on": "3_global"}
                    )
                ],
            }
        )
        self.env.ref("base.group_user")._apply_group(self.env.ref("product.group_product_pricelist"))
        self.customer.property_product_pricelist = pricelist
        order = self._receive()
        offers = {offer["id"]: offer["price"] for offer in order.get_service_offers()}
        self.assertAlmostEqual(offers[self.brake_service.id], (350 + 420) * 0.9, 2)
        job = order._add_services(self.brake_service)
        self.assertAlmostEqual(job.amount_total, offers[self.brake_service.id], 2)

    def test_the_most_used_comes_first(self):
        order = self._receive()
        order._add_services(self.oil_service | self.oil_service | self.brake_service)
        order._add_services(self.oil_service)
        offers = order.get_service_offers()
        self.assertEqual([offer["id"] for offer in offers], [self.oil_service.id, self.brake_service.id])
        self.assertEqual([offer["times"] for offer in offers], [2, 1])

    def test_hundred_offers_cost_as_many_queries_as_ten(self):
        order = self._receive()
        counts = []
        for number in (10, 1, 90):
            for n in range(number):
                self._make_service(f"S {number} {n}", parts={self.oil: 1, self.pads: 2})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order.get_service_offers()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_adding_what_was_chosen(self):
        order = self._receive()
        job_ids = order.add_services([self.oil_service.id, self.brake_service.id, self.oil_service.id])
        jobs = self.env["taller.job"].browse(job_ids)
        self.assertEqual(jobs.service_id, self.oil_service | self.brake_service)

    def test_what_cannot_be_added(self):
        order = self._receive()
        unfit = self._make_service("500 h", conditions=[{"equipment_kind": "machinery"}])
        archived = self._make_service("Old", active=False)
        foreign = self._make_service("Foreign", company_id=self.foreign_company.id)
        self.env.invalidate_all()
        for ids in ([], [unfit.id], [archived.id], [foreign.id], [self.oil_service.id, unfit.id], [2**30]):
            with self.assertRaises(UserError, msg=ids):
                order.add_services(ids)
        self.assertFalse(order.job_ids)
        order.action_cancel("Gone")
        with self.assertRaises(UserError):
            order.add_services([self.oil_service.id])

    def test_reception_sees_offers_and_others_do_not(self):
        order = self._receive()
        for role in ("mechanic", "parts", "manager", "accounting"):
            for call in (
                lambda order: order.get_service_offers(),
                lambda order: order.add_services([self.oil_service.id]),
            ):
                with self.assertRaises(AccessError, msg=role):
                    call(self.as_role(role, order))
        with self.assertRaises(AccessError):
            order.with_user(self.portal_user).get_service_offers()
        self.assertTrue(self.as_role("supervisor", order).get_service_offers())


@tagged("post_install", "-at_install")
class TestServiceAccess(ServiceCommon):
    def test_administrators_keep_the_catalogue_and_nobody_else(self):
        for role in set(ROLES) - {"administrator"}:
            services = self.as_role(role, "taller.service")
            with self.assertRaises(AccessError, msg=role):
                services.create({"name": "Mine"})
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.oil_service).write({"name": "Mine"})
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, self.oil_service.line_ids[:1]).write({"quantity": 9})
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, "taller.service.condition").create(
                    {"service_id": self.oil_service.id, "equipment_kind": "car"}
                )
        self.as_role("administrator", self.oil_service).write({"name": "Ours"})

    def test_mechanics_and_parts_room_read_no_prices(self):
        for role in ("mechanic", "parts"):
            service = self.as_role(role, self.oil_service)
            self.assertEqual(service.hours, 1)
            for name in ("fixed_price", "price_mode"):
                with self.assertRaises(AccessError, msg=(role, name)):
                    service.read([name])

    def test_customers_see_no_services(self):
        for model in ("taller.service", "taller.service.line", "taller.service.condition"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.portal_user).search([])

    def test_reception_adds_services_and_others_do_not(self):
        order = self._receive()
        for role in ("mechanic", "parts", "manager", "accounting"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(role, order)._add_services(self.oil_service)
        for role in ("reception", "supervisor", "administrator"):
            self.assertTrue(self.as_role(role, order)._add_services(self.oil_service), role)

    def test_services_of_other_shops_and_companies(self):
        elsewhere = self._make_service("Elsewhere", shop_ids=[Command.set(self.other_shop.ids)])
        foreign = self._make_service("Foreign", company_id=self.foreign_company.id)
        order = self._receive()
        for service in (elsewhere, foreign):
            self.assertNotIn(service, self.as_role("reception", "taller.service").search([]))
            with self.assertRaises(UserError):
                order._add_services(service)
        here = self._make_service("Everywhere", company_id=False)
        self.assertTrue(order._add_services(here))
