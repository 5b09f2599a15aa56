"""The bench runs and reports; what it measures is not judged here."""

from contextlib import contextmanager

from bench import flows, harness, lists

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestBench(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(user=cls.env.ref("base.user_admin").id)
        cls.ids = flows.prepare(cls.env)

    @contextmanager
    def environment(self):
        """Undone afterwards, and nothing known from before."""
        savepoint = self.env.cr.savepoint(flush=False)
        self.env.invalidate_all()
        yield self.env
        self.env.invalidate_all(flush=False)
        savepoint.close(rollback=True)

    def test_flows_are_compared_step_by_step(self):
        comparison = harness.compare(
            ("plain", "ours"),
            (flows.plain_flow(self.ids), flows.our_flow(self.ids)),
            self.environment,
            pairs=2,
            warm_up=0,
        )
        result = comparison.as_dict()
        self.assertEqual(result["pairs"], 2)
        for step in ("estimate", "decide", harness.DOCUMENT, "invoice", "pay", "flush"):
            plain, ours = result["steps"][step]
            self.assertGreater(plain["queries"], 0, step)
            self.assertGreater(ours["queries"], 0, step)
        self.assertIsNone(result["steps"]["work"][0], "plain sales know no work")
        self.assertGreater(result["ratio"], 0)
        self.assertIn("median of 2 pairs", comparison.report())

    def test_lists_and_batches_count_queries(self):
        with self.environment() as env:
            created = lists.create_batches(env, self.ids)
            opened = lists.open_lists(env)
        self.assertIn("fleet.vehicle", opened)
        self.assertTrue(all(cost.queries for cost in opened.values()), opened)
        for model in ("fleet.vehicle", "taller.order"):
            self.assertGreater(created[f"100 × {model}"].queries, 0, model)

    def test_an_inner_step_does_not_count_for_the_outer(self):
        run = harness.Run(self.env.cr)
        with run.step("outer"):
            self.env.cr.execute("SELECT 1")
            with run.step("inner"):
                self.env.cr.execute("SELECT 1")
                self.env.cr.execute("SELECT 1")
            self.env.cr.execute("SELECT 1")
        self.assertEqual({name: cost.queries for name, cost in run.steps.items()}, {"outer": 2, "inner": 2})
        self.assertEqual(run.total(without=("inner",)).queries, 2)
