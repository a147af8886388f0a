"""Text that is neither marked nor UTF-8: read where its words show how, else a person is asked."""

from ....engine.values.numbers import with_breaks, without_breaks
from ...engine_case import ReadCase

HEADER = "Kunde;Rechnungsnummer;Rechnungsdatum;Offener Betrag"
# What is in names and numbers, in the encodings that old programs write.
WORDS = (
    "Müller", "Bäcker", "König", "Straße", "Weiß", "Größe", "Özil", "Ärzte", "Übel", "Café", "Genève", "Noël", "Señor",
    "François", "Ångström", "Søren", "KÄSE", "MÜLLER", "RÄ-2601", "RÖ-2602", "RÜ/2603", "FÉ2026",
)  # fmt: skip
USUAL = (
    "O’Brien", "„Zur Post“", "“Foo” Ltd", "Foo™", "Bar®", "5 €", "Nº 5", "N°5", "12m²", "2½", "10–20", "»Zeit«", "a…",
    "Ø5", "Têtu&Co", "Kö-1", "D’Été", "’s-Hertogenbosch", "naïveté", "Über-Öl", "Škoda Müller", "L’Œuvre d’été",
)  # fmt: skip


class TestEncodings(ReadCase):
    """What is said of a list in an encoding, and what is read of it."""

    def read_word(self, word, written, **options):
        text = f"{HEADER}\r\n10011;{word};12.01.2026;1.190,00\r\n"
        result = self.read(text.encode(written), **options)
        doubts = [dict(issue.values) for issue in result.problems if issue.code == "encoding_doubtful"]
        self.assertTrue(all(issue.level == "stop" for issue in result.problems if issue.code == "encoding_doubtful"))
        return result.items[0].number, doubts

    def test_old_encodings(self):
        """Never a wrong word without a question."""
        for word in WORDS:
            for encoding in ("cp850", "mac_roman"):
                with self.subTest(word=word, encoding=encoding):
                    number, doubts = self.read_word(word, encoding)
                    self.assertTrue(number == word or doubts, number)
                    if number != word:
                        self.assertIn(word, doubts[0]["shown"])
                        self.assertIn(encoding, doubts[0]["encodings"])
                        self.assertEqual(doubts[0]["text"], number)

    def test_other_alphabets(self):
        for word, encoding in (("Paweł", "cp1250"), ("Świat", "cp1250"), ("Łódź", "cp1250"), ("Иванов", "cp1251")):
            with self.subTest(word):
                self.assertIn(word, self.read_word(word, encoding)[1][0]["shown"])

    def test_usual_encoding(self):
        for word in USUAL + WORDS:
            with self.subTest(word):
                self.assertEqual(self.read_word(word, "cp1252"), (word, []))

    def test_said_by_a_person(self):
        for encoding in ("cp850", "mac_roman", "cp1250"):
            word = "Köln-Łódź" if encoding == "cp1250" else "RÄ-2601"
            for options in ({"encoding": encoding}, {"fallback_encoding": encoding}):
                with self.subTest(**options):
                    self.assertEqual(self.read_word(word, encoding, **options), (word, []))

    def test_field(self):
        """The lists that were handed over: asked, with what the number would be."""
        lines = [HEADER, "10011;RÄ-2601;12.01.2026;1.190,00", "10012;RÖ-2602;13.01.2026;238,00", ""]
        for encoding, numbers in (("cp850", ["RŽ-2601", "R™-2602"]), ("mac_roman", ["R€-2601", "R…-2602"])):
            result = self.read("\r\n".join(lines).encode(encoding))
            self.assertEqual([item.number for item in result.items], numbers)
            self.assertProblems(result, ("stop", "encoding_doubtful", None))
            self.assertEqual(result.problems[0].text, numbers[0])

    def test_page(self):
        row = "<tr><td>10011<td>RÄ-2601<td>12.01.2026<td>1.190,00</tr>"
        head = "".join(f"<th>{text}</th>" for text in HEADER.split(";"))
        page = f"<html><body><table><tr>{head}</tr>{row}</table></body></html>"
        self.assertProblems(self.read(page.encode("cp850")), ("stop", "encoding_doubtful", None))
        marked = page.replace("<body>", '<head><meta charset="cp850"></head><body>')
        self.assertItems(self.read(marked.encode("cp850")), ("10011", "RÄ-2601", "1190.00"))

    def test_wide(self):
        """UTF-16, marked or not, in other scripts too."""
        for word in ("RÄ-2601", "Иванов-1", "Ελλάδα-1", "北京-1"):
            for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
                with self.subTest(word=word, encoding=encoding):
                    self.assertEqual(self.read_word(word, encoding), (word, []))

    def test_lost_signs(self):
        result = self.read([HEADER, "10011;R\ufffd-2601;12.01.2026;1.190,00"])
        self.assertProblems(result, ("stop", "signs_lost", None))
        self.assertEqual(result.problems[0].text, "R\ufffd-2601")

    def test_sign_in_a_number(self):
        """No sign but a separator is left out where numbers are compared."""
        for number in ("R€-2601", "R™-2601", "R…-2601", "R\x8e-2601", "R\ufffd-2601", "R§2601", "RŽ-2601", "R†/2601"):
            with self.subTest(number):
                self.assertNotEqual(with_breaks(number), with_breaks("R-2601"))
                self.assertNotEqual(without_breaks(number), without_breaks("R-2601"))
        self.assertEqual(with_breaks("R–2601"), with_breaks("R-2601"))
