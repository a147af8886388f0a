"""Lists of real packages: the nine samples and files written after the descriptions, against golden files."""

import json

from ...engine_case import DATA, SAMPLES, ReadCase, as_sample


class TestSamples(ReadCase):
    """The samples read exactly as their expected rows say."""

    def check(self, name):
        result = self.read((DATA / name).read_bytes(), name)
        path = (DATA / name).with_suffix(".expected.json")
        expected = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual([as_sample(item) for item in result.items], expected)
        self.assertEqual([issue for issue in result.problems if issue.level == "stop"], [])
        self.assertEqual(result.rejected, ())

    def test_afas(self):
        self.check("afas_openstaande_facturen.csv")

    def test_business_central(self):
        self.check("bc_debitorenposten.csv")

    def test_datev(self):
        self.check("datev_opos_liste.csv")

    def test_exact_online(self):
        self.check("exact_online_openstaande_posten.csv")

    def test_excel_mangled(self):
        self.check("excel_mangled.csv")

    def test_odoo(self):
        self.check("odoo_account_move.csv")

    def test_quickbooks(self):
        self.check("qbo_ar_aging_detail.csv")

    def test_sage_france(self):
        self.check("sage_fr_echeancier.csv")

    def test_sap_business_one(self):
        self.check("sap_b1_receivables_aging.tsv")

    def test_file_name_does_not_matter(self):
        for name in SAMPLES:
            with self.subTest(name):
                data = (DATA / name).read_bytes()
                self.assertEqual(
                    [as_sample(item) for item in self.read(data, "upload").items],
                    [as_sample(item) for item in self.read(data, name).items],
                )

    def test_remarks(self):
        """What was left out of the samples is told with row and reason."""
        expected = {
            "bc_debitorenposten.csv": ["info row_paid 8"],
            "datev_opos_liste.csv": ["info row_repeats 5", "info row_total 13"],
            "excel_mangled.csv": [
                "warning number_unsure 6",
                "info row_zero 8",
                "info row_header_repeated 10",
                "info row_total 14",
            ],
            "odoo_account_move.csv": ["info row_paid 9", "info row_draft 10"],
            "sap_b1_receivables_aging.tsv": ["info row_total 5", "info row_percent 12"],
        }
        for name, remarks in expected.items():
            with self.subTest(name):
                result = self.read((DATA / name).read_bytes(), name)
                self.assertEqual([f"{one.level} {one.code} {one.row}" for one in result.problems], remarks)

    def test_ledger_sign(self):
        """A vendor bill is negative, whatever the file writes."""
        result = self.read((DATA / "datev_opos_liste.csv").read_bytes())
        bills = {item.number: str(item.balance) for item in result.items if item.kind == "payable"}
        expected = {"RE-4711": "-238.00", "RE-4802": "-1071.00", "20260001": "-446.25", "GU-88": "53.55"}
        self.assertEqual(bills, expected)
        self.assertEqual((result.detected.cover, result.detected.payables_sign), ("both", "ledger"))


class TestPackages(ReadCase):
    """Lists of other packages."""

    def test_abacus_debitoren(self):
        self.assertGolden("abacus_debitoren.csv")

    def test_bc_vendor_ledger_nl(self):
        self.assertGolden("bc_vendor_ledger_nl.csv")

    def test_datev_ascii(self):
        self.assertGolden("datev_ascii.csv")

    def test_datev_ascii_header(self):
        self.assertGolden("datev_ascii_header.csv")

    def test_datev_lieferanten_positionen(self):
        self.assertGolden("datev_lieferanten_positionen.csv")

    def test_datev_opos_ohne_kennzeichen(self):
        self.assertGolden("datev_opos_ohne_kennzeichen.csv")

    def test_datev_unternehmen_online(self):
        self.assertGolden("datev_unternehmen_online.csv")

    def test_docketmanager(self):
        self.assertGolden("docketmanager.csv")

    def test_erpnext_accounts_payable(self):
        self.assertGolden("erpnext_accounts_payable.csv")

    def test_exact_globe(self):
        self.assertGolden("exact_globe.csv")

    def test_fec(self):
        self.assertGolden("fec.txt")

    def test_fortnox_kundreskontra(self):
        self.assertGolden("fortnox_kundreskontra.csv")

    def test_freshbooks_invoice_details(self):
        self.assertGolden("freshbooks_invoice_details.csv")

    def test_grand_livre_running(self):
        self.assertGolden("grand_livre_running.csv")

    def test_lexware_op(self):
        self.assertGolden("lexware_op.txt")

    def test_nav_danish(self):
        self.assertGolden("nav_danish.csv")

    def test_netsuite_saved_search(self):
        self.assertGolden("netsuite_saved_search.csv")

    def test_noovy(self):
        self.assertGolden("noovy.csv")

    def test_norwegian_invoicing(self):
        self.assertGolden("norwegian_invoicing.csv")

    def test_oca_open_items(self):
        self.assertGolden("oca_open_items.csv")

    def test_odoo_aged_receivable(self):
        self.assertGolden("odoo_aged_receivable.csv")

    def test_qbo_open_invoices(self):
        self.assertGolden("qbo_open_invoices.csv")

    def test_qbo_unpaid_bills(self):
        self.assertGolden("qbo_unpaid_bills.csv")

    def test_sage100_de(self):
        self.assertGolden("sage100_de.csv")

    def test_sage50_aged_debtors(self):
        self.assertGolden("sage50_aged_debtors.csv")

    def test_sap_ecc_fbl5n_list(self):
        self.assertGolden("sap_ecc_fbl5n_list.txt")

    def test_sap_fbl1n_spreadsheet(self):
        self.assertGolden("sap_fbl1n_spreadsheet.xls")

    def test_sapb1_sql(self):
        self.assertGolden("sapb1_sql.csv")

    def test_scope_ar_ap_signed(self):
        self.assertGolden("scope_ar_ap_signed.csv")

    def test_scope_ar_ap_type(self):
        self.assertGolden("scope_ar_ap_type.csv")

    def test_scope_customer_sh(self):
        self.assertGolden("scope_customer_sh.csv")

    def test_scope_vendor_indicator(self):
        self.assertGolden("scope_vendor_indicator.csv")

    def test_scope_vendor_signed(self):
        self.assertGolden("scope_vendor_signed.csv")

    def test_sewobe(self):
        self.assertGolden("sewobe.csv")

    def test_solteq_finnish(self):
        self.assertGolden("solteq_finnish.csv")

    def test_tally_bills_receivable(self):
        self.assertGolden("tally_bills_receivable.csv")

    def test_tripletex_kunde(self):
        self.assertGolden("tripletex_kunde.csv")

    def test_tripletex_leverandor(self):
        self.assertGolden("tripletex_leverandor.csv")

    def test_twinfield_100(self):
        self.assertGolden("twinfield_100.csv")

    def test_unit4_agresso(self):
        self.assertGolden("unit4_agresso.csv")

    def test_unternehmen_bezahlt(self):
        self.assertGolden("unternehmen_bezahlt.csv")

    def test_visma_reskontro(self):
        self.assertGolden("visma_reskontro.tsv")

    def test_xero_aged_receivables_detail(self):
        self.assertGolden("xero_aged_receivables_detail.csv")

    def test_xero_invoices(self):
        self.assertGolden("xero_invoices.csv")

    def test_zoho_invoice_lines(self):
        self.assertGolden("zoho_invoice_lines.csv")
