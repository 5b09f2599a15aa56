from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class TallerInspection(models.Model):
    """Filling an inspection in: answers that come late, twice, or from two people at once."""

    _inherit = "taller.inspection"

    def save_answers(self, answers):
        """Keep the answers of a screen. Mechanics, reception and supervisors of the shop.

        May be repeated with the same answers, by a client that did not learn that they had arrived.

        :param list answers: in the order they were given, of dicts: `line` (id of the item), `uid` (the
            client's own name of this answer), `base` (revision of the item that the client had before
            its eyes) and the whole answer: `rating`, `value`, `choice`, `text`, `note`.
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
        results = [self._save_answer(lines, answer) for answer in answers if isinstance(answer, dict)]
        if self.state == "draft" and any(result["status"] == "saved" for result in results):
            self.sudo().write(
                {
                    "state": "in_progress",
                    "started_at": fields.Datetime.now(),
                    "started_by_id": self.env.uid,
                }
            )
        shown = {line["id"]: line for line in self._get_screen_lines()}
        return [{**result, "line": shown.get(result["line"])} for result in results]

    def _save_answer(self, lines, answer):
        line_id = answer.get("line")
        line = lines.get(line_id) if isinstance(line_id, int) else None
        uid = str(answer.get("uid") or "")[:64]
        if line is None or not uid:
            message = self.env._("This item isn't part of the inspection.")
            return {"uid": uid, "line": None, "status": "refused", "message": message}
        result = {"uid": uid, "line": line.id}
        if line.answer_uid == uid:
            return {**result, "status": "saved"}
        if line.revision != answer.get("base"):
            return {**result, "status": "conflict"}
        try:
            values = line._get_answer_values(answer)
        except UserError as error:
            return {**result, "status": "refused", "message": str(error)}
        line.write(
            {
                **values,
                "answered_at": fields.Datetime.now(),
                "answered_by_id": self.env.uid,
                "answer_uid": uid,
                "revision": line.revision + 1,
            }
        )
        return {**result, "status": "saved"}

    def action_confirm(self):
        """Confirm the inspections: from now on nobody can change them. Who may fill them in may confirm.

        :raise UserError: naming the items that are unchecked or miss their photo.
        """
        self.check_access("read")
        self._lock_answers()
        self._check_may_fill()
        self._check_may_confirm()
        now = fields.Datetime.now()
        for inspection in self.sudo():
            inspection.write(
                {
                    "state": "done",
                    "done_at": now,
                    "done_by_id": self.env.uid,
                    "started_at": inspection.started_at or now,
                    "started_by_id": inspection.started_by_id.id or self.env.uid,
                }
            )
        self._on_confirmed()
        return True

    def _lock_answers(self):
        """Answers and confirmation of an inspection wait for one another, however many people send them."""
        self.env.execute_query(
            SQL("SELECT id FROM taller_inspection WHERE id = ANY(%s) FOR NO KEY UPDATE", self.ids)
        )
        self.invalidate_recordset(["state"])
        self.line_ids.invalidate_recordset()

    def _get_screen_lines(self):
        return [{"id": line.id, "revision": line.revision} for line in self.sudo().line_ids]
