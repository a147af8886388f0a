"""Exact Online's XML: what is read, what is refused, and what pages tell together."""

from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ....engine import Issue, ReadOptions, ReadResult, join_item_pages, read
from ....engine.files import limits
from ....engine.items import Page
from ....engine.open_items.items import ReportedItem
from ...exact_samples import Item, customer, document, entry, schema_errors, topic, vendor

D = Decimal
DAY, DUE = date(2026, 1, 15), date(2026, 2, 14)
AZURE = ("10001", "Azure Interior")
WOOD = ("70001", "Wood Corner")


def reported(kind, partner, number, balance, currency="EUR", own=None, row=1, reference=None, **values):
    """A whole item of a file called ARs_1.XML."""
    facts = {
        "kind": kind,
        "partner_number": partner[0],
        "partner_name": partner[1],
        "number": number,
        "reference": reference,
        "date": DAY,
        "due_date": DUE,
        "balance": D(balance),
        "currency": currency,
        "company_balance": D(own or balance),
        "row": row,
        "file": "ARs_1.XML",
    }
    return ReportedItem(**{**facts, **values})


class ExactCase(BaseCase):
    """Reading files that are built here."""

    def parse(self, data, valid=True, name="ARs_1.XML", **options):
        """Read a file; ``valid``: it follows Exact's schema, which is checked where the schema is at hand."""
        data = data.encode() if isinstance(data, str) else data
        if valid:
            self.assertEqual(schema_errors(data), [])
        return read(data, name, ReadOptions(**options))

    def told(self, result):
        """Level, code, row and values of all problems."""
        return [(issue.level, issue.code, issue.row, dict(issue.values)) for issue in result.problems]

    def refused(self, data, code, **values):
        """The file gives no item and one stop."""
        result = self.parse(data, valid=False)
        self.assertEqual((result.items, result.rejected, self.told(result)), ((), (), [("stop", code, None, values)]))
        self.assertTrue(result.failed)


class TestRead(ExactCase):
    """Outstanding items of customers and vendors."""

    def test_customers(self):
        data = document(
            ars=customer(*AZURE, Item("202600001", description="Factuur"), Item("202600007", "400", "USD", "368.2"))
            + customer("10002", "Deco Addict", Item("202600009", "-50.5")),
            topics=topic("ARs", 2),
        )
        result = self.parse(data)
        self.assertEqual(
            result.items,
            (
                reported("receivable", AZURE, "202600001", "121.00"),
                reported("receivable", AZURE, "202600007", "400.00", "USD", "368.20", 2),
                reported("receivable", ("10002", "Deco Addict"), "202600009", "-50.50", row=3),
            ),
        )
        found = result.detected
        self.assertEqual((result.problems, result.rejected), ((), ()))
        self.assertEqual(
            (found.format, found.encoding, found.cover, found.row_count), ("xml", "utf-8", "receivable", 3)
        )
        self.assertEqual((found.names_currency, found.payables_sign), (True, None))
        self.assertEqual(found.pages, (Page("ARs", 2, 1000),))

    def test_vendors_go_by_their_own_number(self):
        data = document(aps=vendor(*WOOD, Item("26600003", "242", your_ref="RE-0099"), Item("26600004", "-42")))
        result = self.parse(data)
        self.assertEqual(
            result.items,
            (
                reported("payable", WOOD, "RE-0099", "-242.00", reference="26600003"),
                reported("payable", WOOD, "26600004", "42.00", row=2),
            ),
        )
        self.assertEqual((result.detected.cover, result.detected.payables_sign), ("payable", "assumed"))

    def test_both_in_one_file(self):
        data = document(ars=customer(*AZURE, Item("1")), aps=vendor(*WOOD, Item("2", "-242")))
        result = self.parse(data)
        self.assertEqual(
            result.items,
            (reported("receivable", AZURE, "1", "121.00"), reported("payable", WOOD, "2", "-242.00", row=2)),
        )
        self.assertEqual((result.detected.cover, self.told(result)), ("both", []))

    def test_payables_sign_as_told(self):
        data = document(aps=vendor(*WOOD, Item("1", "242")))
        for sign, balance in (("positive", "-242.00"), ("ledger", "242.00")):
            result = self.parse(data, payables_sign=sign)
            self.assertEqual(result.items, (reported("payable", WOOD, "1", balance),))
            self.assertEqual(result.detected.payables_sign, sign)

    def test_amounts_as_xml_writes_them(self):
        texts = {
            "920.5": "920.50",
            "121": "121.00",
            "1E+03": "1000.00",
            "-1.5e2": "-150.00",
            "+7": "7.00",
            ".5": "0.50",
        }
        texts |= {"368.20000000000005": "368.20", "0.125": "0.125"}
        items = [Item(str(number), text) for number, text in enumerate(texts, 1)]
        result = self.parse(document(ars=customer(*AZURE, *items)))
        self.assertEqual([str(item.balance) for item in result.items], list(texts.values()))

    def test_amounts_that_cannot_be_read(self):
        items = [Item(str(number), text) for number, text in enumerate(("1.234,56", "NaN", "INF", "1E+90", "x"), 1)]
        result = self.parse(document(ars=customer(*AZURE, *items, Item("9"))), valid=False)
        self.assertEqual(result.items, (reported("receivable", AZURE, "9", "121.00", row=6),))
        self.assertEqual([item.row for item in result.rejected], [1, 2, 3, 4, 5])
        self.assertEqual({(item.balance, item.company_balance) for item in result.rejected}, {(None, None)})
        first = result.problems[0]
        self.assertEqual(
            (first.level, first.code, first.file, first.row, first.column, first.text),
            ("warning", "amount_unreadable", "ARs_1.XML", 1, "OutstandingAmtFC", "1.234,56"),
        )
        self.assertEqual({issue.code for issue in result.problems}, {"amount_unreadable"})

    def test_unreadable_company_amount_rejects_too(self):
        result = self.parse(document(ars=customer(*AZURE, Item("1", "5", own="five"))), valid=False)
        self.assertEqual((result.items, len(result.rejected)), ((), 1))
        self.assertEqual(result.problems[0].column, "OutstandingAmtDC")

    def test_zero_is_said(self):
        result = self.parse(document(ars=customer(*AZURE, Item("1", "0"), Item("2"))))
        self.assertEqual(result.items, (reported("receivable", AZURE, "2", "121.00", row=2),))
        self.assertEqual(self.told(result), [("info", "row_zero", 1, {"number": "1"})])

    def test_dates(self):
        items = [Item("1", date="2026-01-15T00:00:00", due="2026-02-14+01:00"), Item("2", date="15-01-2026", due="")]
        result = self.parse(document(ars=customer(*AZURE, *items)), valid=False)
        second = reported("receivable", AZURE, "2", "121.00", row=2, date=None, due_date=None)
        self.assertEqual(result.items, (reported("receivable", AZURE, "1", "121.00"), second))
        expected = ("warning", "date_unreadable", 2, {"column": "InvoiceDate", "text": "15-01-2026"})
        self.assertEqual(self.told(result), [expected])

    def test_codes_are_stripped_and_zero_is_no_number(self):
        data = document(ars=customer("             10001", " Azure  Interior ", Item("0"), Item("", "-5")))
        expected = [reported("receivable", AZURE, None, "121.00"), reported("receivable", AZURE, None, "-5.00", row=2)]
        self.assertEqual(self.parse(data).items, tuple(expected))

    def test_any_order_and_hardly_anything(self):
        data = (
            "<eExact><APs/><Messages/><ARs><AR><OutstandingItems>"
            "<OutstandingItem><OutstandingAmtDC> 5 </OutstandingAmtDC></OutstandingItem>"
            "<OutstandingItem number='7'><OutstandingAmtFC>9<!-- x -->0</OutstandingAmtFC>"
            "<Currency code='usd'/></OutstandingItem></OutstandingItems><Account><Image>"
            + "A" * 50_000
            + "</Image><Name><![CDATA[Azure Interior]]></Name></Account></AR></ARs></eExact>"
        )
        result = self.parse(data, valid=False)
        bare = {"date": None, "due_date": None}
        azure = (None, "Azure Interior")
        self.assertEqual(
            result.items,
            (
                reported("receivable", azure, None, "5.00", None, **bare),
                reported("receivable", azure, "7", "90.00", "USD", row=2, company_balance=None, **bare),
            ),
        )
        self.assertEqual(self.told(result), [("info", "exact_empty", None, {"topic": "APs"})])
        self.assertEqual(result.detected.cover, "receivable")

    def test_currency_that_is_not_named(self):
        data = document(ars=customer(*AZURE, Item("1", "400", "", "368.2"), Item("2", "5", "")))
        self.assertEqual(
            self.parse(data, valid=False).items,
            (
                reported("receivable", AZURE, "1", "368.20", None),
                reported("receivable", AZURE, "2", "5.00", None, row=2),
            ),
        )
        data = data.replace(b"<OutstandingAmtDC>5</OutstandingAmtDC>", b"")
        result = self.parse(data, valid=False)
        self.assertEqual((result.items[1].company_balance, result.detected.names_currency), (None, False))

    def test_amounts_in_company_currency_by_order(self):
        data = document(ars=customer(*AZURE, Item("1", "400", "USD", "368.2")))
        result = self.parse(data, balance_currency="company")
        self.assertEqual(result.items, (reported("receivable", AZURE, "1", "368.20", None),))

    def test_missing_amount_and_missing_account(self):
        data = (
            "<eExact><ARs><AR><OutstandingItems><OutstandingItem number='1'/><OutstandingItem number='2'>"
            "<OutstandingAmtFC>5</OutstandingAmtFC></OutstandingItem></OutstandingItems></AR></ARs></eExact>"
        )
        result = self.parse(data, valid=False)
        self.assertEqual([(item.number, item.balance) for item in result.items], [("2", D("5.00"))])
        self.assertEqual([(item.number, item.balance) for item in result.rejected], [("1", None)])
        expected = [("warning", "amount_missing", 1, {"number": "1"}), ("warning", "exact_account_missing", 1, {})]
        self.assertEqual(self.told(result), expected)

    def test_name_spaces_and_encodings(self):
        data = document(ars=customer("10001", "Zoë", Item("1"))).decode()
        spaced = data.replace("<", "<e:").replace("<e:/", "</e:").replace("<e:?", "<?")
        spaced = spaced.replace("xmlns:xsi", 'xmlns:e="urn:e" xmlns:xsi')
        wide = data.replace("utf-8", "utf-16")
        for form, text in {
            "mark": "\ufeff" + data,
            "blanks": " \n" + data,
            "comments": "<!-- <html> --><?style x?>" + data[data.index("\n") :],
            "utf-16": wide.encode("utf-16"),
            "utf-16 without mark": wide.encode("utf-16-be"),
            "utf-16 with blanks": ("\ufeff\n" + wide).encode("utf-16-be"),
            "latin-1": data.replace("utf-8", "iso-8859-1").encode("latin-1"),
            "name space": spaced,
        }.items():
            with self.subTest(form):
                expected = (reported("receivable", ("10001", "Zoë"), "1", "121.00"),)
                self.assertEqual(self.parse(text, valid=False).items, expected)

    def test_what_was_exported_is_shown(self):
        parameters = (
            '<Topic code="ARs"><Parameters><Export><Parameter name="refdate" description="Date"><ParameterValues>'
            '<ParameterValue value="2026-03-31"/></ParameterValues></Parameter></Export></Parameters></Topic>'
        )
        result = self.parse(document(ars=customer(*AZURE, Item("1")), topics=parameters), name="ARs 2026-03-30.xml")
        found = result.detected
        self.assertEqual((found.preamble, found.balance_date), (("Date: 2026-03-31",), date(2026, 3, 30)))


class TestRefuse(ExactCase):
    """What is no list of outstanding items gets its own answer."""

    def test_other_topics(self):
        self.refused("<eExact><Accounts><Account code='1'/></Accounts></eExact>", "exact_topic", topics=("Accounts",))
        mixed = "<eExact><ARs/><GLTransactions/></eExact>"
        self.refused(mixed, "exact_topic", topics=("ARs", "GLTransactions"))
        named = document(topics=topic("GLTransactions", 0), messages=" ")
        self.refused(named, "exact_topic", topics=("GLTransactions",))

    def test_other_topics_are_refused_early(self):
        data = b"<eExact><Items>" + b"<Item/>" * 100_000  # neither complete nor kept
        self.refused(data, "exact_topic", topics=("Items",))

    def test_globe(self):
        self.refused("<eExact><GLEntries><GLEntry/></GLEntries></eExact>", "exact_globe")
        attribute = (
            'xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:noNamespaceSchemaLocation="eExact-Schema.xsd"'
        )
        self.refused(f"<eExact {attribute}><ARs/></eExact>", "exact_globe")

    def test_messages(self):
        messages = (
            '<Message type="2"><Topic code="GLTransactions"><Data keyAlt="1"/></Topic><Date>2026-01-15T10:00:00</Date>'
            "<Description>Created</Description></Message>"
            '<Message type="0"><Date>2026-01-15T10:00:00</Date><Description>Period is closed</Description></Message>'
        )
        data = document(messages=messages)
        self.assertEqual(schema_errors(data), [])
        values = {"count": 2, "errors": 1, "warnings": 0, "types": ("0", "2")}
        self.refused(data, "exact_messages", **values, texts=("Period is closed", "1: Created"))

    def test_message_beside_a_list_is_a_warning(self):
        message = '<Message type="1"><Date>2026-01-15T10:00:00</Date><Description>Slow</Description></Message>'
        result = self.parse(document(ars=customer(*AZURE, Item("1")), messages=message))
        values = {"count": 1, "errors": 0, "warnings": 1, "types": ("1",), "texts": ("Slow",)}
        self.assertEqual(self.told(result), [("warning", "exact_messages", None, values)])
        self.assertEqual(len(result.items), 1)

    def test_empty(self):
        for data in ("<eExact><ARs/></eExact>", document(topics=topic("A/R", 0)), document(ars=entry("AR", *AZURE))):
            self.refused(data, "exact_empty", topic="ARs")
        self.refused("<eExact/>", "exact_empty", topic="")

    def test_declarations_and_excess(self):
        for data in (
            '<!DOCTYPE eExact [<!ENTITY a "b">]><eExact><ARs/></eExact>',
            '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE eExact SYSTEM "file:///etc/passwd"><eExact/>',
            '<!DOCTYPE eExact [<!ENTITY a "b">]><eExact/>'.encode("utf-16"),
            "<eExact>" + "<a>" * 300 + "</a>" * 300 + "</eExact>",
            f"<eExact><!--{'x' * 10_500_000}--></eExact>",
            f"<eExact><ARs><AR><Account><Name>{'x' * 10_500_000}</Name></Account></AR></ARs></eExact>",
            document(ars=customer("1", "x" * (limits.MAX_TEXT + 1), Item("1"))),
            "<eExact><ARs>" + "<x/>" * 5_100_000 + "</ARs></eExact>",
        ):
            self.refused(data, "xml_forbidden")

    def test_entity_without_declaration(self):
        self.refused("<eExact><ARs>&secret;</ARs></eExact>", "file_damaged", format="xml")

    def test_damaged(self):
        data = document(ars=customer(*AZURE, Item("1")))
        for broken in (data[:-20], data[:200], b"<eExact", data + b"<more/>", data.replace(b"Azure", b"Az\xffre")):
            self.refused(broken, "file_damaged", format="xml")

    def test_other_xml_is_not_claimed(self):
        for data in ("<Invoice/>", "<?xml version='1.0'?><eExactly/>", "<!DOCTYPE x><eExact/>", "<!-- <eExact>"):
            self.refused(data, "file_unknown", format="xml")

    def test_name_says_nothing(self):
        self.assertEqual(len(self.parse(document(ars=customer(*AZURE, Item("1"))), name="list.csv").items), 1)
        table = b"Customer;Voucher Number;Voucher Date;Open Balance\n1;<eExact>;15.01.2026;5,00\n"
        self.assertEqual(read(table, "ARs_1.XML").items[0].number, "<eExact>")


class TestPages(ExactCase):
    """Files of one list."""

    def page(self, number, count, size=2, name="ARs", open_amount="121"):
        """Read a page with one item."""
        inside = entry(name[:2], "10001", "Azure Interior", Item(str(number), open_amount))
        parts = {name.lower(): inside, "topics": topic(name, count, size)}
        return self.parse(document(**parts), name=f"{name}_{number}.XML")

    def codes(self, *results):
        return [[issue.code for issue in result.problems] for result in join_item_pages(results)]

    def test_full_page(self):
        result = self.page(1, 2)
        values = {"rows": 1, "topic": "ARs", "count": 2, "pagesize": 2}
        self.assertEqual(self.told(result), [("stop", "list_cut_off", None, values)])
        self.assertEqual(self.codes(result), [["list_cut_off"]])

    def test_full_page_that_does_not_say_its_count(self):
        data = document(ars=customer(*AZURE, Item("1")), topics='<Topic code="A/R" pagesize="1"/>')
        self.assertEqual(self.parse(data).problems[0].values["count"], 1)

    def test_page_that_is_not_full_ends_the_list(self):
        self.assertEqual(self.codes(self.page(2, 1), self.page(1, 2)), [[], []])

    def test_last_of_several_full_pages_is_the_one_in_doubt(self):
        self.assertEqual(self.codes(self.page(1, 2), self.page(2, 2)), [[], ["list_cut_off"]])

    def test_page_of_another_topic_ends_nothing(self):
        self.assertEqual(self.codes(self.page(1, 2), self.page(1, 1, name="APs")), [["list_cut_off"], []])

    def test_page_that_tells_no_size_ends_nothing(self):
        other = self.parse(document(ars=customer(*AZURE, Item("1"))))
        self.assertEqual(self.codes(self.page(1, 2), other), [["list_cut_off"], []])

    def test_empty_last_page(self):
        empty = self.parse(document(topics=topic("ARs", 0, 2)))
        self.assertEqual(self.codes(self.page(1, 2), empty), [[], []])
        self.assertFalse(join_item_pages([self.page(1, 2), empty])[1].failed)

    def test_empty_list_beside_another_list(self):
        empty = self.parse(document(topics=topic("APs", 0, 2)))
        self.assertEqual(self.codes(self.page(1, 1), empty), [[], ["exact_empty"]])

    def test_table_that_is_cut_off_stays_so(self):
        cut = ReadResult(problems=(Issue("stop", "list_cut_off", {"rows": 65_536}),))
        self.assertEqual(join_item_pages([cut, self.page(1, 1)])[0], cut)

    def test_payables_of_all_pages_are_signed_alike(self):
        bills = vendor(*WOOD, *(Item(str(number), "100") for number in range(3)))
        credits = vendor(*WOOD, Item("9", "-40"))
        pages = [self.parse(document(aps=bills)), self.parse(document(aps=credits))]
        self.assertEqual([page.items[0].balance for page in pages], [D("-100.00"), D("-40.00")])
        for order in (pages, pages[::-1]):
            joined = join_item_pages(order)
            found = sorted(item.balance for page in joined for item in page.items)
            self.assertEqual(found, [D("-100.00")] * 3 + [D("40.00")])
            self.assertEqual({page.detected.payables_turned for page in joined}, {True})
