import io
from dataclasses import replace

from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTImage
from PIL import Image

from odoo.tests import BaseCase, tagged

from ..tools.evidence_pdf import Evidence, Finding, Part, Photo, build_evidence


def image(image_format="PNG", size=(40, 30)):
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, image_format)
    return file.getvalue()


EVIDENCE = Evidence(
    title="Decisión sobre el presupuesto Z9/2026/00012-1",
    sender=["Taller El Volante, S. A.", "Zona 9"],
    facts=[("Vehículo", "P-123BBC · Toyota Hilux"), ("Cliente", "Íñigo Núñez Agüero")],
    parts=[
        Part(
            "Frenos",
            "Q 1,250.00",
            [("2 Horas", "Cambio de pastillas", "−10 %", "Q 350.00")],
            mark="accepted",
            mark_label="ACEPTADO",
            findings=[Finding("red", "Urgente", "Pastillas", "1.5 mm"), Finding("amber", "Pronto", "Discos")],
        ),
        Part("Batería", "Q 900.00", mark="declined", mark_label="RECHAZADO", reason="Motivo: ahora no"),
    ],
    totals=[("Ofrecido", "Q 2,150.00", False), ("Aceptado", "Q 1,250.00", True)],
    notes=[("Condiciones", "Tres meses de garantía.\nNi un día más.")],
    signature=image(),
    signing=[("Firmado por", "Íñigo Núñez")],
    fingerprint=("Huella", "ab" * 32),
    page_label="Página {page} de {pages}",
)


def read(evidence):
    """The document's words, with single spaces between them."""
    return " ".join(extract_text(io.BytesIO(build_evidence(evidence))).split())


def count_images(pdf):
    def walk(element):
        yield element
        if not isinstance(element, LTImage):
            for child in element if hasattr(element, "__iter__") else ():
                yield from walk(child)

    return sum(
        isinstance(element, LTImage) for page in extract_pages(io.BytesIO(pdf)) for element in walk(page)
    )


@tagged("post_install", "-at_install")
class TestEvidencePdf(BaseCase):
    """The document, read back by a program that knows nothing of how it was made."""

    def test_everything_can_be_read_with_its_accents(self):
        text = read(EVIDENCE)
        for words in (
            "Decisión sobre el presupuesto Z9/2026/00012-1",
            "Vehículo",
            "Íñigo Núñez Agüero",
            "ACEPTADO",
            "RECHAZADO",
            "Motivo: ahora no",
            "Urgente",
            "Pastillas: 1.5 mm",
            "−10 %",
            "Q 1,250.00",
            "Tres meses de garantía. Ni un día más.",
            "Firmado por: Íñigo Núñez",
            "ab" * 32,
            "Página 1 de 1",
        ):
            self.assertIn(words, text)

    def test_the_same_evidence_is_the_same_file(self):
        self.assertEqual(build_evidence(EVIDENCE), build_evidence(EVIDENCE))
        self.assertNotEqual(build_evidence(EVIDENCE), build_evidence(replace(EVIDENCE, notice="By phone")))

    def test_fonts_are_inside(self):
        pdf = build_evidence(EVIDENCE)
        self.assertIn(b"/FontFile2", pdf)
        self.assertIn(b"BitstreamVeraSans", pdf)

    def test_photos_and_signature_are_shown(self):
        photos = [
            Photo(image("JPEG"), "Pastilla gastada"),
            *(Photo(image("JPEG", (30, n))) for n in (40, 50)),
        ]
        parts = [replace(EVIDENCE.parts[0], photos=photos), EVIDENCE.parts[1]]
        self.assertEqual(count_images(build_evidence(replace(EVIDENCE, parts=parts, logo=image()))), 5)
        self.assertEqual(count_images(build_evidence(replace(EVIDENCE, signature=b""))), 0)
        self.assertIn("Pastilla gastada", read(replace(EVIDENCE, parts=parts)))

    def test_markup_is_text(self):
        hostile = "</para><img src='file:///etc/passwd'/><b>Q 0.00"
        part = replace(EVIDENCE.parts[1], name=hostile, reason=hostile, lines=[("1", hostile, "", "Q 1")])
        text = read(replace(EVIDENCE, parts=[part], notes=[(hostile, hostile)]))
        self.assertEqual(text.count("<img src='file:///etc/passwd'/>"), 5)

    def test_the_longest_texts_are_wrapped_and_never_cut(self):
        words = [f"palabra{number}" for number in range(2000)]
        endless = "ø" * 3000
        part = Part("Todo", "Q 1.00", [("1", " ".join(words), "", "Q 1.00")], texts=[("Síntoma", endless)])
        text = read(replace(EVIDENCE, parts=[part], notes=[("Condiciones", " ".join(words))]))
        self.assertEqual(text.replace(" ", "").count("ø"), 3000)
        for word in words:
            self.assertEqual(text.count(f"{word} "), 2, word)
