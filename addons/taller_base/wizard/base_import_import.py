import io

import openpyxl

from odoo import api, models
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.base_import.models.base_import import MIMETYPE_TO_READER, ImportValidationError


class BaseImportImport(models.TransientModel):
    """Names the rows that an import left out by their number in the sheet."""

    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        """Core's contract; of messages with `left_out`, the text begins with the row's number in the sheet."""
        first = options.get("skip", 0) + bool(options.get("has_headers"))
        result = super().execute_import(fields, columns, options, dryrun=dryrun)
        wrong = [message for message in result.get("messages") or [] if message.get("left_out")]
        if not wrong:
            return result
        numbers = self._get_sheet_numbers(fields, options)
        left_out = {message["record"] for message in wrong}
        for message in wrong:
            same_as = message.pop("same_as")
            message["sheet_row"] = numbers(message["record"] + first)
            message["message"] = self._describe_wrong_row(
                message, None if same_as is None else numbers(same_as + first)
            )
        for field, filenames in (result.get("binary_filenames") or {}).items():
            # The client gives the nth file to the nth record.
            result["binary_filenames"][field] = [
                filename for index, filename in enumerate(filenames) if index not in left_out
            ]
        return result

    @api.model
    def _describe_wrong_row(self, message, same_as):
        if same_as is None:
            return self.env._("Row %(row)s: %(reason)s", row=message["sheet_row"], reason=message["message"])
        return self.env._(
            "Row %(row)s: %(reason)s It is in row %(other)s too.",
            row=message["sheet_row"],
            reason=message["message"],
            other=same_as,
        )

    def _get_sheet_numbers(self, fields, options):
        """A function from the place of a row among those that core imports to its number in the sheet.

        Core passes over rows without anything in the imported columns; the sheet counts them.
        """
        if MIMETYPE_TO_READER.get(guess_mimetype(self.file or b"")) != "xlsx":
            return lambda place: place + 1
        book = openpyxl.load_workbook(io.BytesIO(self.file), read_only=True, data_only=True)
        sheet = book[options["sheet"]] if options.get("sheet") else book.worksheets[0]
        mapped = [index for index, field in enumerate(fields) if field]
        numbers = [
            number
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
            if any(index < len(row) and row[index] not in (None, "") for index in mapped)
        ]
        return lambda place: numbers[place] if place < len(numbers) else place + 1

    def _keeps_right_rows(self):
        return hasattr(self.env[self.res_model], "_prepare_import")

    def _parse_float_from_data(self, data, index, name, options):
        if not self._keeps_right_rows():
            return super()._parse_float_from_data(data, index, name, options)
        return self._parse_row_by_row(super()._parse_float_from_data, data, index, name, options)

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if not self._keeps_right_rows():
            return super()._parse_date_from_data(data, index, name, field_type, options)
        return self._parse_row_by_row(super()._parse_date_from_data, data, index, name, field_type, options)

    @api.model
    def _parse_row_by_row(self, parse, data, *args):
        """Leave what is no number or date as it was typed: the import names it by its row."""
        index = args[0]
        for row in data:
            typed = row[index]
            try:
                parse([row], *args)
            except ImportValidationError:
                row[index] = typed
