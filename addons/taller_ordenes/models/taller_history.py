from odoo import models

from ..tools.timeline import as_data, count_kinds


class TallerHistory(models.AbstractModel):
    """What the timelines of vehicles, customers and mechanics have in common.

    Each of these models has a method `get_history`, which checks who asks; the entries come from hooks that
    other add-ons extend: `fleet.vehicle._get_history_entries`, `taller.order._get_history_lines` and
    `taller.job._get_history_lines`.
    """

    _name = "taller.history"
    _description = "History as a Timeline"

    def _get_kind_labels(self):
        return {
            "visit": self.env._("Visits"),
            "done": self.env._("Done"),
            "open": self.env._("Open"),
            "declined": self.env._("Declined"),
            "comeback": self.env._("Comebacks"),
            "inspection": self.env._("Inspections"),
            "finding": self.env._("Findings"),
            "warranty": self.env._("Warranty"),
            "reading": self.env._("Readings"),
            "owner": self.env._("Owners"),
        }

    def _as_answer(self, title, facts, entries, **more):
        """What `get_history` answers.

        :param facts: (label, text) pairs
        :return: dict with `title`, `facts`, `kinds` (those that occur: kind, label, count) and `entries`
        """
        labels = self._get_kind_labels()
        return {
            "title": title,
            "facts": [{"label": label, "value": value} for label, value in facts],
            "kinds": [
                {"kind": kind, "label": labels[kind], "count": count} for kind, count in count_kinds(entries)
            ],
            "entries": as_data(entries),
            **more,
        }
