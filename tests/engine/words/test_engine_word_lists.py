"""Headers by language: each meaning in each language, brackets, and whole lists in each language's own style."""

from decimal import Decimal

from ....engine import ReadOptions, read_balances
from ....engine.values.cells import fold
from ....engine.words import amount_words, header_words, mark_words, opening_words, other_headers, total_words
from ....engine.words.columns import make_index, meaning
from ....engine.words.document_types import CREDIT_NOTE, INVOICE
from ....engine.words.headers import ALIASES
from ....engine.words.languages import LANGUAGES, folded, split, texts_of
from ....engine.words.sides import kinds_in
from ...engine_case import ReadCase
from .test_engine_words import WordCase

HEADERS = {**header_words.HEADERS, **amount_words.HEADERS, **mark_words.HEADERS}
FIELDS = ("kind", "partner_number", "partner_name", "number", "date", "due_date", "balance", "currency")
# Texts of packages that mean several things, and why that is right: what decides.
AMBIGUOUS = {
    ("partner_name", "partner_number"): "the partner, by number or name: the content decides",
    ("number", "partner_name"): "Name, the number of Odoo's documents: the content decides",
    ("number", "total"): "Invoice, its number or its amount: the content decides",
    ("number", "order_reference"): "SAP's billing document is the number where nothing else is",
    ("date", "number"): "Boekstuk, whose column two packages use otherwise: the content decides",
    ("balance", "open"): "Open, an amount or yes and no: the content decides",
    ("paid", "settled"): "Paid, an amount or yes and no: the content decides",
    ("debit_credit", "kind", "type"): "Type of what: the content decides",
    ("debit_credit", "type"): "Type, or D and C: the content decides",
    ("state", "status"): "one status is of the payment, two are of payment and document",
}
# How amounts of 1190, 2380.5, 50 and 3520.5 are written, and the dates.
COMMA = ("1.190,00", "2.380,50", "50,00", "3.520,50")
SPACE = ("1\xa0190,00", "2\xa0380,50", "50,00", "3\xa0520,50")
POINT = ("1,190.00", "2,380.50", "50.00", "3,520.50")
STYLES = {
    "nl": (COMMA, "{2}-{1}-{0}", "Totaal"),
    "de": (COMMA, "{2}.{1}.{0}", "Gesamtsumme"),
    "fr": (SPACE, "{2}/{1}/{0}", "Total général"),
    "en": (POINT, "{2}/{1}/{0}", "Grand total"),
    "es": (COMMA, "{2}/{1}/{0}", "Total"),
    "it": (COMMA, "{2}/{1}/{0}", "Totale"),
    "pt": (COMMA, "{2}/{1}/{0}", "Total geral"),
    "da": (COMMA, "{2}-{1}-{0}", "I alt"),
    "sv": (SPACE, "{0}-{1}-{2}", "Summa"),
    "nb": (SPACE, "{2}.{1}.{0}", "Totalt"),
    "fi": (SPACE, "{2}.{1}.{0}", "Yhteensä"),
    "pl": (SPACE, "{2}.{1}.{0}", "Razem"),
    "cs": (SPACE, "{2}.{1}.{0}", "Celkem"),
    "hu": (SPACE, "{0}.{1}.{2}.", "Összesen"),
    "ro": (COMMA, "{2}.{1}.{0}", "Total general"),
    "tr": (COMMA, "{2}.{1}.{0}", "Genel toplam"),
    "ru": (SPACE, "{2}.{1}.{0}", "Итого"),
}
SHOPS = ("North Shop", "South Shop", "West Shop")
COLUMNS = (
    "partner_number", "partner_name", "type", "number", "date", "due_date", "currency", "total", "balance",
)  # fmt: skip


def first(table, language, kind=None):
    """The first word of a language, or the first that names customers or vendors."""
    words = split(table[language])
    return words[0] if kind is None else next(word for word in words if kinds_in(word) == {kind})


def make_list(language, kind, **headers):
    """A list of three documents and their total in a language; ``headers``: other texts for some columns."""
    amounts, date, total = STYLES[language]
    usual = {name: first(HEADERS[name], language) for name in COLUMNS}
    usual["partner_number"] = first(HEADERS["partner_number"], language, kind)
    names = split(HEADERS["partner_name"][language])
    usual["partner_name"] = next(word for word in names if kinds_in(word) in ({kind}, set()))
    texts = {**usual, **headers}
    invoice, credit = first(INVOICE, language), first(CREDIT_NOTE, language)
    rows = []
    for at, (document, amount) in enumerate(zip((invoice, invoice, credit), amounts[:3], strict=True), 1):
        days = [date.format("2026", f"{month:02}", f"{at + 14}") for month in (at, at + 1)]
        rows.append((f"P00{at}", SHOPS[at - 1], document, f"F-200{at}", *days, "EUR", amount, amount))
    rows.append((total, "", "", "", "", "", "EUR", "", amounts[3]))
    return [";".join(row) for row in (texts.values(), *rows)]


def expected(kind, sign):
    """What such a list says."""
    balances = (1190, 2380.5, -50)
    return [
        (
            kind, f"P00{at}", SHOPS[at - 1], f"F-200{at}", f"2026-0{at}-{at + 14}", f"2026-0{at + 1}-{at + 14}",
            f"{sign * balance:.2f}", "EUR",
        )
        for at, balance in enumerate(balances, 1)
    ]  # fmt: skip


class TestHeaderWords(WordCase):
    """Tables of header texts."""

    def test_each_language_has_each_meaning(self):
        self.assertComplete({**HEADERS, **opening_words.HEADERS})
        self.assertComplete({"totals": total_words.TOTALS, "whole": total_words.WHOLE, "of": total_words.OF})
        marks = ("COMPANY_MARKS", "DOCUMENT_MARKS", "PLAIN_MARKS", "YES", "NO")
        self.assertComplete({name: getattr(mark_words, name) for name in marks})

    def test_headings_that_nobody_needs(self):
        """Each kind in each language; what is needed and has no other meaning is none of them."""
        self.assertComplete(other_headers.OTHERS)
        needed = ("balance", "number", "currency")
        found = {text for name in needed for text in texts_of(HEADERS[name]) if other_headers.is_other_header(text)}
        self.assertEqual(found, set())

    def test_no_word_has_two_meanings(self):
        self.assertDistinct({**HEADERS, **opening_words.HEADERS})
        self.assertDistinct({"yes": mark_words.YES, "no": mark_words.NO})
        marks = {name: getattr(mark_words, name) for name in ("COMPANY_MARKS", "DOCUMENT_MARKS")}
        self.assertDistinct(marks)
        self.assertEqual(folded(marks["COMPANY_MARKS"]) & folded(marks["DOCUMENT_MARKS"]), frozenset())

    def test_a_word_means_the_same_in_all_languages(self):
        meanings = {}
        for name, table in HEADERS.items():
            for word in folded(table):
                meanings.setdefault(word, set()).add(name)
        self.assertEqual({word: names for word, names in meanings.items() if len(names) > 1}, {})

    def test_what_means_several_things_is_said(self):
        meanings = {}
        for name, texts in ALIASES.items():
            for text in split(texts):
                meanings.setdefault(fold(text), set()).add(name)
        found = {tuple(sorted(names)) for names in meanings.values() if len(names) > 1}
        self.assertEqual(sorted(found), sorted(AMBIGUOUS))

    def test_each_word_has_its_meaning(self):
        index = make_index()
        for name, table in HEADERS.items():
            for language, texts in table.items():
                for text in split(texts):
                    fields = {field for field, _ in meaning(text, index).fields}
                    with self.subTest(language=language, text=text):
                        self.assertIn("partner_name" if name == "partner" else name, fields)

    def test_brackets(self):
        index = make_index()
        for header, field, bracket in (
            ("Remaining Amount (LCY)", "company_balance", None),
            ("Importe pendiente (DL)", "company_balance", None),
            ("Importo residuo (VL)", "company_balance", None),
            ("Restbetrag [MW]", "company_balance", None),
            ("Montant ouvert DS", "company_balance", None),
            ("Restbeløb (RV)", "company_balance", None),
            ("Zůstatek (LM)", "company_balance", None),
            ("Jäljellä oleva summa (PVA)", "company_balance", None),
            ("Остаток (МВ)", "company_balance", None),
            ("Kalan Tutar (YPB)", "company_balance", None),
            ("Saldo HW", "company_balance", None),
            ("Offener Betrag (HW)", "company_balance", None),
            ("Offener Betrag (BW)", "document_balance", None),
            ("Saldo BW", "document_balance", None),
            ("Balance (DC)", "document_balance", None),
            ("Balance (FC)", "document_balance", None),
            ("Saldo (D/C)", "balance", None),
            ("Balance (incl. VAT)", "balance", None),
            ("Amount (LCY)", "company_total", None),
            ("Importe original (DL)", "company_total", None),
            ("Balance (prior year)", "balance", "prior year"),
            ("Saldo (Q7)", "balance", "Q7"),
            ("Amount (net)", "total", "net"),
            ("Betrag (HW) (alt)", "total", "HW, alt"),
            ("Balance (LCY) (FC)", "balance", "LCY, FC"),
            ("Kunde (alt)", "partner_number", None),
            ("Balance ($)", "balance", "$"),
            ("Balance (%)", "balance", "%"),
            ("Balance (+/-)", "balance", None),
            ("Kwota (zł)", "total", None),
            ("Sold (lei)", "balance", "lei"),
        ):
            with self.subTest(header):
                found = meaning(header, index)
                self.assertEqual((found.fields[0][0], found.bracket), (field, bracket))


class TestLists(ReadCase):
    """Whole lists in each language."""

    def check(self, language, kind, content, **fields):
        """Compare a list with what it says."""
        result = self.read(content, **fields)
        # The third document is a credit note by its type; bills are positive in lists of vendors.
        self.assertItems(result, *expected(kind, -1 if kind == "payable" else 1), fields=FIELDS)
        self.assertProblems(result, *[("info", "row_total", 5)])

    def test_customers(self):
        for language in LANGUAGES:
            with self.subTest(language):
                self.check(language, "receivable", make_list(language, "receivable"))

    def test_vendors(self):
        for language in LANGUAGES:
            with self.subTest(language):
                self.check(language, "payable", make_list(language, "payable"))

    def test_each_word_in_a_list(self):
        for language in LANGUAGES:
            for name in COLUMNS:
                for text in split(HEADERS[name][language]):
                    if kinds_in(text) == {"payable"}:
                        continue
                    with self.subTest(language=language, name=name, text=text):
                        result = self.read(make_list(language, "receivable", **{name: text}), kind="receivable")
                        self.assertItems(result, *expected("receivable", 1), fields=FIELDS)

    def test_company_currency_by_its_mark(self):
        for language in LANGUAGES:
            mark = split(mark_words.COMPANY_MARKS[language])[0]
            balance = first(HEADERS["balance"], language)
            lines = [
                line + ";" + (f"{balance} ({mark})" if not at else "" if at == 4 else line.rpartition(";")[2])
                for at, line in enumerate(make_list(language, "receivable"))
            ]
            lines = [line.replace(";EUR;", ";USD;") for line in lines]
            with self.subTest(language):
                result = self.read(lines)
                self.assertItems(
                    result,
                    ("F-2001", "1190.00", "USD", "1190.00"),
                    ("F-2002", "2380.50", "USD", "2380.50"),
                    ("F-2003", "-50.00", "USD", "-50.00"),
                    fields=("number", "balance", "currency", "company_balance"),
                )

    def test_an_unknown_bracket_is_told(self):
        lines = ["Customer No.;Document No.;Due Date;Balance (prior year)", "C1;A-1;2026-03-31;100.00"]
        result = self.read(lines)
        self.assertItems(result, ("C1", "A-1", "100.00"))
        self.assertProblems(result, ("warning", "bracket_unknown", None))
        self.assertEqual(result.problems[0].values, {"column": "Balance (prior year)", "text": "prior year"})

    def test_debits_in_company_currency_have_no_other(self):
        for debit, credit, currency in (
            ("Debit Amount", "Credit Amount", "USD"),
            ("Debit Amount (LCY)", "Credit Amount (LCY)", None),
            ("Soll (MW)", "Haben (MW)", None),
            ("Debe (DL)", "Haber (DL)", None),
        ):
            lines = [f"Customer No.;Document No.;Posting Date;Currency Code;{debit};{credit}"]
            lines += ["C1;A-1;2026-03-31;USD;100.00;", "C1;A-2;2026-03-31;USD;;40.00"]
            with self.subTest(debit):
                result = self.read(lines)
                fields = ("number", "balance", "currency")
                self.assertItems(result, ("A-1", "100.00", currency), ("A-2", "-40.00", currency), fields=fields)

    def test_a_total_in_company_currency_is_no_open_amount(self):
        for amount in ("Amount (LCY)", "Betrag (MW)", "Montant DS", "Importe inicial (DL)"):
            with self.subTest(amount):
                self.assertStops(self.read([f"Customer No.;Document No.;{amount}", "C1;A-1;100.00"]), "column_missing")

    def test_what_is_known_goes_before_an_unknown_bracket(self):
        lines = ["Customer No.;Document No.;Balance (prior year);Balance", "C1;A-1;100.00;90.00"]
        result = self.read(lines)
        self.assertItems(result, ("C1", "A-1", "90.00"))
        self.assertProblems(result)


class TestBalances(ReadCase):
    """Lists with one balance per debtor, in each language."""

    def read(self, content, filename="list.csv", **options):  # pylint: disable=method-required-super
        return read_balances("\r\n".join(content).encode(), filename, ReadOptions(**options))

    def test_balances_and_limits(self):
        for language in LANGUAGES:
            headers = [first(HEADERS["partner_number"], language, "receivable")]
            headers += [first(HEADERS[name], language) for name in ("partner_name", "credit_limit", "balance")]
            amounts = STYLES[language][0]
            lines = [";".join(headers), f"C001;North Shop;{amounts[1]};{amounts[0]}", f"C002;South Shop;;{amounts[2]}"]
            with self.subTest(language):
                self.assertEqual(
                    [(told.partner_number, told.balance, told.credit_limit) for told in self.read(lines).items],
                    [("C001", Decimal("1190.00"), Decimal("2380.50")), ("C002", Decimal("50.00"), None)],
                )
