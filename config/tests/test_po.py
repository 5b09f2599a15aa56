import unittest

from config import po

TEMPLATE = r"""# Translation of Odoo Server.
msgid ""
msgstr ""
"Project-Id-Version: Odoo Server 19.0\n"

#. module: taller_base
#: model:ir.model.fields,field_description:taller_base.field_taller_shop__name
msgid "Name"
msgstr ""

#. module: taller_base
#. odoo-python
#: code:addons/taller_base/models/taller_shop.py:0
msgid ""
"A \"shop\" with a rather long name, so long indeed that Odoo breaks the line here "
"and goes on.\n"
"Second line"
msgstr ""
"""


class TestPo(unittest.TestCase):
    def setUp(self):
        self.template = po.parse(TEMPLATE)
        self.long_term = next(msgid for msgid in self.template.entries if msgid != "Name")

    def translation(self, **terms):
        return po.Catalogue(entries={msgid: po.Entry(msgid, msgstr) for msgid, msgstr in terms.items()})

    def test_terms_are_read_with_quotes_and_line_breaks(self):
        self.assertTrue(self.long_term.startswith('A "shop" with'))
        self.assertTrue(self.long_term.endswith("goes on.\nSecond line"))
        self.assertEqual(len(self.template.entries), 2)

    def test_written_and_read_again_nothing_changes(self):
        self.template.entries["Name"].msgstr = "Nombre\tcon \\ y ñ"
        again = po.parse(po.render(self.template))
        self.assertEqual(again, self.template)
        self.assertTrue(all(len(line) <= 100 for line in po.render(self.template).splitlines()))

    def test_terms_are_written_in_alphabetical_order(self):
        text = po.render(self.template)
        self.assertLess(text.index('A \\"shop'), text.index('"Name"'))

    def test_merge_keeps_translations_and_drops_what_the_source_dropped(self):
        merged = po.merge("taller_base", self.template, self.translation(Name="Nombre", Gone="Ido"))
        self.assertEqual(merged.entries["Name"].msgstr, "Nombre")
        self.assertEqual(merged.entries[self.long_term].msgstr, "")
        self.assertNotIn("Gone", merged.entries)
        self.assertIn("Language: es\n", merged.header)
        self.assertIn("# * taller_base", merged.comments)

    def test_merge_takes_what_core_has_for_terms_without_translation(self):
        core = [self.translation(Name="Nombre"), self.translation(Name="Denominación")]
        merged = po.merge("taller_base", self.template, self.translation(Name=""), core)
        self.assertEqual(merged.entries["Name"].msgstr, "Nombre")

    def test_merge_keeps_the_mark_of_doubt(self):
        translation = self.translation(Name="Nombre")
        translation.entries["Name"].comments = ["#, fuzzy"]
        self.assertTrue(po.merge("taller_base", self.template, translation).entries["Name"].fuzzy)

    def test_missing_obsolete_empty_and_fuzzy_terms_are_named(self):
        translation = self.translation(Name="", Gone="Ido")
        self.assertEqual(
            po.problems(self.template, translation),
            [
                "no longer in the source: 'Gone'",
                f"not in the file: {self.long_term!r}",
                "not translated: 'Name'",
            ],
        )
        translation.entries["Name"] = po.Entry("Name", "Nombre", ["#, fuzzy, python-format"])
        self.assertIn("marked fuzzy: 'Name'", po.problems(self.template, translation))

    def test_a_complete_translation_has_no_problems(self):
        translation = self.translation(**{"Name": "Nombre", self.long_term: "Un taller"})
        self.assertEqual(po.problems(self.template, translation), [])

    def test_a_broken_file_is_named_with_its_line(self):
        with self.assertRaisesRegex(po.PoError, "es.po, line 4"):
            po.parse('msgid "A"\nmsgstr "B"\n\nmsgid "C\nmsgstr ""\n', "es.po")

    def test_a_term_twice_is_refused(self):
        with self.assertRaisesRegex(po.PoError, "twice"):
            po.parse('msgid "A"\nmsgstr "B"\n\nmsgid "A"\nmsgstr "C"\n')
