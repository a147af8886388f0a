"""Random documents of all sorts in every format: what goes out adds up to what is booked."""

import csv
import io
import os
import random
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from lxml import etree

from odoo import Command
from odoo.tests import freeze_time, tagged

from ...engine.handover.amounts import total
from ...engine.handover.formats import FORMATS
from ...engine.handover.items import Handover
from ...engine.handover.readiness import check_document
from ...models.transfer.documents import DocumentReader
from ..common import TODAY
from .common_transfer import OpenBalanceTransferCommon

COUNT = 60
# Exact's own schema is not ours to keep: where it lies beside the checkout, files are held against it.
SCHEMA = Path(os.environ.get("EXACT_SCHEMA") or Path(__file__).parents[3] / "shared" / "exact" / "eExact-XML.xsd")
ORDER = {
    "GLTransaction": "TransactionType Journal PaymentCondition Date FinYear FinPeriod Description Account "
    "GLTransactionLine PaymentTerms",
    "GLTransactionLine": "Date VATType FinYear FinPeriod GLAccount Description DueDate InvoiceDate Account Costcenter "
    "Quantity Amount ForeignAmount References",
    "Amount": "Currency Value VAT VATPercentage VATBaseAmount",
    "ForeignAmount": "Currency Value Rate VAT VATPercentage VATBaseAmount VATAmount",
    "References": "InvoiceNumber PaymentReference YourRef",
    "PaymentTerm": "Description GLAccount Account Amount ForeignAmount Reference YourRef InvoiceNumber InvoiceDate "
    "DueDate",
    "Account": "Name Phone Email HomePage Language IsSupplier Address BankAccount VATNumber ChamberOfCommerce "
    "SalesCurrency PurchaseCurrency CreditLine SalesPaymentCondition PurchasePaymentCondition",
    "Address": "AddressLine1 AddressLine2 PostalCode City State Country",
    "BankAccount": "Country BICCode IBAN Holder",
}
NAMES = ("Müller & Söhne <GmbH>", "=SUM(A1:A9)", "@evil", "Łódź 😀 " + "x" * 300, "Plain")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRandomDocuments(OpenBalanceTransferCommon):
    """Documents of all types, currencies and taxes, made by Odoo itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dice = random.Random(20261127)
        cls.env.user.group_ids |= cls.env.ref("account.group_cash_rounding")
        cls.currencies = [cls.env.company.currency_id] + [
            cls.setup_other_currency(name, rates=[("2026-01-01", rate)])
            for name, rate in (("EUR", 0.8731), ("JPY", 147.37), ("KWD", 0.30713))
        ]
        cls.plan = cls.env["account.analytic.plan"].create({"name": "Centres"})
        cls.centres = cls.env["account.analytic.account"].create(
            [{"name": f"Centre {at}", "code": f"C{at}", "plan_id": cls.plan.id} for at in range(3)]
        )
        cls.package.write({"analytic_plan_id": cls.plan.id, "datev_consultant": 1001, "datev_client": 1})
        cls.taxes = {use: cls._create_taxes(use) for use in ("sale", "purchase")}
        cls.terms = cls.env["account.payment.term"].create(
            [cls._prepare_term(*shares) for shares in ((100,), (30, 30, 40))]
        )
        cls.terms |= cls.env["account.payment.term"].create(
            cls._prepare_term(100) | {"early_discount": True, "discount_percentage": 2, "discount_days": 7}
        )
        cls.rounding = cls.env["account.cash.rounding"].create(
            {
                "name": "5 cents", "rounding": 0.05, "strategy": "add_invoice_line",
                "profit_account_id": cls.company_data["default_account_revenue"].id,
                "loss_account_id": cls.company_data["default_account_expense"].id,
            }
        )  # fmt: skip
        cls.package.code_ids = [
            Command.create({"payment_term_id": term.id, "code": str(at)}) for at, term in enumerate(cls.terms, 1)
        ]
        cls.partners = [
            cls._create_partner(name, debtor_number=str(at), creditor_number=str(7 + at))
            for at, name in enumerate(NAMES, 10)
        ]
        cls.moves = cls.env["account.move"].union(*(cls._create_random(at) for at in range(1, COUNT + 1)))

    @classmethod
    def _prepare_term(cls, *shares):
        lines = [{"value": "percent", "value_amount": share, "nb_days": 30 * at} for at, share in enumerate(shares)]
        return {"name": f"{len(shares)} parts", "line_ids": [Command.create(line) for line in lines]}

    @classmethod
    def _create_taxes(cls, use):
        plain = [cls._create_tax(f"{use} {rate}", rate, type_tax_use=use) for rate in (21.0, 7.0, 0.0)]
        included = cls._create_tax(f"{use} included", 19.0, type_tax_use=use, price_include_override="tax_included")
        repartition = [
            Command.create({"repartition_type": "base", "document_type": kind, "factor_percent": 100})
            for kind in ("invoice", "refund")
        ] + [
            Command.create({"repartition_type": "tax", "document_type": kind, "factor_percent": factor})
            for kind in ("invoice", "refund") for factor in (100, -100)
        ]  # fmt: skip
        reverse = cls.env["account.tax"].create(
            {"name": f"{use} reverse", "amount": 21.0, "type_tax_use": use, "repartition_line_ids": repartition}
        )
        taxes = [*plain, included, reverse]
        cls.package.code_ids = [
            Command.create({"tax_id": tax.id, "code": f"{use[0]}{at}"}) for at, tax in enumerate(taxes)
        ]
        return taxes

    @classmethod
    def _create_random(cls, number):
        dice = cls.dice
        kind = dice.choice(("out_invoice", "out_refund", "in_invoice", "in_refund"))
        use = "sale" if kind.startswith("out") else "purchase"
        cls.env.company.tax_calculation_rounding_method = dice.choice(("round_per_line", "round_globally"))
        lines = [cls._prepare_line(use) for _ in range(dice.randint(1, 5))]
        prefix = {"out_invoice": "INV", "out_refund": "RINV", "in_invoice": "BILL", "in_refund": "RBILL"}[kind]
        date = f"2026-{dice.randint(1, 3):02}-{dice.randint(1, 28):02}"
        move = cls.env["account.move"].create(
            {
                "move_type": kind,
                "name": f"{prefix}/2026/{number:05}",
                "ref": f"R{number}",
                "partner_id": dice.choice(cls.partners).id,
                "invoice_date": date,
                "date": date,
                "currency_id": dice.choice(cls.currencies).id,
                "invoice_payment_term_id": dice.choice(cls.terms).id,
                "invoice_cash_rounding_id": cls.rounding.id if dice.random() < 0.2 else False,
                "invoice_line_ids": lines,
            }
        )
        move.action_post()
        return move

    @classmethod
    def _prepare_line(cls, use):
        dice = cls.dice
        values = {
            "name": dice.choice(NAMES),
            "quantity": dice.choice((1, 1, 2, 3.5)),
            "price_unit": round(dice.uniform(3, 2000), 2),
            "tax_ids": [Command.set([dice.choice(cls.taxes[use]).id] if dice.random() < 0.9 else [])],
        }
        if dice.random() < 0.3:
            values["analytic_distribution"] = {
                str(centre.id): share for centre, share in zip(cls.centres, (33, 33, 34), strict=True)
            }
        return Command.create(values)

    def _read(self):
        documents = DocumentReader(self.package).read_documents(self.moves)
        needs = self.package._get_needs()
        for document in documents:
            stops = [issue for issue in check_document(document, needs) if issue.level == "stop"]
            self.assertEqual(stops, [], document.name)
        return documents

    def _write(self, name, documents, **options):
        settings = self.package._get_handover_settings()
        settings.options.update(options)
        parties = tuple({document.party.id: document.party for document in documents}.values())
        return FORMATS[name].write(Handover(tuple(documents), parties, settings)).files

    def assertOrder(self, root):
        for element in root.iter():
            wanted = ORDER.get(element.tag, "").split()
            if wanted and len(element):
                places = [wanted.index(child.tag) for child in element]
                self.assertEqual(places, sorted(places), element.tag)
            self.assertTrue(len(element) or element.text or element.attrib, element.tag)

    def test_exact(self):
        documents = self._read()
        by_entry = {document.entry: document for document in documents}
        files = self._write("exact_xml", documents)
        schema = etree.XMLSchema(etree.parse(SCHEMA)) if SCHEMA.exists() else None
        seen = 0
        for file in files:
            root = etree.fromstring(file.content)
            self.assertOrder(root)
            if schema:
                self.assertTrue(schema.validate(root), schema.error_log)
            for entry in root.iter("GLTransaction"):
                seen += 1
                self._check_entry(entry, by_entry[entry.get("entry")])
        self.assertEqual(seen, COUNT)

    def _check_entry(self, entry, document):
        def add(path):
            return sum(map(Decimal, entry.xpath(path)), Decimal(0))

        self.assertEqual(add("GLTransactionLine/Amount/Value/text()"), 0, document.name)
        self.assertEqual(add("GLTransactionLine/ForeignAmount/Value/text()"), 0, document.name)
        own, foreign = total(document)
        control = entry.find("GLTransactionLine")
        self.assertEqual(Decimal(control.findtext("Amount/Value")), own, document.name)
        self.assertEqual(Decimal(control.findtext("ForeignAmount/Value")), foreign, document.name)
        terms = entry.findall("PaymentTerms/PaymentTerm")
        if terms:
            self.assertEqual(sum(Decimal(term.findtext("ForeignAmount/Value")) for term in terms), foreign)
        taxes = sum((line.foreign for line in document.of_role("tax")), Decimal(0))
        self.assertEqual(add("GLTransactionLine/ForeignAmount/VATAmount/text()"), taxes, document.name)
        centres = {line.get("code") for line in entry.iter("Costcenter")}
        self.assertLessEqual(centres, {"C0", "C1", "C2"})

    def test_datev(self):
        documents = self._read()
        sums, names = defaultdict(Decimal), {}
        for document in documents:
            name = document.name if document.is_sale else document.reference
            names[name] = document
        for file in self._write("datev_extf", documents, encoding="cp1252"):
            self.assertNotIn(b"\n", file.content.replace(b"\r\n", b""))
            head, columns, *rows = csv.reader(io.StringIO(file.content.decode("cp1252")), delimiter=";")
            self.assertEqual((head[0], len(head)), ("EXTF", 31))
            self.assertTrue(all(len(row) == len(columns) for row in rows))
            self.assertEqual(len(columns), 125 if head[2] == "21" else 254)
            if head[2] != "21":
                continue
            for row in rows:
                self.assertRegex(row[0], r"^\d{1,10},\d{2}$")
                amount = Decimal((row[4] or row[0]).replace(",", "."))
                sums[row[10]] += amount if row[1] == "S" else -amount
                self.assertEqual(row[9], f"{names[row[10]].date:%d%m}")
        self.assertEqual(dict(sums), {name: total(document)[0] for name, document in names.items()})

    def test_table(self):
        documents = self._read()
        wanted = {document.name: total(document) for document in documents}
        for row_per in ("document", "tax", "line"):
            files = self._write("csv", documents, row_per=row_per)
            text = next(file.content for file in files if file.name == "documents.csv").decode("utf-8-sig")
            sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
            for row in csv.DictReader(io.StringIO(text), delimiter=";"):
                sums[row["Invoice Number"]][0] += Decimal(row["Gross"].replace(",", "."))
                sums[row["Invoice Number"]][1] += Decimal(row["Gross in Currency"].replace(",", "."))
                self.assertFalse(row["Text"].startswith(("=", "@")), row["Text"])
                self.assertFalse(row["Partner"].startswith(("=", "@")), row["Partner"])
            self.assertEqual({name: tuple(found) for name, found in sums.items()}, wanted, row_per)
