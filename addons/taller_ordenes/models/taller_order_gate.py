from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.gate import Gap, Gate, describe_gaps

# The step that comes next from each state, if it has gates.
NEXT_STEP = {"in_progress": "ready", "ready": "delivered"}


class TallerOrder(models.Model):
    """What must be so before an order is ready, and before it is delivered.

    Each condition is one `Gate` in `_get_gates`, which other add-ons extend; most are switched on by a
    company's setting. Those that aren't met are listed on the order before its button is pressed, and
    named in the refusal if it is pressed all the same.
    """

    _inherit = "taller.order"

    gate_list = fields.Json(
        string="Checklist",
        compute="_compute_gate_list",
        groups="base.group_user",
        help="What must be so before the next step: label, whether it is, what is missing, where to do it.",
    )

    @api.depends("state", "job_ids.state")
    @api.depends_context("lang", "uid")
    def _compute_gate_list(self):
        for state, orders in self.grouped("state").items():
            gaps = orders._origin._find_gaps(NEXT_STEP.get(state))
            for order in orders:
                order.gate_list = [
                    {
                        "name": gate.name,
                        "label": gate.label,
                        "met": not gap,
                        "message": gap.message if gap else "",
                        "action": gap.action if gap else None,
                    }
                    for gate, gap in gaps.get(order._origin, ())
                ]

    @api.model
    def _get_gates(self):
        """The registry of all gates, in the order in which they are shown."""
        return [
            Gate("jobs", "ready", self.env._("All approved jobs are finished"), "_find_unfinished_jobs"),
            Gate(
                "decided", "ready", self.env._("The customer has decided on all jobs"), "_find_undecided_jobs"
            ),
            Gate(
                "mechanics",
                "ready",
                self.env._("Each job has a mechanic"),
                "_find_jobs_without_mechanic",
                "taller_gate_mechanics",
            ),
            Gate(
                "correction",
                "ready",
                self.env._("What was done is written down"),
                "_find_jobs_without_correction",
                "taller_gate_correction",
            ),
            Gate(
                "clocks",
                "ready",
                self.env._("All clocks are stopped"),
                "_find_running_clocks",
                "taller_gate_clocks",
            ),
            Gate(
                "quality",
                "ready",
                self.env._("The quality check is passed"),
                "_find_unchecked_jobs",
                "taller_gate_quality",
            ),
            Gate(
                "odometer",
                "delivered",
                self.env._("The reading at delivery is taken"),
                "_find_without_odometer_out",
                "taller_gate_odometer",
            ),
            Gate(
                "replaced_parts",
                "delivered",
                self.env._("What becomes of the replaced parts is written down"),
                "_find_replaced_parts_open",
                "taller_gate_replaced_parts",
            ),
            Gate(
                "signature",
                "delivered",
                self.env._("Who picks the vehicle up has signed"),
                "_find_unsigned",
                "taller_gate_signature",
            ),
            Gate(
                "evidence",
                "delivered",
                self.env._("The approval of each job is on record"),
                "_find_jobs_without_evidence",
                "taller_gate_evidence",
            ),
            Gate(
                "invoiced",
                "delivered",
                self.env._("The invoice is made"),
                "_find_not_invoiced",
                "taller_gate_invoiced",
            ),
            Gate("paid", "delivered", self.env._("The invoice is paid"), "_find_unpaid", "taller_gate_paid"),
        ]

    def _find_gaps(self, step):
        """{order: [(gate, `Gap` or None)]} of the gates before the step that apply to each order."""
        found = {order: [] for order in self}
        for gate in self._get_gates():
            if gate.step != step:
                continue
            asked = self.filtered(
                lambda order: not gate.setting or order.company_id.sudo()[gate.setting]  # noqa: B023
            )
            gaps = getattr(asked.sudo(), gate.find)() if asked else {}
            for order in asked:
                found[order].append((gate, gaps.get(order)))
        return found

    def _check_gates(self, step):
        """Raise UserError, one sentence per order, unless the orders meet all gates before the step."""
        refusals = []
        for order, gates in self._find_gaps(step).items():
            if gaps := [gap for _gate, gap in gates if gap]:
                refusals.append(order._refuse_step(step, describe_gaps(gaps)))
        if refusals:
            raise UserError("\n".join(refusals))

    def _refuse_step(self, step, gaps):
        self.ensure_one()
        if step == "ready":
            return self.env._("%(order)s isn't ready: %(gaps)s.", order=self.name, gaps=gaps)
        return self.env._("%(order)s can't be delivered yet: %(gaps)s.", order=self.name, gaps=gaps)

    def _find_unfinished_jobs(self):
        return self._find_jobs(
            lambda job: job.state in ("approved", "in_progress"),
            lambda names: self.env._("these jobs aren't finished yet: %(jobs)s", jobs=names),
        )

    def _find_undecided_jobs(self):
        return self._find_jobs(
            lambda job: job.state == "proposed",
            lambda names: self.env._(
                "the customer hasn't decided on these jobs yet: %(jobs)s (send the estimate, or delete them)",
                jobs=names,
            ),
        )

    def _find_jobs_without_mechanic(self):
        return self._find_jobs(
            lambda job: job._is_worked() and not job.is_external and not job.mechanic_ids,
            lambda names: self.env._("these jobs have no mechanic: %(jobs)s", jobs=names),
        )

    def _find_jobs_without_correction(self):
        return self._find_jobs(
            lambda job: job._is_worked() and not (job.correction or "").strip(),
            lambda names: self.env._("what was done isn't written down for: %(jobs)s", jobs=names),
        )

    def _find_unchecked_jobs(self):
        gaps = self._find_jobs(
            lambda job: job.state == "done" and not job.quality_check_id,
            lambda names: self.env._("the quality check isn't passed yet for: %(jobs)s", jobs=names),
        )
        return {order: order._get_quality_gap(gap) for order, gap in gaps.items()}

    def _get_quality_gap(self, gap):
        if self.quality_failed_id:
            return Gap(
                self.env._("the quality check has failed: send the jobs back that it concerns"),
                self._get_return_action(),
            )
        # Opened by the order's own method, which starts the check.
        return Gap(
            gap.message,
            {"name": self.env._("Quality Check"), "method": "action_start_quality_check"},
        )

    def _find_running_clocks(self):
        running = self.env["taller.job.time"].search(
            [("job_id.order_id", "in", self.ids), ("stop", "=", False)]
        )
        return {
            order: Gap(
                self.env._(
                    "these mechanics are still on the clock: %(mechanics)s",
                    mechanics=", ".join(times.employee_id.mapped("name")),
                ),
                self._get_jobs_action(times.job_id),
            )
            for order, times in running.grouped(lambda time: time.job_id.order_id).items()
        }

    def _find_jobs_without_evidence(self):
        accepted = self.env["taller.approval.line"].search(
            [("job_id", "in", self.job_ids.ids), ("is_accepted", "=", True)]
        )
        return self._find_jobs(
            lambda job: job._is_worked() and not job.warranty_of_id and job not in accepted.job_id,
            lambda names: self.env._("there is no evidence of the approval of: %(jobs)s", jobs=names),
        )

    def _find_without_odometer_out(self):
        return self._find_lacking_delivery(
            "odometer", self.env._("the reading at delivery is missing: enter it with the delivery")
        )

    def _find_unsigned(self):
        return self._find_lacking_delivery(
            "signature", self.env._("the signature is missing: who picks the vehicle up signs the delivery")
        )

    def _find_lacking_delivery(self, field, message):
        """{order: Gap} of the orders whose delivery note doesn't have the field, or isn't there yet."""
        noted = self.env["taller.delivery"].search([("order_id", "in", self.ids), (field, "!=", False)])
        return {order: Gap(message, order._get_delivery_action_for_user()) for order in self - noted.order_id}

    def _find_replaced_parts_open(self):
        gaps = self._find_jobs(
            lambda job: job.state == "done" and not job.replaced_parts,
            lambda names: self.env._("say what becomes of the parts replaced in: %(jobs)s", jobs=names),
        )
        return {order: Gap(gap.message, order._get_delivery_action_for_user()) for order, gap in gaps.items()}

    def _get_delivery_action_for_user(self):
        is_reception = self.env.user.has_group("taller_base.taller_base_group_reception")
        return self._get_delivery_action() if is_reception else None

    def _find_not_invoiced(self):
        return {
            order: Gap(self.env._("accounting hasn't made the invoice yet"), order._get_let_go_action())
            for order in self._get_unsettled({"none"})
        }

    def _find_unpaid(self):
        return {
            order: Gap(self.env._("the invoice isn't paid yet"), order._get_let_go_action())
            for order in self._get_unsettled({"none", "invoiced", "partial"})
        }

    def _get_unsettled(self, payment_states):
        """The orders with something to pay whose payment is in one of these states, but for those let go."""
        return self.filtered(lambda order: order.payment_state in payment_states and not order.unpaid_reason)

    def _find_jobs(self, is_lacking, describe):
        """{order: Gap} of the orders with jobs that lack something.

        :param is_lacking: whether a job does
        :param describe: says it of names of jobs, separated by commas
        """
        lacking = self.job_ids.filtered(is_lacking)
        return {
            order: Gap(describe(", ".join(jobs.mapped("name"))), self._get_jobs_action(jobs))
            for order, jobs in lacking.grouped("order_id").items()
        }

    def _get_jobs_action(self, jobs):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Jobs"),
            "res_model": "taller.job",
            "views": [[False, "list"], [False, "form"]],
            "domain": [["id", "in", jobs.ids]],
        }
        if len(jobs) == 1:
            action.update(views=[[False, "form"]], res_id=jobs.id)
        return action
