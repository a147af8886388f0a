"""Tables that are no list of one company's open items: each stops, a person may say that it is one all the same."""

from ....engine import GUARDS
from ...engine_case import ReadCase


class TestOtherLists(ReadCase):
    """Several companies, statements of an account, payments, totals."""

    def stops(self, *lines, name="list.csv", **options):
        result = self.read([*lines], name, **options)
        found = [issue for issue in result.problems if issue.level == "stop"]
        self.assertEqual({issue.code for issue in found} - GUARDS, set())
        return [(issue.code, issue.row) for issue in found]

    def test_several_companies(self):
        for header in (
            "Company Code", "Buchungskreis", "Mandant", "Administratie", "Société", "Sociedad", "Selskap", "Spółka",
            "Legal Entity", "Şirket",
        ):  # fmt: skip
            lines = [f"{header};Customer No.;Invoice No.;Date;Balance", "1000;C1;A;05.01.2026;10,00"]
            with self.subTest(header):
                self.assertEqual(self.stops(*lines, "1000;C1;B;06.01.2026;20,00"), [])
                self.assertEqual(self.stops(*lines, "2000;C1;B;06.01.2026;20,00"), [("several_companies", None)])
                self.assertEqual(self.stops(*lines, ";C1;B;06.01.2026;20,00", f"{header};;;;"), [])
        result = self.read([*lines, "2000;C1;B;06.01.2026;20,00"])
        self.assertEqual(dict(result.problems[0].values), {"column": "Şirket", "companies": ("1000", "2000")})

    def test_company_as_partner(self):
        """Without another partner the column may be the partners': not several companies, but a question."""
        self.assertEqual(
            self.stops("Company;Invoice No.;Date;Balance", "A;1;05.01.2026;1,00", "B;2;05.01.2026;2,00"),
            [("column_unclear", None)],
        )

    def test_running_balance(self):
        rows = ("05.01.2026;A;C1;100,00;;100,00", "06.01.2026;B;C1;50,00;;150,00", "07.01.2026;C;C1;;30,00;120,00")
        for header in (
            "Datum;Beleg;Kunde;Soll;Haben;Saldo", "Date;Document;Customer;Debit;Credit;Balance",
            "Datum;Factuurnr;Klant;Debet;Credit;Saldo", "Date;N° pièce;Client;Débit;Crédit;Solde",
        ):  # fmt: skip
            with self.subTest(header):
                self.assertEqual(
                    self.stops(header, *rows, "08.01.2026;D;C1;5,00;;125,00"), [("list_of_bookings", None)]
                )

    def test_own_balances(self):
        rows = ("05.01.2026;A;C1;100,00;;100,00", "06.01.2026;B;C1;50,00;;50,00", "07.01.2026;C;C1;;30,00;-30,00")
        self.assertEqual(self.stops("Datum;Beleg;Kunde;Soll;Haben;Saldo", *rows), [])

    def test_brought_forward(self):
        for text in (
            "Opening balance", "Balance brought forward", "Saldovortrag", "Eröffnungssaldo 01.01.", "Beginsaldo",
            "Solde initial", "Report à nouveau", "Saldo anterior", "Saldo iniziale", "Ingående saldo", "Primosaldo",
            "Alkusaldo", "Bilans otwarcia", "Počáteční zůstatek", "Nyitó egyenleg", "Sold inițial", "Devreden bakiye",
            "Входящее сальдо",
        ):  # fmt: skip
            lines = [
                "Customer;Invoice No.;Date;Text;Balance",
                f"C1;;01.01.2026;{text};500,00",
                "C1;A;05.01.2026;x;10,00",
            ]
            with self.subTest(text):
                self.assertEqual(self.stops(*lines), [("list_of_bookings", 2)])
                self.assertEqual(self.stops(*lines[:1], lines[1].replace(";;", ";OB1;"), lines[2]), [])

    def test_payments(self):
        for header in (
            "Customer;Payment No.;Payment Date;Amount", "Kunde;Zahlungsnummer;Datum;Betrag",
            "Klant;Nummer;Betaaldatum;Bedrag", "Client;N°;Date de paiement;Montant",
        ):  # fmt: skip
            with self.subTest(header):
                stops = self.stops(header, "C1;P1;05.01.2026;10,00", "C2;P2;06.01.2026;20,00")
                self.assertIn(("list_of_payments", None), stops)
        rows = ("Kunde;Nummer;Datum;Betrag", "C1;P1;05.01.2026;10,00", "C2;P2;06.01.2026;20,00")
        for title in ("Zahlungseingänge März", "Payments received", "Ontvangsten", "Encaissements", "Inbetalningar"):
            with self.subTest(title):
                self.assertIn(("list_of_payments", None), self.stops(title, "", *rows))
        self.assertNotIn(("list_of_payments", None), self.stops("Payment terms: 30 days", "", *rows))

    def test_payments_by_type(self):
        header = "Customer;Type;Number;Date;Balance"
        for word in ("Payment", "Zahlung", "Betaling", "Paiement", "Pago", "Inbetalning"):
            rows = [f"C1;{word};P{at};0{at}.01.2026;-10,00" for at in range(1, 5)]
            with self.subTest(word):
                self.assertEqual(self.stops(header, *rows), [("list_of_payments", None)])
                self.assertEqual(self.stops(header, *rows, "C1;Invoice;A;05.01.2026;30,00"), [])

    def test_totals_for_balances(self):
        rows = ("C1;A;05.01.2026;10,00", "C2;B;06.01.2026;20,00")
        for header in ("Kunde;Rechnung;Datum;Rechnungsbetrag", "Customer;Invoice No.;Date;Invoice Total"):
            with self.subTest(header):
                self.assertEqual(self.stops(header, *rows), [("amount_is_total", None)])
