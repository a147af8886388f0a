"""Words by language: each language has each meaning, no word has two; sides and types of document."""

from collections import defaultdict

from odoo.tests import BaseCase

from ....engine.opening_documents.types import Sides
from ....engine.values.cells import fold
from ....engine.words import document_types, odoo_types, sides, type_rules
from ....engine.words.languages import LANGUAGES, split
from ...engine_case import ReadCase

# Tables of regular expressions: their parts are no words.
STEMS = ("CUSTOMER_STEMS", "VENDOR_STEMS", "CREDIT_STEMS", "INVOICE_STEMS")


def tables(module):
    """The tables by language of a module: name -> table."""
    return {
        name: table
        for name, table in vars(module).items()
        if name.isupper() and isinstance(table, dict) and "en" in table
    }


class WordCase(BaseCase):
    """Checks tables of words."""

    def assertComplete(self, found):
        """Assert that each table has words in each language."""
        self.assertGreater(len(found), 1)
        for name, table in found.items():
            with self.subTest(name):
                self.assertEqual(sorted(table), sorted(LANGUAGES))
                self.assertEqual([language for language, texts in table.items() if not split(texts)], [])

    def assertDistinct(self, found, exceptions=()):
        """Assert that no word stands in two tables in one language, but for those that are said."""
        meanings = defaultdict(set)
        for name, table in found.items():
            for language, texts in table.items():
                for word in split(texts):
                    meanings[language, fold(word)].add(name)
        double = {key: tuple(sorted(names)) for key, names in meanings.items() if len(names) > 1}
        self.assertEqual(double, dict(exceptions))


class TestSideWords(WordCase):
    """What means customer, vendor, invoice, credit."""

    def test_each_language_has_each_meaning(self):
        for module in (sides, document_types, odoo_types, type_rules):
            self.assertComplete(tables(module))

    def test_no_word_has_two_meanings(self):
        for module in (sides, document_types, odoo_types):
            self.assertDistinct({name: table for name, table in tables(module).items() if name not in STEMS})

    def test_words_name_their_side(self):
        for table, kind in ((sides.CUSTOMERS, "receivable"), (sides.VENDORS, "payable")):
            for language, texts in table.items():
                for word in split(texts):
                    with self.subTest(language=language, word=word):
                        self.assertEqual(sides.kind_word(fold(word)), kind)

    def test_customers_and_vendors_in_texts(self):
        for language, customers, vendors in (
            ("nl", "Openstaande posten debiteuren", "Openstaande posten crediteuren"),
            ("de", "OPOS Debitoren", "Offene Posten Lieferanten"),
            ("fr", "Balance âgée clients", "Échéancier fournisseurs"),
            ("en", "Customer Ledger Entries", "Vendor Ledger Entries"),
            ("es", "Movs. clientes", "Movs. proveedores"),
            ("it", "Mov. contabili clienti", "Mov. contabili fornitori"),
            ("pt", "Contas a receber", "Contas a pagar"),
            ("da", "Debitorposter", "Leverandørposter"),
            ("sv", "Kundreskontra", "Leverantörsreskontra"),
            ("nb", "Kundeposter", "Leverandørposter"),
            ("fi", "Myyntireskontra", "Ostoreskontra"),
            ("pl", "Należności", "Zobowiązania"),
            ("cs", "Pohledávky", "Závazky"),
            ("hu", "Vevői tételek", "Szállítói tételek"),
            ("ro", "Facturi clienți", "Facturi furnizori"),
            ("tr", "Müşteri hareketleri", "Satıcı hareketleri"),
            ("ru", "Операции клиентов", "Операции поставщиков"),
        ):
            with self.subTest(language):
                self.assertEqual(sides.kinds_in(customers), {"receivable"})
                self.assertEqual(sides.kinds_in(vendors), {"payable"})

    def test_what_names_both_proves_neither(self):
        for text in (
            "Invoice/Bill Date",
            "Bill / Invoice No.",
            "Invoices and Bills",
            "Invoice Number | Bill Date",
            "Ein-/Ausgangsrechnungsdatum",
            "Eingangs- und Ausgangsrechnungen",
            "In-/verkoopfacturen",
        ):
            with self.subTest(text):
                self.assertEqual(sides.kinds_in(text), set())
        self.assertEqual(sides.kinds_in("Supplier Invoice | Bill"), {"payable"})

    def test_types_tell_their_sign(self):
        for sign, names in ((1, ("INVOICE", "CUSTOMER_INVOICE", "VENDOR_INVOICE")), (-1, ("CREDIT_NOTE", "PAYMENT"))):
            for name in names:
                for language, texts in getattr(document_types, name).items():
                    for word in split(texts):
                        with self.subTest(language=language, word=word):
                            self.assertEqual(type_rules.document_sign(fold(word)), sign)

    def test_types_not_in_a_table_are_known_by_their_stems(self):
        for text, sign in (
            ("Facturas rectificativas", -1),
            ("Faktura korygująca VAT", -1),
            ("Поступление на расчетный счет", -1),
            ("Реализация товаров и услуг", 1),
            ("Factura fiscala seria A", 1),
            ("Banküberzahlung", -1),
            ("Memo", 0),
        ):
            with self.subTest(text):
                self.assertEqual(type_rules.document_sign(fold(text)), sign)

    def test_types_tell_their_side(self):
        for name, table in tables(document_types).items():
            kind = "receivable" if name.startswith("CUSTOMER") else "payable" if name.startswith("VENDOR") else None
            for language, texts in table.items():
                for word in split(texts) if "INVOICE" in name or "CREDIT" in name else ():
                    with self.subTest(language=language, word=word):
                        self.assertEqual(type_rules.type_kind(fold(word), False), kind)

    def test_payments_in_and_out_are_of_either_side(self):
        for text in (
            "Přijatá platba", "Vydaná platba", "Inngående betaling", "Utgående betaling", "Bejövő utalás",
            "Аванс полученный", "Аванс выданный", "Zahlungseingang", "Zahlungsausgang", "Ontvangst",
        ):  # fmt: skip
            with self.subTest(text):
                self.assertIsNone(type_rules.type_kind(fold(text), False))

    def test_opening_documents_have_the_type_they_name(self):
        for language in LANGUAGES:
            for table, customers, vendors in (
                (document_types.INVOICE, "out_invoice", "in_invoice"),
                (document_types.CREDIT_NOTE, "out_refund", "in_refund"),
                (document_types.PAYMENT, "receipt", "vendor_payment"),
                (document_types.CUSTOMER_INVOICE, "out_invoice", "out_invoice"),
                (document_types.CUSTOMER_CREDIT_NOTE, "out_refund", "out_refund"),
                (document_types.CUSTOMER_PAYMENT, "receipt", "receipt"),
                (document_types.VENDOR_INVOICE, "in_invoice", "in_invoice"),
                (document_types.VENDOR_CREDIT_NOTE, "in_refund", "in_refund"),
                (document_types.VENDOR_PAYMENT, "vendor_payment", "vendor_payment"),
            ):
                for word in split(table[language]):
                    with self.subTest(language=language, word=word):
                        self.assertEqual(Sides().read(word), customers)
                        self.assertEqual(Sides("payable", -1).read(word), vendors)


class TestKindOfLists(ReadCase):
    """Customers or vendors, by headings that name one, both or neither."""

    def test_a_heading_of_both_is_no_proof(self):
        for date in ("Invoice/Bill Date", "Bill/Invoice Date", "Ein-/Ausgangsrechnungsdatum", "Date"):
            for amount in ("Amount Due Signed", "Amount Due"):
                with self.subTest(date=date, amount=amount):
                    result = self.read(
                        [
                            f"Number;Invoice Partner Display Name;{date};Due Date;Total in Currency Signed;{amount}",
                            "INV/2026/00001;North Shop;2026-01-12;2026-02-11;1000.00;300.00",
                            "INV/2026/00002;North Shop;2026-01-13;2026-02-12;500.00;100.00",
                        ]
                    )
                    self.assertItems(
                        result,
                        ("INV/2026/00001", None, "300.00"),
                        ("INV/2026/00002", None, "100.00"),
                        fields=("number", "kind", "balance"),
                    )

    def test_a_heading_of_one_is_proof(self):
        for number, kind, balance in (("Bill Number", "payable", "-300.00"), ("Numer", None, "300.00")):
            with self.subTest(number):
                result = self.read([f"{number};Partner;Date;Amount Due", "B-1;North Shop;2026-01-12;300.00"])
                self.assertItems(result, ("B-1", kind, balance), fields=("number", "kind", "balance"))
