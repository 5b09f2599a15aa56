import base64
import io
import uuid

from PIL import Image

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.taller_base.tests.common import TallerCommon

# One transparent pixel.
SIGNATURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def make_picture(size=(64, 48), image_format="JPEG", colour="navy", **options):
    """A picture file, base64, as a browser sends it."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, image_format, **options)
    return base64.b64encode(file.getvalue()).decode()


class OrderCommon(TallerCommon):
    """A customer with a car, products, two mechanics, and steps that bring an order to a state."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.lang = "en_US"
        cls.company.partner_id.lang = "en_US"
        cls.customer = cls.env["res.partner"].create(
            {"name": "Ana Lucía Cifuentes", "email": "ana@example.com", "lang": "en_US"}
        )
        cls.portal_user.partner_id.write({"name": "Other Customer", "email": "other@example.com"})
        cls.vehicle = cls._make_vehicle("P-814KTR", cls.customer)
        cls.labour = cls.env.ref("taller_ordenes.product_labour")
        cls.labour.list_price = 175
        cls.pads = cls.env["product.product"].create(
            {"name": "Brake pads", "type": "consu", "list_price": 420, "invoice_policy": "order"}
        )
        cls.second_mechanic = new_test_user(
            cls.env,
            login="test_mechanic2",
            name="Second Mechanic",
            groups="taller_base.taller_base_group_mechanic",
            shop_ids=[Command.link(cls.shop.id)],
            shop_id=cls.shop.id,
        )
        cls.mechanic, cls.mechanic2 = cls.env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "company_id": cls.company.id}
                for user in (cls.users["mechanic"], cls.second_mechanic)
            ]
        )

    @classmethod
    def _make_vehicle(cls, plate, owner, **values):
        return cls.env["fleet.vehicle"].create(
            {"license_plate": plate, "ownership": "customer", "owner_id": owner.id, **values}
        )

    @classmethod
    def _receive(cls, role="reception", **values):
        """A car has been received by the role's test user."""
        return cls.as_role(role, "taller.order").create(
            {"vehicle_id": cls.vehicle.id, "concern": "It squeals when braking.", **values}
        )

    @classmethod
    def _propose(cls, order, name="Front brakes", hours=2.0, pads=1.0, **values):
        """A job with labour and parts on the order's estimate."""
        lines = [Command.create({"product_id": cls.labour.id, "product_uom_qty": hours})]
        if pads:
            lines.append(Command.create({"product_id": cls.pads.id, "product_uom_qty": pads}))
        return order.env["taller.job"].create(
            {
                "order_id": order.id,
                "name": name,
                "mechanic_ids": [Command.set(cls.mechanic.ids)],
                "line_ids": lines,
                **values,
            }
        )

    @classmethod
    def _decide(cls, estimate, accepted=None, reason="Not now", name="Ana Lucía Cifuentes", **device):
        """The customer accepts these jobs of the estimate (all by default) and declines the others."""
        estimate = estimate.sudo()
        accepted = estimate.taller_job_ids if accepted is None else accepted
        decisions = {
            job.id: (job in accepted.sudo(), "" if job in accepted.sudo() else reason)
            for job in estimate.taller_job_ids
        }
        return cls.env["taller.approval"]._decide(
            estimate, decisions, estimate._get_taller_hash(), name, SIGNATURE, device
        )

    @classmethod
    def _approved_order(cls, **values):
        """An order with one approved job, ready to be worked on."""
        order = cls._receive(**values)
        job = cls._propose(order)
        order.action_send_estimate()
        cls._decide(order.estimate_id)
        return order, job

    @classmethod
    def _finished_order(cls, **values):
        """An order whose one job is done and which waits for its customer."""
        order, job = cls._approved_order(**values)
        job.with_user(cls.users["mechanic"]).action_start()
        job.with_user(cls.users["mechanic"]).action_finish()
        order.action_ready()
        return order, job

    @classmethod
    def _make_template(cls, **values):
        """A short list for a car: two conditions, a measurement, a choice, a text; the text is optional."""
        pads = {"worse": "lower", "green_from": 5, "amber_from": 3, "unit": "mm"}
        oil = [{"name": "Full", "rating": "green"}, {"name": "Empty", "rating": "red"}]
        items = [
            {"name": "Lights", "display_type": "line_section"},
            {"name": "Headlights"},
            {"name": "Wipers"},
            {"name": "Brakes", "display_type": "line_section"},
            {"name": "Pads, front", "code": "pads_front", "item_type": "measurement", **pads},
            {"name": "Oil", "item_type": "choice", "choice_ids": [Command.create(choice) for choice in oil]},
            {"name": "Remarks", "item_type": "text", "is_required": False},
        ]
        lines = [Command.create({"sequence": number, **item}) for number, item in enumerate(items)]
        return cls.env["taller.inspection.template"].create(
            {"name": "Short", "sequence": -1, "line_ids": lines, **values}
        )

    @classmethod
    def _inspect(cls, order, template=None):
        """An inspection of the order has been started."""
        return order._start_inspection(template or cls._make_template())

    @classmethod
    def _answer(cls, inspection, **answers):
        """Answer the items of these codes: a colour, or a dict; the results of the server."""
        lines = {line.code: line for line in inspection.line_ids}
        return inspection.save_answers(
            [
                {
                    "line": lines[code].id,
                    "uid": str(uuid.uuid4()),
                    "base": lines[code].revision,
                    **(answer if isinstance(answer, dict) else {"rating": answer}),
                }
                for code, answer in answers.items()
            ]
        )

    @classmethod
    def _answer_all(cls, inspection, pads=8.0):
        """Everything is good, the pads as measured."""
        lines = {line.code: line for line in inspection.line_ids}
        return cls._answer(
            inspection,
            headlights="green",
            wipers="green",
            pads_front={"value": pads},
            oil={"choice": lines["oil"].choices[0]["key"]},
        )

    @classmethod
    def _take_photo(cls, subject, role="reception", **values):
        """The role's test user takes a photo on the order or job."""
        name = {"taller.order": "order_id", "taller.job": "job_id"}[subject._name]
        return cls.as_role(role, "taller.photo").create({name: subject.id, "image": make_picture(), **values})

    @classmethod
    def _state_via_rpc(cls, user, record, values):
        """What a client does that writes fields itself, with whatever context it likes."""
        return record.with_user(user).with_context(tracking_disable=True, su=True).write(values)

    def _signature_bytes(self):
        return base64.b64decode(SIGNATURE)
