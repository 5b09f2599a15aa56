"""What must be so before an order takes a step. Plain Python, without Odoo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Gate:
    """A condition for a step, as `taller.order._get_gates` lists them.

    :param name: unique among the gates.
    :param step: the state which orders that don't meet it may not enter: `ready` or `delivered`.
    :param label: what is expected, for the checklist.
    :param find: name of the order's method that finds, in a constant number of queries for any number of
        orders, those that don't meet it: {order: `Gap`}.
    :param setting: the field of `res.company` that switches it on; empty: it always holds.
    """

    name: str
    step: str
    label: str
    find: str
    setting: str = ""


@dataclass(frozen=True)
class Gap:
    """Why an order doesn't meet a gate.

    :param message: what is missing and for what, in a few words that fit into a sentence.
    :param action: the client action, as a dict, of the screen on which it is put right; or `name`, and as
        `method` the order's method that returns it.
    """

    message: str
    action: dict | None = None


def describe_gaps(gaps):
    """The messages of these gaps as one clause."""
    return "; ".join(gap.message for gap in gaps)
