"""Who should do a job: mechanics in the order in which a supervisor would ask them."""

from typing import NamedTuple


class Candidate(NamedTuple):
    """A mechanic as seen by one job.

    :param fits: has the specialty that the job needs, if it needs one
    :param is_in: has checked in and not out
    :param is_absent: has no working hours today although the shop has
    :param booked: hours left on the jobs assigned already
    :param free: working hours until the job's promised time, less those booked; negative: overbooked
    """

    key: int
    name: str
    fits: bool
    is_in: bool
    is_absent: bool
    booked: float
    free: float


def rank(candidates, hours):
    """The best first: who knows the work, is there, and has the time for it; among equals, the least booked.

    :param hours: what is left of the job
    """
    return sorted(
        candidates,
        key=lambda candidate: (
            not candidate.fits,
            candidate.is_absent,
            candidate.free < hours,
            not candidate.is_in,
            candidate.booked,
            candidate.name,
            candidate.key,
        ),
    )
