"""What a mechanic has seen of a job, compared with what it says now."""


def compare(seen, now):
    """What has changed, in the order in which a mechanic wants to know it.

    Both are dicts with `name`, `concern`, `promised` (a date and time in UTC, as text) and `lines`, a list of
    [quantity, unit's id, text].

    :return: list of (what, old, new); what is a key of the dicts, "added" or "removed"
    """
    changes = [
        (key, seen.get(key), now.get(key)) for key in ("promised", "name") if seen.get(key) != now.get(key)
    ]
    old_lines, new_lines = ([tuple(line) for line in content.get("lines", ())] for content in (seen, now))
    changes += [("added", None, line) for line in _without(new_lines, old_lines)]
    changes += [("removed", line, None) for line in _without(old_lines, new_lines)]
    if seen.get("concern") != now.get("concern"):
        changes.append(("concern", seen.get("concern"), now.get("concern")))
    return changes


def _without(lines, others):
    """The lines that aren't among the others; of two equal lines one may be."""
    rest = list(others)
    result = []
    for line in lines:
        if line in rest:
            rest.remove(line)
        else:
            result.append(line)
    return result
