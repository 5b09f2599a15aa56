"""The rows of a spreadsheet on their way in: which are right, what is wrong with the others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WrongRow:
    """Why a row is left out.

    :param reason: one sentence for the person who imports.
    :param same_as: index of the earlier row that it repeats, if that is what is wrong.
    """

    reason: str
    same_as: int | None = None


class ImportTable:
    """Columns by field name. A column that was understood is taken out, and what it means put into `values`.

    :param fields: field paths as the import screen maps them.
    :param rows: lists of cells, one per field; they are copied.
    """

    def __init__(self, fields, rows):
        self.fields = list(fields)
        self.rows = [[cell.strip() if isinstance(cell, str) else cell for cell in row] for row in rows]
        self.values = [{} for _row in rows]
        self.wrong = {}

    def __len__(self):
        return len(self.rows)

    def has(self, field):
        return field in self.fields

    def cells(self, field):
        """The column's cells, in the order of the rows; empty strings where there is no such column."""
        if field not in self.fields:
            return [""] * len(self.rows)
        column = self.fields.index(field)
        return [row[column] or "" for row in self.rows]

    def take(self, field):
        """The column's cells, which are no more part of the table."""
        cells = self.cells(field)
        if field in self.fields:
            column = self.fields.index(field)
            del self.fields[column]
            for row in self.rows:
                del row[column]
        return cells

    def reject(self, index, reason, same_as=None):
        """Leave a row out; the first reason counts."""
        self.wrong.setdefault(index, WrongRow(reason, same_as))

    def right(self):
        """The indexes of the rows with which nothing is wrong so far."""
        return [index for index in range(len(self.rows)) if index not in self.wrong]

    def repeated(self, keys):
        """{index: index of the first right row with the same key} of right rows; an empty key repeats nothing."""
        first, repeats = {}, {}
        for index in self.right():
            key = keys[index]
            if key and first.setdefault(key, index) != index:
                repeats[index] = first[key]
        return repeats
