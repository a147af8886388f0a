"""Amounts that add up, readiness, and the files of Exact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

from lxml import etree

from odoo.tests import BaseCase

from ....engine.handover.amounts import matrix, split_centres, spread, tax_shares
from ....engine.handover.exact import ExactXml
from ....engine.handover.items import HandoverTax, Missing, digest
from ....engine.handover.readiness import MAX_ENTRY, check_document, check_together
from .handover_samples import CUSTOMER, SETTINGS, VENDOR, bill, handover, invoice, line


class TestAmounts(BaseCase):
    def test_spread(self):
        for amount, weights, digits, parts in (
            ("15.31", ("36.46", "36.46"), 2, ("7.66", "7.65")),
            ("-15.31", ("-36.46", "-36.46"), 2, ("-7.66", "-7.65")),
            ("100", ("33", "33", "34"), 0, ("33", "33", "34")),
            ("0.05", ("1", "1", "1"), 2, ("0.02", "0.02", "0.01")),
            ("10", ("0", "0"), 0, ("5", "5")),
            ("1.000", ("1", "1", "1"), 3, ("0.334", "0.333", "0.333")),
            ("-5", ("100", "-150"), 2, ("10", "-15")),
            ("7", (), 2, ()),
        ):
            with self.subTest(amount=amount, weights=weights):
                self.assertEqual(spread(D(amount), list(map(D, weights)), digits), list(map(D, parts)))

    def test_matrix(self):
        """Rows and columns add up, whatever the signs."""
        rows, columns = [D("44.12"), D("44.12"), D("-0.01")], [D("44.12"), D("44.11")]
        cells = matrix(rows, columns, 2)
        self.assertEqual([sum(row) for row in cells], rows)
        self.assertEqual([sum(column) for column in zip(*cells, strict=True)], columns)

    def test_cost_centres(self):
        third = line("base", "8000", "-100.00", centres=(("A", D("0.33")), ("B", D("0.33")), ("C", D("0.33"))))
        parts = [(str(part.amount), centre) for part, centre in split_centres(third, invoice())]
        self.assertEqual(parts, [("-33.00", "A"), ("-33.00", "B"), ("-33.00", "C"), ("-1.00", "")])

    def test_shares_of_several_taxes(self):
        document = invoice(
            taxes={"a": HandoverTax("2"), "b": HandoverTax("3")},
            lines=(
                line("base", "8000", "-10", taxes=("a",)), line("base", "8000", "-20", taxes=("a", "b")),
                line("tax", "1500", "-6.30", taxes=("a",)), line("tax", "1501", "-1.00", taxes=("b",)),
            ),
        )  # fmt: skip
        self.assertEqual(
            tax_shares(document, document.of_role("base")), [(D("-2.10"), D("-2.10")), (D("-5.20"), D("-5.20"))]
        )

    def test_digest(self):
        self.assertEqual(digest(invoice()), digest(invoice()))
        self.assertNotEqual(digest(invoice()), digest(invoice(reference="PO 7789")))
        self.assertEqual(digest(invoice()), digest(invoice(party=replace(CUSTOMER, phone="1", name="Other"))))
        self.assertNotEqual(digest(invoice()), digest(invoice(party=replace(CUSTOMER, number="10002"))))
        self.assertNotEqual(digest(CUSTOMER), digest(replace(CUSTOMER, phone="1")))
        one, other = (replace(invoice(), rate=D(text)) for text in ("1.10", "1.1"))
        self.assertEqual(digest(one), digest(other))

    def test_digest_is_the_same_in_every_version(self):
        """Else all that was handed over before would count as changed."""
        self.assertEqual(digest(invoice())[:16], "c75469c53c5d6525")
        self.assertEqual(digest(VENDOR)[:16], "998be1062e986b77")


class TestReadiness(BaseCase):
    needs = ExactXml.needs

    def check(self, document, *codes, **values):
        found = [issue.code for issue in check_document(document, self.needs, **values)]
        self.assertEqual(found, list(codes))

    def test_ready(self):
        self.check(invoice())
        self.check(bill())

    def test_each_reason(self):
        self.check(invoice(party=replace(CUSTOMER, number="")), "handover_no_number")
        self.check(invoice(party=replace(CUSTOMER, number="C-17")), "handover_number_digits")
        self.check(invoice(missing=(Missing("journal", "Sales", 1),)), "handover_no_code")
        self.check(invoice(entry=""), "handover_entry_number")
        self.check(invoice(entry="INV42"), "handover_entry_number")
        self.check(invoice(entry=str(MAX_ENTRY)))
        self.check(invoice(entry=str(MAX_ENTRY + 1)), "handover_entry_number")
        self.check(invoice(lines=invoice().lines[:-1]), "handover_unbalanced")
        self.check(bill(rate=None), "handover_no_rate")
        self.check(bill(takes_foreign=False), "handover_foreign")
        self.check(invoice(), "handover_locked_there", closed_until=date(2026, 1, 12))
        self.check(invoice(), closed_until=date(2026, 1, 11))
        self.check(invoice(party=replace(CUSTOMER, name="x" * 51)), "handover_name_long")

    def test_two_codes_on_a_line(self):
        taxes = {"a": HandoverTax("2"), "b": HandoverTax("3"), "c": HandoverTax("")}
        two = replace(invoice().lines[2], taxes=("a", "b"))
        one = replace(invoice().lines[2], taxes=("a", "c"))
        self.check(
            invoice(taxes=taxes, lines=(*invoice().lines[:2], two, *invoice().lines[3:])), "handover_two_vat_codes"
        )
        self.check(invoice(taxes=taxes, lines=(*invoice().lines[:2], one, *invoice().lines[3:])))

    def test_same_number_twice(self):
        documents = [invoice(id=1), invoice(id=2), invoice(id=3, journal="71"), invoice(id=4, entry="5")]
        self.assertEqual(sorted(check_together(documents)), [1, 2])
        self.assertEqual(sorted(check_together(documents, [("70", "5")])), [1, 2, 4])


class TestExact(BaseCase):
    def write(self, *documents, parties=(), **options):
        return ExactXml().write(handover(*documents, parties=parties, **options))

    def entry(self, document, **options):
        return etree.fromstring(self.write(document, **options).files[-1].content).find(".//GLTransaction")

    def test_relations(self):
        content = self.write(parties=[CUSTOMER, VENDOR]).files[0].content.decode()
        self.assertEqual(
            content,
            """<?xml version='1.0' encoding='utf-8'?>
<eExact xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="eExact-XML.xsd">
  <Accounts>
    <Account code="10001" status="C">
      <Name>Voorbeeld Afnemer B.V.</Name>
      <Email>ap@example.com</Email>
      <Language code="NL"/>
      <Address type="INV" default="1">
        <AddressLine1>Proefstraat 1</AddressLine1>
        <PostalCode>1000 AA</PostalCode>
        <City>Amsterdam</City>
        <Country code="NL"/>
      </Address>
      <VATNumber>NL001234567B01</VATNumber>
      <SalesCurrency code="EUR"/>
      <SalesPaymentCondition code="30"/>
    </Account>
    <Account code="70001">
      <Name>Sample Supply Inc.</Name>
      <Language code="EN"/>
      <IsSupplier>1</IsSupplier>
      <Address type="INV" default="1">
        <AddressLine1>1 Test Road</AddressLine1>
        <PostalCode>10001</PostalCode>
        <City>New York</City>
        <Country code="US"/>
      </Address>
      <BankAccount code="GB29NWBK60161331926819" default="1">
        <Country code="GB"/>
        <BICCode>NWBKGB2L</BICCode>
        <IBAN>GB29NWBK60161331926819</IBAN>
        <Holder>
          <Name>Sample Supply Inc.</Name>
        </Holder>
      </BankAccount>
      <PurchaseCurrency code="USD"/>
      <PurchasePaymentCondition code="30"/>
    </Account>
  </Accounts>
</eExact>
""",
        )

    def test_one_number_for_both_roles_is_one_account(self):
        both = [CUSTOMER, replace(CUSTOMER, role="vendor", currency="USD", term="60")]
        root = etree.fromstring(self.write(parties=both).files[0].content)
        self.assertEqual(len(root.findall(".//Account")), 1)
        self.assertEqual(root.findtext(".//IsSupplier"), "1")
        self.assertEqual(
            [root.find(f".//{name}").get("code") for name in ("SalesCurrency", "PurchaseCurrency")], ["EUR", "USD"]
        )

    def test_names_that_are_no_markup(self):
        name = "Müller & <Söhne>\x00\x0b" + "x" * 60
        root = etree.fromstring(self.write(parties=[replace(CUSTOMER, name=name, street="")]).files[0].content)
        self.assertEqual(root.findtext(".//Name"), ("Müller & <Söhne>" + "x" * 60)[:50])
        self.assertIsNone(root.find(".//Address"))

    def test_invoice(self):
        entry = self.entry(invoice())
        self.assertEqual(
            [(child.tag, child.get("number") or child.get("code") or child.text) for child in entry[:8]],
            [
                ("TransactionType", "20"), ("Journal", "70"), ("PaymentCondition", "30"), ("Date", "2026-01-12"),
                ("FinYear", "2026"), ("FinPeriod", "1"), ("Description", "INV/2026/00042"), ("Account", "10001"),
            ],
        )  # fmt: skip
        rows = [
            (
                found.find("GLAccount").get("code"), found.find("GLAccount").get("type"), found.findtext("VATType"),
                found.findtext("DueDate"), found.findtext("Amount/Value"), found.findtext("Amount/VATBaseAmount"),
                found.findtext("ForeignAmount/VATAmount"),
            )
            for found in entry.iter("GLTransactionLine")
        ]  # fmt: skip
        self.assertEqual(
            rows,
            [
                ("1300", "20", None, "2026-02-11", "88.23", None, None),
                ("8000", "110", None, None, "-36.46", "-36.46", "-7.66"),
                ("8000", "110", None, None, "-36.46", "-36.46", "-7.65"),
                ("1500", "24", "A", None, "-15.31", "-72.92", None),
            ],
        )
        terms = [(term.findtext("Amount/Value"), term.findtext("DueDate")) for term in entry.iter("PaymentTerm")]
        self.assertEqual(terms, [("44.12", "2026-02-11"), ("44.11", "2026-03-13")])

    def test_bill_in_another_currency(self):
        entry = self.entry(bill())
        self.assertEqual(entry.find("TransactionType").get("number"), "30")
        rows = [
            (found.findtext("Date"), found.findtext("Amount/Value"), found.findtext("ForeignAmount/Value"),
             found.findtext("ForeignAmount/Rate"), found.findtext("References/YourRef"))
            for found in entry.iter("GLTransactionLine")
        ]  # fmt: skip
        self.assertEqual(
            rows,
            [
                ("2026-01-31", "-924.71", "-1001.00", "0.92379", "SS-90017"),
                ("2026-01-31", "308.23", "333.66", "0.92379", "SS-90017"),
                ("2026-01-31", "308.24", "333.67", "0.92379", "SS-90017"),
                ("2026-01-31", "308.24", "333.67", "0.92379", "SS-90017"),
            ],
        )
        self.assertIsNone(entry.find("PaymentTerms"))

    def test_reverse_charge(self):
        """Both tax lines go out: what may be deducted, and what is to be paid."""
        lines = (
            line("due", "1600", "-100.00", "payable"), line("base", "4500", "100.00", "expense", taxes=("r",)),
            line("tax", "1510", "21.00", "tax", taxes=("r",)), line("tax", "1520", "-21.00", "tax", taxes=("r",)),
        )  # fmt: skip
        taxes = {"r": HandoverTax("9", rate=D("0.21"), is_reverse=True)}
        entry = self.entry(bill(lines=lines, taxes=taxes, currency="EUR", rate=None))
        rows = [
            (found.findtext("VATType"), found.findtext("Amount/Value"), found.findtext("Amount/VATBaseAmount"))
            for found in entry.iter("GLTransactionLine")
        ]
        self.assertEqual(rows[2:], [("O", "21.00", "100.00"), ("P", "-21.00", "-100.00")])
        self.assertEqual(entry.findall(".//VATAmount")[0].text, "0.00")

    def test_lines_without_vat(self):
        """Exact works it out: 7.66 and 7.66, which is told."""
        written = self.write(invoice(), lines="base")
        entry = etree.fromstring(written.files[0].content).find(".//GLTransaction")
        self.assertEqual([found.findtext("Amount/Value") for found in entry.iter("GLTransactionLine")], ["-36.46"] * 2)
        self.assertEqual(
            [(issue.code, issue.values["difference"]) for issue in written.issues],
            [("handover_vat_differs", D("-0.01"))],
        )

    def test_files_are_split_between_documents(self):
        documents = tuple(invoice(id=at, entry=str(at)) for at in range(1, 8))
        settings = replace(SETTINGS, max_documents=3)
        files = ExactXml().write(replace(handover(*documents), settings=settings)).files
        self.assertEqual([file.name for file in files], [f"transactions_{at}.xml" for at in (1, 2, 3)])
        self.assertEqual([file.documents for file in files], [(1, 2, 3), (4, 5, 6), (7,)])
        size = len(files[2].content)
        files = ExactXml().write(replace(handover(*documents), settings=replace(SETTINGS, max_size=size * 2))).files
        self.assertTrue(all(len(file.content) <= size * 2 for file in files))
        self.assertEqual(sum(len(file.documents) for file in files), 7)
