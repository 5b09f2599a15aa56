import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.orm.models import fix_import_export_id_paths

from ..tools import lookup
from ..tools.import_table import ImportTable

# So many records are created at once; a failure that no check foresaw is looked for within such a batch.
BATCH = 500


class TallerImportMixin(models.AbstractModel):
    """A model whose spreadsheets come in row by row: right rows are kept, wrong ones named.

    Core's import takes all rows or none. It stays so for module data, for whoever calls `load` himself, and
    for files whose records span several rows.
    """

    _name = "taller.import.mixin"
    _description = "Import that keeps the right rows"

    # What people write for the values of a selection, besides its labels: {field: {word: value}}.
    _import_words = {}

    @api.model
    def load(self, fields, data):
        """Core's contract when the import screen calls, but for wrong rows: these are left out.

        Each is named by a message of type `warning` with its index in `data` as `record`, and `left_out` set;
        `ids` are those of the other rows.
        """
        if not self.env.context.get("import_file") or self._import_spans_rows(fields):
            return super().load(fields, data)
        self.check_access("create")
        limit = self.env.context.get("_import_limit") or len(data)
        table = ImportTable(fields, data[:limit])
        self._prepare_import(table)
        messages = []
        records = self._convert_import(table, messages)
        right = table.right()
        ids = {}
        for start in range(0, len(right), BATCH):
            batch = [(index, records[index]) for index in right[start : start + BATCH]]
            ids.update(self._create_import(batch, table))
        for index, wrong_row in sorted(table.wrong.items()):
            messages.append(
                {
                    "type": "warning",
                    "message": wrong_row.reason,
                    "record": index,
                    "rows": {"from": index, "to": index},
                    "left_out": True,
                    "same_as": wrong_row.same_as,
                }
            )
        return {
            "ids": [ids[index] for index in sorted(ids)],
            "messages": messages,
            "nextrow": limit if len(data) > limit else 0,
        }

    @api.model
    def _import_spans_rows(self, fields):
        paths = map(fix_import_export_id_paths, fields)
        return any(
            len(path) > 1 and path[0] in self._fields and self._fields[path[0]].type == "one2many"
            for path in paths
        )

    @api.model
    def _prepare_import(self, table):
        """Hook: check the rows of an `ImportTable` in bulk, reject the wrong ones and resolve columns.

        It costs a constant number of queries. What it leaves in the table is converted as core does.
        """

    @api.model
    def _convert_import(self, table, messages):
        """{index: values as `_load_records` takes them} of the right rows; the others are rejected."""
        module = self.env.context.get("module", "__import__")
        right = table.right()
        failures = []
        with self.env.cr.savepoint() as savepoint:
            model = self.with_context(_import_current_module=module)
            extracted = model._extract_records(
                [fix_import_export_id_paths(field) for field in table.fields],
                [table.rows[index] for index in right],
                log=failures.append,
            )
            converted = list(model._convert_records(extracted, log=failures.append, savepoint=savepoint))
        for failure in failures:
            if failure["type"] == "error":
                table.reject(right[failure["rows"]["from"]], failure["message"])
            else:
                messages.append(failure)
        skipped_without = self.env.context.get("import_skip_records") or []
        records = {}
        for index, (db_id, xml_id, values, info) in zip(right, converted, strict=True):
            if any(values.get(field) is None for field in skipped_without):
                table.reject(index, self.env._("The row has no value for a field that is needed."))
            if xml_id:
                xml_id = xml_id if "." in xml_id else f"{module}.{xml_id}"
            elif db_id:
                values["id"] = db_id
            values.update(table.values[index])
            records[index] = {"xml_id": xml_id, "values": values, "info": info, "noupdate": False}
        return records

    @api.model
    def _create_import(self, batch, table):
        """Create the records of [(index, data)] and return {index: id}; a batch that fails is halved."""
        if not batch:
            return {}
        try:
            with self.env.cr.savepoint():
                records = self._load_records(
                    [dict(data, values=dict(data["values"])) for _index, data in batch]
                )
        except psycopg2.Error as error:
            reason = self._sql_error_to_message(error)
        except (UserError, ValueError) as error:
            reason = str(error)
        else:
            return {index: record.id for (index, _data), record in zip(batch, records, strict=True)}
        if len(batch) == 1:
            table.reject(batch[0][0], reason)
            return {}
        middle = len(batch) // 2
        return {
            **self._create_import(batch[:middle], table),
            **self._create_import(batch[middle:], table),
        }

    @api.model
    def _take_import_selection(self, table, field):
        """Resolve a column of words for a selection, whatever their case and accents."""
        options = {lookup.plain(word): value for word, value in self._import_words.get(field, {}).items()}
        for env in (self.with_context(lang="en_US").env, self.env):
            for value, label in self._fields[field]._description_selection(env):
                options[lookup.plain(str(label))] = options[lookup.plain(value)] = value
        labels = [str(label) for _value, label in self._fields[field]._description_selection(self.env)]
        for index, cell in enumerate(table.take(field)):
            if not cell:
                continue
            value = options.get(lookup.plain(cell))
            if value:
                table.values[index][field] = value
            else:
                table.reject(
                    index,
                    self.env._(
                        "“%(cell)s” is none of the words for %(field)s: %(words)s.",
                        cell=cell,
                        field=self.fields_get([field], ["string"])[field]["string"],
                        words=", ".join(labels),
                    ),
                )
