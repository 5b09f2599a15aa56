import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

UID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class TallerInspection(models.Model):
    """Filling an inspection in: answers that come late, twice, or from two people at once."""

    _inherit = "taller.inspection"

    def save_answers(self, answers):
        """Keep the answers of a screen. Mechanics, reception and supervisors of the shop.

        May be repeated with the same answers, by a client that did not learn that they had arrived.

        :param list answers: in the order they were given, of dicts: `line` (id of the item), `uid` (the
            client's own name of this answer), `base` (revision of the item that the client had before
            its eyes) or `after` (uid of the own answer that this one corrects), and the whole answer:
            `rating`, `value`, `choice`, `text`, `note`.
        :return: for each answer, in the same order, a dict with `uid`, `status` and `line` (the item as it
            is now, see `load_screen`). Status: saved; conflict (someone else answered the item in the
            meantime: nothing was written); refused (no possible answer: `message` says why).
        :raise UserError: the inspection is confirmed, or its order closed.
        """
        self.ensure_one()
        self.check_access("read")
        self._lock_answers()
        self._check_may_fill()
        lines = {line.id: line for line in self.sudo().line_ids}
        answers = [answer for answer in answers if isinstance(answer, dict)]
        uids = {line_id: set() for line_id in lines}
        results = []
        # Backwards, to know which answers the same client corrects further on; written in order below.
        for answer in reversed(answers):
            line_id, uid = answer.get("line"), answer.get("uid")
            if not (
                isinstance(line_id, int) and line_id in lines and isinstance(uid, str) and UID.fullmatch(uid)
            ):
                message = self.env._("This item isn't part of the inspection.")
                results.append({"uid": uid, "line": None, "status": "refused", "message": message})
                continue
            results.append({"uid": uid, "line": line_id, "known": {uid, *uids[line_id]}})
            uids[line_id].add(uid)
        results.reverse()
        for answer, result in zip(answers, results, strict=True):
            if result["line"]:
                result.update(self._save_answer(lines[result["line"]], answer, result.pop("known")))
        if any(result["status"] == "saved" for result in results):
            self._touch()
        answered = self.env["taller.inspection.line"].browse(
            {result["line"] for result in results if result["line"]}
        )
        shown = {values["id"]: values for values in answered.sudo()._get_screen_values()}
        return [{**result, "line": shown.get(result["line"])} for result in results]

    def _save_answer(self, line, answer, known):
        """Write one answer unless it, or one that corrects it (`known`: their uids), has been written."""
        if line.answer_uid in known:
            return {"status": "saved"}
        is_own = line.answer_uid and line.answer_uid == answer.get("after")
        if not is_own and line.revision != answer.get("base"):
            return {"status": "conflict"}
        try:
            values = line._get_answer_values(answer)
        except UserError as error:
            return {"status": "refused", "message": str(error)}
        line.write(
            {
                **values,
                "answered_at": fields.Datetime.now(),
                "answered_by_id": self.env.uid,
                "answer_uid": answer["uid"],
                "revision": line.revision + 1,
            }
        )
        return {"status": "saved"}

    def action_confirm(self):
        """Confirm the inspections: from now on nobody can change them. Who may fill them in may confirm.

        :raise UserError: naming the items that are unchecked or miss their photo.
        """
        self.check_access("read")
        self._lock_answers()
        self._check_may_fill()
        self._check_may_confirm()
        for inspection in self.sudo():
            begun = {} if inspection.started_at else self._get_start_values()
            inspection.write(
                {"state": "done", "done_at": fields.Datetime.now(), "done_by_id": self.env.uid, **begun}
            )
        self._on_confirmed()
        return True

    def _touch(self):
        """Something of these inspections changes: they have begun, and who confirms one at the same moment
        has to look again, because the database refuses to overwrite what changed since they looked."""
        for inspection in self.sudo():
            begun = {} if inspection.started_at else self._get_start_values()
            inspection.write({"state": "in_progress", **begun})

    def _get_start_values(self):
        return {"started_at": fields.Datetime.now(), "started_by_id": self.env.uid}

    def _lock_answers(self):
        """Answers and confirmation of an inspection wait for one another, however many people send them."""
        self.env.execute_query(
            SQL("SELECT id FROM taller_inspection WHERE id = ANY(%s) FOR NO KEY UPDATE", self.ids)
        )
        self.invalidate_recordset(["state"])
        self.line_ids.invalidate_recordset()
