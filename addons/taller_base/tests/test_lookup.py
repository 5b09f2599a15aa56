from odoo.tests import BaseCase

from ..tools import lookup, nit


class TestNit(BaseCase):
    def test_every_spelling_is_stored_alike(self):
        for typed in ("1234567-K", "1234567k", "12345 67-K", " 01234567–K ", "1.234.567/K"):
            with self.subTest(typed=typed):
                self.assertEqual(nit.normalise(typed), "1234567K")

    def test_final_consumer_in_any_case(self):
        for typed in ("CF", "cf", "C/F", "c.f.", " C F "):
            with self.subTest(typed=typed):
                self.assertTrue(nit.is_final_consumer(typed))
        self.assertFalse(nit.is_final_consumer("576937-K"))
        self.assertFalse(nit.is_final_consumer(False))

    def test_expected_check_character(self):
        self.assertEqual(nit.expected_check_character("576937-1"), "K")
        self.assertEqual(nit.expected_check_character("7108-9"), "0")
        self.assertIsNone(nit.expected_check_character("ABC-1"))
        self.assertIsNone(nit.expected_check_character(""))
        self.assertIsNone(nit.expected_check_character("1234567890123"))


class TestLookup(BaseCase):
    def test_key_holds_words_and_codes_once(self):
        key = lookup.make_key(
            ["José  Núñez", "jose@example.com"],
            ["576937-K", "+502 5512 3344", "+50255123344", "5512 3344", False],
        )
        self.assertEqual(key, "jose nunez jose@example.com 576937k 50255123344")

    def test_a_code_has_three_characters_and_a_digit(self):
        self.assertEqual(lookup.search_code("P-123 ABC"), "p123abc")
        self.assertEqual(lookup.search_code("00502 5512-3344"), "50255123344")
        self.assertIsNone(lookup.search_code("12"))
        self.assertIsNone(lookup.search_code("José"))

    def test_name_and_telephone_are_told_apart(self):
        self.assertEqual(lookup.split_name_and_phone("Ana López 5512-3344"), ("Ana López", "5512-3344"))
        self.assertEqual(lookup.split_name_and_phone("Ana, +502 5512 3344"), ("Ana", "+502 5512 3344"))
        self.assertEqual(lookup.split_name_and_phone("Taller 24 horas"), ("Taller 24 horas", None))
        self.assertEqual(lookup.split_name_and_phone("5512-3344"), ("5512-3344", None))

    def test_what_nobody_types_is_not_searched_for_a_telephone(self):
        endless = "Ana" + " 5512-3344" * 20
        self.assertEqual(lookup.split_name_and_phone(endless), (endless, None))
