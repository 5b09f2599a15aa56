"""Spread one price over several lines, so that the document's total is that price to the cent.

Plain Python, without Odoo. Amounts are whole numbers of the currency's smallest unit (cents).

What a document totals isn't always the sum of what its lines were meant to cost: where taxes are added and
rounded line by line, no net price gives a total of 0.05 at 12 %. So the split is measured and, where it misses,
some cents wander between the lines until it fits.
"""

REACH = 8  # cents that may wander; the totals that no net price gives lie further apart than this together


def split(total, weights):
    """`total` in whole parts proportional to `weights`, which add up to it; equal parts if all weigh nothing.

    >>> split(100, [1, 1, 1])
    [34, 33, 33]
    """
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [total * weight / whole for weight in weights]
    parts = [int(share // 1) for share in shares]
    # The largest remainders get what is left, the first of equals first.
    by_remainder = sorted(range(len(parts)), key=lambda number: parts[number] - shares[number])
    left = total - sum(parts)
    for turn in range(left):
        parts[by_remainder[turn % len(parts)]] += 1
    return parts


def find_parts(total, weights, measure):
    """Parts near the proportional ones for which the document totals `total`.

    :param measure: function of a list of parts that returns what the document totals with them
    :return: the parts, or None where no parts nearby do
    """
    parts = split(total, weights)
    for candidate in _get_variations(parts):
        if measure(candidate) == total:
            return candidate
    return None


def _get_variations(parts):
    """The parts, then the parts with a few cents more or less on one, then with cents moved between two."""
    yield parts
    largest_first = sorted(range(len(parts)), key=lambda number: -parts[number])
    steps = [sign * size for size in range(1, REACH + 1) for sign in (1, -1)]
    for step in steps:
        for number in largest_first:
            yield _shift(parts, {number: step})
    largest, *others = largest_first
    for step in steps:
        for difference in (0, 1, -1):
            for number in others:
                yield _shift(parts, {largest: -step + difference, number: step})


def _shift(parts, shifts):
    return [part + shifts.get(number, 0) for number, part in enumerate(parts)]
