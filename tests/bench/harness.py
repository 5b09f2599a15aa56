"""Measure two ways of doing the same work against one another: time and queries, step by step."""

import gc
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

WARM_UP = 2  # pairs that are run and not counted: caches, compiled templates
DOCUMENT = "document"  # the step that renders a PDF, an outside program's time


@dataclass
class Cost:
    """Seconds and queries."""

    seconds: float = 0.0
    queries: int = 0

    def __add__(self, other):
        return Cost(self.seconds + other.seconds, self.queries + other.queries)

    def __sub__(self, other):
        return Cost(self.seconds - other.seconds, self.queries - other.queries)


@dataclass
class Run:
    """One pass through a flow: the cost of each of its steps, in order."""

    cr: object
    steps: dict = field(default_factory=dict)
    inner: Cost = field(default_factory=Cost)

    @contextmanager
    def step(self, name):
        """Add what happens inside to the step of that name; an inner step does not count for the outer."""
        outer, self.inner = self.inner, Cost()
        start = Cost(time.perf_counter(), self.cr.sql_log_count)
        try:
            yield
        finally:
            whole = Cost(time.perf_counter(), self.cr.sql_log_count) - start
            self.steps[name] = self.steps.get(name, Cost()) + whole - self.inner
            self.inner = outer + whole

    def total(self, without=()):
        return sum((cost for name, cost in self.steps.items() if name not in without), Cost())


@dataclass
class Comparison:
    """The runs of two flows, pairwise in time."""

    names: tuple
    pairs: list

    def ratio(self, without=()):
        """The median of second ÷ first, pair by pair: what the machine does meanwhile hits both alike."""
        return median(
            second.total(without).seconds / first.total(without).seconds for first, second in self.pairs
        )

    def steps(self):
        """Medians: `{step: (cost of the first, cost of the second)}`; None for a step that a flow has not."""
        names = dict.fromkeys(name for pair in self.pairs for run in reversed(pair) for name in run.steps)
        return {name: tuple(self._median(side, name) for side in (0, 1)) for name in names}

    def _median(self, side, name):
        costs = [pair[side].steps[name] for pair in self.pairs if name in pair[side].steps]
        return _median_of(costs) if costs else None

    def totals(self, without=()):
        return tuple(_median_of([pair[side].total(without) for pair in self.pairs]) for side in (0, 1))

    def as_dict(self):
        """The whole result as plain data."""
        return {
            "flows": list(self.names),
            "pairs": len(self.pairs),
            "steps": {
                name: [cost and {"ms": cost.seconds * 1000, "queries": cost.queries} for cost in costs]
                for name, costs in self.steps().items()
            },
            "totals": [{"ms": cost.seconds * 1000, "queries": cost.queries} for cost in self.totals()],
            "ratio": self.ratio(),
            "ratio_without_documents": self.ratio(without=(DOCUMENT,)),
        }

    def report(self):
        """The result as a table for people."""
        rows = [("", *self.names), *((name, *costs) for name, costs in self.steps().items())]
        rows += [("all", *self.totals()), ("all but documents", *self.totals(without=(DOCUMENT,)))]
        lines = [f"{row[0]:20}" + "".join(f"{_spell(cell):>24}" for cell in row[1:]) for row in rows]
        lines += [
            "",
            f"{self.names[1]} ÷ {self.names[0]}, median of {len(self.pairs)} pairs: {self.ratio():.3f}; "
            f"without documents {self.ratio(without=(DOCUMENT,)):.3f}",
        ]
        return "\n".join(lines)


def _median_of(costs):
    return Cost(median(cost.seconds for cost in costs), int(median(cost.queries for cost in costs)))


def _spell(cell):
    if cell is None:
        return "-"
    return cell if isinstance(cell, str) else f"{cell.seconds * 1000:8.1f} ms {cell.queries:5} q"


def compare(names, flows, environment, pairs, warm_up=WARM_UP):
    """Run the two flows in turns, the other one first in every second pair.

    `environment` is a context manager that gives a fresh environment and undoes what was done in
    it; a flow is called with that environment and a `Run`.
    """
    results = []
    for number in range(-warm_up, pairs):
        pair = [None, None]
        for side in (0, 1) if number % 2 else (1, 0):
            pair[side] = measure(flows[side], environment)
        if number >= 0:
            results.append(tuple(pair))
    return Comparison(tuple(names), results)


def measure(flow, environment):
    gc.collect()
    with environment() as env:
        run = Run(env.cr)
        flow(env, run)
        return run
