"""What an order waits for, from a few facts about it and its jobs."""

from typing import NamedTuple

OPEN_JOB_STATES = ("approved", "in_progress")


class JobFacts(NamedTuple):
    """What decides whether work on a job can go on.

    :param state: the job's state
    :param lacks_parts: nobody can go on before parts come
    :param is_offered: of a proposed job: the customer has been sent its price
    """

    state: str
    lacks_parts: bool = False
    is_offered: bool = False


def get_waiting_for(state, jobs, needs_inspection=False):
    """The desk that has the next step of an order: the tile of the work queue in which it lies.

    Of several, the one that keeps the vehicle from going on: as long as somebody can work on a job, the
    order doesn't wait for the parts of another one, nor for the customer's word on extra work.

    :param state: the order's state
    :param jobs: the `JobFacts` of its jobs
    :param needs_inspection: somebody has still to look at the vehicle
    :return: a value of `taller.order.waiting_for`, False for a closed order
    """
    if state in ("received", "estimating"):
        return "inspection" if needs_inspection else "estimate"
    if state == "waiting":
        return "customer"
    if state == "in_progress":
        return _get_waiting_work(jobs)
    return "pickup" if state == "ready" else False


def _get_waiting_work(jobs):
    work = [job for job in jobs if job.state in OPEN_JOB_STATES]
    possible = [job for job in work if not job.lacks_parts]
    if any(job.state == "in_progress" for job in possible):
        return "work"
    if possible:
        return "mechanic"
    if work:
        return "parts"
    undecided = [job for job in jobs if job.state == "proposed"]
    if undecided:
        return "customer" if all(job.is_offered for job in undecided) else "estimate"
    return "quality"
