"""Header texts that accounting packages use, by canonical column name; data only.

The order within a column is the order of preference. A text may stand under several names ("Customer" holds a number
or a name, "Offen" an amount or yes/no): the content of the column decides. Texts are compared by ``values.fold``.
"""

from __future__ import annotations

ALIASES: dict[str, str] = {
    # Partner -----------------------------------------------------------------------------------------------------
    "partner_number": """
        Debitorennummer|Debitorennr.|Debitor-Nr.|Debitornummer|Debitorenkonto|Debitor Konto|Debitoren-Kontonummer
        Kreditorennummer|Kreditorennr.|Kreditor-Nr.|Kreditornummer|Kreditorenkonto|Kreditor Konto
        Kundennummer|Kunden-Nr.|Kundenkonto|Kd-Nr.|Kdnr|Kd.-Nummer|Kundencode
        Lieferantennummer|Lieferanten-Nr.|Lieferantenkonto|Lief-Nr.|Liefernr
        Geschäftspartner-Konto|Geschäftspartnernummer|Geschäftspartner-Nr.|GP-Nr.|LieferantKonto|KundeKonto
        Personenkonto|Personenkontonummer|Personenkonto-Nr.|Partnernummer|Partner-Nr.|Adressnummer|Adress-Nr.
        Customer No.|Customer Code|Customer Number|Customer Account|Customer Account Number|Customer Account No.
        Customer_No_|Customer ID|Cust. No.|Customer Ref|Customer Reference Number|Customer #|CustomerNumber
        Vendor No.|Vendor Code|Vendor Number|Vendor Account|Vendor Account Number|Vendor_No_|Vendor ID|Vendor #
        Supplier No.|Supplier Code|Supplier Number|Supplier Account|Supplier Account Number|Supplier ID|Supplier Ref
        Client No.|Client Code|Client Number|Client ID|Debtor No.|Debtor Number|Debtor Code|Debtor Account|Debtor ID
        Creditor No.|Creditor Number|Creditor Code|Creditor Account|Creditor ID|Contact Account Number|Contact Code
        Account Reference|Account Ref.|ACCOUNT_REF|CustomerRecord.AccountReference|SupplierRecord.AccountReference
        A/C|A/C No.|A/C Ref|Acct No.|Account Code|Account ID|Party Code|BP Code|CardCode|Partner No.|Partner Number
        Partner Code|Partner ID|Business Partner No.|Business Partner Code
        Debiteurnummer|Debiteurnr.|Debiteur nr.|Deb.nr.|Debiteurencode|Debiteurcode|Debiteurennummer|Debiteurennr.
        Crediteurnummer|Crediteurnr.|Cred.nr.|Crediteurcode|Crediteurennummer|Crediteurennr.
        Klantnr.|Klantnummer|Klantcode|Leveranciersnr.|Leveranciersnummer|Leverancierscode|Leveranciernr.
        Relatiecode|Relatienummer|Relatienr.|Relatie nr.
        Kundenr|KundeID|Kundenummer|Kundnr|Kundnummer|Leverandørnr|Leverandørnummer|Leverandør-ID|Leverantörsnr
        Leverantörsnummer|Levnr|Debitornr.|Kreditornr.|Asiakasnro|Asiakasnumero|Toimittajanro|Toimittajanumero
        N° compte tiers|Compte tiers|N° tiers|Code tiers|CompAuxNum|Compte auxiliaire|N° compte auxiliaire
        N° client|Code client|Numéro client|N° fournisseur|Code fournisseur|Numéro fournisseur
        Código cliente|Código de cliente|Nº cliente|Cód. cliente|Código proveedor|Nº proveedor|Código do cliente
        Codice cliente|Cod. cliente|Codice fornitore|Cod. fornitore|Kod klienta|Nr klienta|Kod kontrahenta
        Account Number|Account No.|AccountNumber|Kontonummer|Kontonr.|Konto-Nr.|Konto Nr|Konto|Kto.|Kto-Nr.|Account
        N° compte|N° de compte|Compte|Code|Ap/Ar ID|Ar ID|Ap ID|Kontokorrent
        Customer|Vendor|Supplier|Debtor|Creditor|Client|Debitor|Kreditor|Kunde|Lieferant|Debiteur|Crediteur|Klant
        Leverancier|Fournisseur|Cliente|Proveedor|Fornitore|Fornecedor|Asiakas|Toimittaja|Kund|Leverantör|Leverandør
        Geschäftspartner|Business Partner|Partner|Party|Relatie|Tiers|Contact|Ledger Account|Party Account
        partner_id/id|Partner/External ID|Partner/ID
    """,
    "partner_name": """
        Invoice Partner Display Name|invoice_partner_display_name|Anzeigename des Rechnungspartners
        Nom d'affichage du partenaire de la facture|Weergavenaam factuur van partner|Nome visualizzato partner fattura
        Nombre de la empresa a mostrar en la factura|Faktura partner viste navn|Fakturapartnerens visningsnamn
        Visningsnavn for fakturapartner|Laskun kumppanin näyttönimi|Nazwa wyświetlana partnera faktury
        Nome de exibição do usuário na fatura|Nome do Parceiro da Fatura|Zobrazovací název partnera na faktuře
        Beschriftung|Kontobezeichnung|Konto-Bezeichnung|Kontoname|Geschäftspartner-Name|Geschäftspartnername
        Debitorenname|Debitorname|Name Debitor|Kreditorenname|Kreditorname|Kundenname|Name des Kunden|Lieferantenname
        LieferantName|Customer Name|Customer full name|Customer/Project|Vendor Name|Vendor display name|Supplier Name
        Supplier full name|Client Name|Contact Name|ContactName|Party Name|Party's Name|BP Name|Business Partner Name
        CardName|Partner Name|Debtor Name|Creditor Name|Account Name|AccountName|CustomerRecord.AccountName
        SupplierRecord.AccountName|Customer Company|Organization|Organisation|Debiteurnaam|Naam debiteur|Crediteurnaam
        Naam crediteur|Klantnaam|Naam klant|Leveranciersnaam|Naam leverancier|Relatienaam|Naam relatie|Bedrijfsnaam
        Kundenavn|Kundnamn|Leverandørnavn|Leverantörsnamn|Asiakkaan nimi|Asiakasnimi|Toimittajan nimi
        CompAuxLib|Intitulé|Intitulé du compte|Intitulé compte|Nom client|Nom du client|Nom fournisseur|Nom du tiers
        Nom tiers|Raison sociale|Libellé compte|Nombre del cliente|Nombre cliente|Nombre del proveedor|Razón social
        Ragione sociale|Nome cliente|Nome fornitore|Nome do cliente|Nazwa kontrahenta|Nazwa klienta|Kontrahent
        partner_id|Invoice Partner|Partner|Customer|Vendor|Supplier|Client|Debtor|Creditor|Party|Business Partner
        Geschäftspartner|Kunde|Lieferant|Debitor|Kreditor|Klant|Leverancier|Debiteur|Crediteur|Relatie|Fournisseur
        Tiers|Cliente|Proveedor|Fornitore|Fornecedor|Asiakas|Toimittaja|Kund|Leverantör|Leverandør|Contact
        Name 1|Name|Naam|Navn|Namn|Nimi|Nom|Nombre|Nome|Nazwa|Firma|Firmenname|Firmanavn|Company Name|Matchcode
        Bezeichnung Konto|Konto Name|Account|Party Account
    """,
    "partner_vat": """
        VAT|VAT No.|VAT Number|VAT ID|VAT Registration No.|Tax ID|Tax Number|TaxNumber|USt-IdNr.|USt-ID|UStID|UID
        Umsatzsteuer-ID|EU-USt-IdNr.|Btw-nummer|Btw-nr.|Btw nummer|N° TVA|N° TVA intracommunautaire|TVA intracom
        Org.nr.|Organisasjonsnummer|Organisationsnummer|CVR-nr.|CVR|SE-nr.|Y-tunnus|NIF|CIF|NIF/CIF|Partita IVA|P.IVA
        NIP|GSTIN|ABN|Partner/Tax ID|partner_id/vat
    """,
    "partner_email": """
        Email|E-Mail|EmailAddress|E-mail Address|Customer Email|Contact Email|E-Mail-Adresse|Mailadresse|E-mailadres
        E-postadresse|Epost|E-post|Sähköposti|Courriel|Adresse e-mail|Correo electrónico|Partner/Email
        partner_id/email
    """,
    # Document ----------------------------------------------------------------------------------------------------
    "number": """
        Rechnungs-Nr.|Rechnungsnummer|Rechnungsnr.|Rechnung Nr.|Rechnung-Nr.|Rg-Nr.|RgNr|Re-Nr.|RENR|ReNr.
        Rechnungs-/Belegnummer|Rechnungsnr./Belegnr.
        Invoice Number|InvoiceNumber|Invoice #|Invoice No.|Invoice Nr|Inv. No.|Inv #|INV_REF|Invoice ID Number
        Bill Number|Bill #|Factuurnummer|Factuurnr.|Factuur nr.|Fakturanummer|Fakturanr|Faktura nr.|Fakturanr.
        N° facture|N° de facture|Numéro de facture|Numéro facture|Nº factura|Número de factura|Num. factura
        Numero fattura|N. fattura|Nr. fattura|Nº fatura|Número da fatura|Nr faktury|Numer faktury|Laskunro
        Laskun numero|Laskunumero|TransactionOverview.Reference
        Belegnr.|Belegnummer|Beleg-Nr.|Beleg Nr.|Belegfeld 1|Voucher Number|Voucher No.|VoucherNumber|Voucher
        Document No.|Doc. No.|Document Number|DocumentNo|Document_No_|DocumentNumber|DocNum|Doc Number|Document
        Documentnr.|Documentnummer|Billing Document|Fakturabeleg|N° document|N° de document|Numéro de document
        N° pièce|N° de pièce|Numéro de pièce|PieceRef|Pièce|Nº documento|Número de documento|Numero documento
        Nr dokumentu|Bilagsnr|Bilagsnummer|Bilag|Verifikationsnr|Tositenumero|Tosite
        Num|Number|Transaction Number|Transaction No.|Trans. No.|Trans.no|Entry|Journal Entry|Move|Ref. No.|Ref No
        OP-Nr.|OP-Nummer|OPNr|OP|Posten|Postennummer|Invoice|Bill|Factuur|Rechnung|Facture|Faktura|Fattura|Factura
        Beleg|Nummer|Numéro|Número|Numero|Numer|Name|TransactionOverview.Number
        Boekstuknummer|Boekstuknr.|Boekstuk|Boekst.nr.|Bkst.nr.|EntryNumber|Entry Number|Onze ref.|Ons ref.|Our ref.
        Our reference
    """,
    "reference": """
        External Document No.|External_Document_No_|External Document Number|Ext. Doc. No.|Externe Belegnummer
        Externe Belegnr.|Ext. Belegnr.|extbelegnr|Extern documentnr.|Extern documentnummer|N° doc. externe
        N° document externe|Eksternt bilagsnr.|Externt dokumentnr
        Bill No|Bill No.|Supplier Invoice No.|Supplier Invoice Number|Supplier Invoice|Vendor Invoice No.
        Vendor Invoice Number|Vendor Invoice|Supplier Reference|Vendor Reference|Lieferantenrechnungsnr.
        Lieferantenrechnungsnummer|Lieferanten-Rechnungsnr.|Fremdbelegnummer|Fremdbeleg|Factuurnummer leverancier
        Leveranciersfactuur|BP Ref. No.|BP Reference No.|NumAtCard|Customer/Vendor Ref. No.
        Reference Number|Reference|Referenznummer|Referenz|Référence|Referentie|Referencia|Riferimento|Referência
        Referanse|Referens|Reference no|Viite|Ref|Ref.|Uw ref.|Uw referentie|Your ref.|Your reference|YourRef
        Ihre Referenz|Odnośnik|Invoice Reference|Factuurreferentie|Rechnungsreferenz|Invoice/Bill Reference
    """,
    "order_reference": """
        Billing Document|Fakturabeleg|Payment Reference|payment_reference|Betalingsreferentie|Betalingskenmerk
        Customer LPO|P.O. #|P.O. No.|PO Number|PO No.|Purchase Order Number|Purchase Order|Bestellnummer|KID|OCR
        Zahlungsreferenz|Référence paiement|Betaalreferentie|Referencia de pago|Maksuviite|Verwendungszweck|Zuordnung
        Assignment|Affectation|Toewijzing|Ref - Label|Ordernummer
        Auftragsnummer|Order Number
    """,
    "instalment": """
        Installment No.|Instalment No.|Installment|Instalment|Document Occurrence|Rate|Ratennr.|Raten-Nr.|Termijn
        Termijnnr.|Échéance n°|N° échéance|Payment Term|Rata
    """,
    # Dates -------------------------------------------------------------------------------------------------------
    "date": """
        Ein-/Ausgangsrechnungsdatum|Date de facturation|Faktura/regnings dato|Faktura/fakturadatum|Laskun päiväys
        Data da fatura/conta|Datum faktury|Rechnungsdatum|Rechnungs-Datum|Rg-Datum|Re-Datum|Invoice Date|InvoiceDate
        invoice_date|Invoice/Bill Date
        Date Issued|Issue Date|Bill Date|Factuurdatum|Factuur datum|Fakturadato|Fakturadatum|Date facture
        Date de facture|Date de la facture|Fecha factura|Fecha de factura|Data fattura|Data fatura|Data faktury
        Laskun pvm|Laskun päivä|Laskupäivä|Laskun päivämäärä|Belegdatum|Beleg-Datum|Voucher Date|VoucherDate
        Document Date|Doc. Date|DocDate|Documentdatum|Date document|Date du document|PieceDate|Date pièce
        Date de pièce|Date de la pièce|Fecha documento|Data documento|Bilagsdato|OP-Datum|Transaction date|Trans.date
        Trans. Date|TransactionOverview.Date|Fecha|Data|Datum|Date|Dato|Päivä|Päivämäärä|Pvm|Päiväys|Entry Date
        Boekstuk
    """,
    "posting_date": """
        Posting Date|Buchungsdatum|Buchungs-Datum|Pstng Date|Boekdatum|Boekingsdatum|Date comptable
        Date comptabilisation|Date de comptabilisation|Bogføringsdato|Bokföringsdatum|Bokføringsdato
        Kirjauspäivä|Fecha contable|Fecha de registro|Data registrazione|Accounting Date|GL Date|Booking Date
    """,
    "due_date": """
        Fälligkeitsdatum|Fälligkeit|Faelligkeit|Fällig am|Fällig_am|Fälligam|Fälligkeitstermin|Belegfälligkeit
        Fällig ohne Skonto|Fälligkeit netto|Netto fällig|Netto fällig am|Zahlbar bis|Zahlungsziel|Zahlungstermin
        Nettofälligkeit|Nettofälligkeitsdatum|Netto-Fälligkeit|Fällig|Fälligk.
        Net due date|Net due dt|Net due|Due Date|DueDate|Date Due|Due on|Due Date/Receive By|DocDueDate|Due
        invoice_date_due|date_maturity|Maturity Date|Maturity|Payment Due|Payment Due Date|Expiry Date
        Vervaldatum|Vervaldag|Vervalt|Vervalt op|Netto-vervaldatum|Uiterste betaaldatum
        Forfallsdato|Forfall|Forfaldsdato|Forfald|Förfallodatum|Förfallodag|Förfaller|Eräpäivä|Erääntyy
        Date échéance|Date d'échéance|Date d'échéance nette|Échéance|Date d'ech.|Échéance le
        Fecha de vencimiento|Fecha vencimiento|Vencimiento|Data scadenza|Scadenza|Data di scadenza|Data de vencimento
        Vencimento|Termin płatności|Datum splatnosti|Splatnost|Date Due (Net)
    """,
    # Amounts -----------------------------------------------------------------------------------------------------
    "document_balance": """
        Amount Remaining (Foreign Currency)|Openstaand bedrag transactievaluta|Amount in doc. curr.
        Amount in document currency|Amount in doc.curr.|Amt in doc. curr.|Amount doc. curr.|Betrag in Belegwährung
        Betrag Belegwähr.|Betrag Belegwährung|Bedrag in documentvaluta|Bedrag in doc.valuta
        Montant en devise du document
        Montant en devise doc.|Montant en devise pièce|Cur. Residual|Residual in currency|amount_residual_currency
        Residual Amount in Currency|Rest curr. amount|Rest cur. amount|Saldo Belegwährung|Saldo in Belegwährung
        Offener Betrag Belegwährung|Offener Betrag Fremdwährung|Saldo FW|Saldo Fremdwährung|Restbetrag FW|Offen FW
        Verschuldigd bedrag|Saldo WKZ|Amount Currency|Saldo in Währung|Balance in document currency|Outstanding (FC)
        Outstanding in document currency
        Balance (FCY)|Balance FC|Open Amount (FC)|Foreign Balance|Montantdevise|Solde devise|Solde en devise
        Openstaand (VV)|Openstaand vreemde valuta|Openstaand in valuta|Bedrag VV|Balance Due (FC)|Openstaand valuta
    """,
    "balance": """
        Open Balance|Open Amount|OpenBalance|Outstanding Amount|Outstanding Balance|Outstanding|Amount Outstanding
        Remaining Amount|Remaining_Amount|Remaining Balance|Remaining|Balance Due|BalanceDue|Amount Due|AmountDue
        InvoiceAmountDue|Invoice Amount Due|Amount Open|Amount Still Open|amount_residual|Residual Amount|Residual
        Amount Remaining|Unpaid Amount|Unpaid Balance|Unpaid|Due Amount|Pending Amount|Pending|Open Item Amount
        AgedAmount
        TransactionOverview.AgedAmount|Aged Amount|Total Due|Total Outstanding|Rest amount|Remaining to pay|Still open
        Offener Betrag|Offener Saldo|Offene Summe|Offener Rechnungsbetrag|Offener Posten|Offen|aktuelloffen
        Aktuell offen|Noch offen|OP-Saldo|OP-Betrag|OPSaldo|Restbetrag|Restforderung|Restsaldo|Rest-Betrag|Saldo
        Saldo Soll/Haben|offene Forderung|Betrag offen
        Openstaand bedrag|Openstaand saldo|Openstaand|openstaandSaldo|Openstaand totaal|Restbedrag|Restant
        Totaal onbetaald bedrag|Onbetaald bedrag|Onbetaald|Nog te betalen|Nog te ontvangen|Te betalen|Te ontvangen
        Open bedrag|Restbeløp|Restbeløb|Restbelopp|Resterende beløp|Utestående|Utestående beløp|Utestående belopp
        Udestående|Udestående beløb|Kvar att betala|Att betala|Til betaling|Gjenstående|Gjenstående beløp
        Avoinna|Avoin summa|Avoin saldo|Avoin|Maksamatta|Rest|Reste
        Montant ouvert|Montant dû|Solde dû|Reste à payer|Reste dû|Restant dû|Net à payer|Montant restant|Encours
        Solde ouvert|Solde|Importe pendiente|Pendiente|Saldo pendiente|Importe adeudado|Residuo|Importo residuo
        Importo aperto|Saldo aperto|Da pagare|Da incassare|Saldo em aberto|Valor em aberto|Em aberto|Valor pendente
        Fälliger Betrag|Importo dovuto|Forfaldent beløb|Skyldig beløp|Maksettava summa|Należność|Valor devido
        Valor em Dívida|Splatná částka|Kwota pozostała|Pozostało do zapłaty|Do zapłaty|Saldo należności|Zbývá uhradit
        Balance|Open
    """,
    "company_balance": """
        Remaining Amt. (LCY)|Remaining Amount (LCY)|Remaining_Amt_LCY|Remaining Amt (LCY)|Restbetrag (MW)
        Restbedrag (LV)|Montant ouvert DS|Restbeløb (RV)|Restbelopp (BVA)|Restbeløp (NOK)|Amount Due Signed
        amount_residual_signed|Amount Due in Company Currency|Amount in local currency|Amt in loc.cur.
        Amount in loc. curr.|Amount in local cur.|Amount in company code currency|Amount in CC crcy
        Betrag in Hauswährung|Betrag Hauswähr.|Betrag Hauswährung|Bedrag in lokale valuta|Montant en devise locale
        Fälliger Betrag unterzeichnet|Fälliger Betrag mit Vorzeichen|Montant dû signé|Importe adeudado firmado
        Importo dovuto con segno|Skyldigt beløb underskrevet|Undertecknat Belopp att Betala|Finální splatná částka
        Beløp til betaling, signert|Allekirjoitettu maksettava summa|Kwota należna podpisana|Valor devido sinalizado
        Valor em Dívida com Sinal|Montant en devise interne|Saldo Hauswährung|Saldo in Hauswährung|Saldo HW|Saldo LW
        Saldo Leitwährung
        Offener Betrag Hauswährung|Offener Betrag HW|Offen HW|Open Balance (Local Currency)|Open Balance (LCY)
        Open Balance in Local Currency|Open Balance Local Currency|Local Open Balance|Outstanding (LCY)
        Balance (LCY)|Balance (BCY)|Balance in local currency|Open Amount (LC)|Base Balance|Openstaand (EUR)
    """,
    "debit": """
        Betrag Soll|Sollbetrag|BetragSoll|Soll-Betrag|Umsatz Soll|Soll|Saldo Soll|Debit Amount|Debit|Debet|Debetbedrag
        Bedrag debet|Débit|Montant débit|Debe|Débito|Dare|Wn
    """,
    "credit": """
        Betrag Haben|Habenbetrag|BetragHaben|Haben-Betrag|Umsatz Haben|Haben|Saldo Haben|Credit Amount|Credit
        Creditbedrag|Bedrag credit|Crédit|Montant crédit|Kredit|Haber|Crédito|Avere|Ma
    """,
    "total": """
        Rechnungsbetrag|Rechnungssumme|Rechnungs-Betrag|Bruttobetrag|Brutto|Original Amount|Original|Ursprungsbetrag
        Invoiced Amount|Invoice Amount|Invoice Total|InvoiceTotal|Total Amount|Total|Amount|DocTotal|Gross Amount
        Gross
        Document Total|Opening Amount|Opening|Cur. amount|Cur. Original|Factuurbedrag|Factuur|Factuurtotaal
        Totaalbedrag
        Totaal|Bedrag|Fakturabeløp|Fakturabelopp|Fakturabeløb|Beløp|Beløb|Belopp|Totalt|Summa|Laskun summa
        Montant facture|Montant TTC|Montant|Total TTC|Facture|Importe|Importe total|Importe factura|Importo|Totale
        Importo fattura|Valor|Valor total|Kwota|Kwota brutto|Betrag|Gesamtbetrag|Summe|Forderung|Umsatz|Invoice
        Rechnung|Faktura|amount_total|Total in Currency|Total Signed|amount_total_signed
    """,
    "paid": """
        Paid|Paid Amount|Amount Paid|InvoiceAmountPaid|PaidToDate|Payments|Amount Received|Received|Bezahlt
        Bezahlter Betrag|Bereits bezahlt|Zahlbetrag|Gezahlt|Zahlungen|Betaald bedrag|Betaald|Ontvangen|Innbetalt
        Betalt|Betalt beløp|Betalt belopp|Inbetalt|Maksettu|Payé|Réglé|Montant réglé|Montant payé|Acompte|Pagado
        Importe pagado|Pagato|Pago|Zapłacono
    """,
    "line_total": "Line Total|LineAmount|Line Amount|Item Total",
    # Of the partner: lists with one amount per debtor --------------------------------------------------------------
    "credit_limit": """
        Credit Limit|Creditlimit|CreditLimit|Credit Limit Amount|Customer Credit Limit|Approved Credit Limit
        Credit Line
        Credit Limit (LCY)|Credit Limit LCY|credit_limit|Kreditlimit|Kreditlinie|Kreditrahmen|Kreditlimit (MW)
        Kreditlimite|Kreditgrenze|Kreditlimit Betrag|Limit|Debitorenlimit|Kredietlimiet|Kredietlimiet (LV)|Kredietlijn
        Kredietplafond|Limiet|Limite de crédit|Limite crédit|Limite de crédit DS|Plafond de crédit|Plafond crédit
        Plafond
        Encours autorisé|Encours maximum|Encours max|Encours maximum autorisé|Kreditmaksimum|Kreditmaksimum (RV)
        Kreditgrænse|Kreditgräns|Kreditgräns (BVA)|Kreditgrense|Kredittgrense|Kreditt grense|Maks. kreditt
        Maksimum kredit
        Kreditramme|Límite de crédito|Límite crédito|Limite de credito|Crédito máximo|Crédito concedido
        Límite de riesgo|Riesgo máximo|Riesgo concedido|Limite di credito|Limite credito|Limite fido|Fido
        Fido accordato
        Fido cliente|Fido massimo|Luottoraja|Luottolimiitti|Limite de crédito|Limit kredytowy|Úvěrový limit
    """,
    "internal_limit": """
        Internal Credit Limit|Internal Limit|Int. Credit Limit|Int. Limit|Credit Limit Internal|Internal Credit Line
        Internal Credit Limit Amount|Internes Kreditlimit|Internes Limit|Int. Kreditlimit|Kreditlimit intern
        Limit intern
        Interner Kreditrahmen|Interne Kreditlinie|Interne Kreditlimite|Interne Kreditgrenze|Intern kredietlimiet
        Interne kredietlimiet|Interne limiet|Intern limiet|Kredietlimiet intern|Int. kredietlimiet|Interne kredietlijn
        Limite de crédit interne|Limite interne|Plafond interne|Plafond de crédit interne|Encours interne
        Encours autorisé interne|Internt kreditmaksimum|Intern kreditgrænse|Intern kreditgräns|Internt kreditlimit
        Intern kreditgrense|Intern kredittgrense|Intern kreditramme|Límite de crédito interno|Límite interno
        Riesgo interno|Limite di credito interno|Limite interno|Fido interno|Sisäinen luottoraja
        Limite de crédito interno
    """,
    # Marks -------------------------------------------------------------------------------------------------------
    "debit_credit": """
        S/H Saldo|SHSaldo|SH Saldo|S/H|S/H-Kennzeichen|S/H Kennzeichen|S/H Kz|Soll/Haben|Soll-/Haben-Kennzeichen
        Soll/Haben-Kennz.|Soll/Haben-Kennzeichen|Soll-Haben|SollHaben|Credit Debit Indicator|Credit/Debit Indicator
        Debit/Credit Indicator|Debit Credit Indicator|Debit/Credit ind|Debit/Credit Ind.|Debit/Credit|Credit/Debit|D/C
        DC|C/D|D/K|Dr/Cr|DrCr|Sens|Sens (D/C)|Debet/Credit|Debet/kredit|D/C-indicator|S/H Betrag|SHBetrag
        Posting Side|Side|Segno|Indicator|DC Indicator|D/H|Debe/Haber|Type|Typ|Belegart|Kennzeichen|Kz S/H
    """,
    "kind": """
        Kontoart|Account Type|Ledger|Ledger Type|Party Type|Partner Type|Subledger|Sub-ledger|AR/AP|Grootboeksoort
        Geschäftspartnerart|Debitor/Kreditor|BP Type|Type
    """,
    "currency": """
        Belegwährung|Document currency|Rechnungswährung|Belegwaehrung|Transaction Currency|Invoice Currency|WKZ Saldo
        Währungscode|Währung|Waehrung|WKZ|Currency Code|CurrencyCode|Currency|Crcy|Curr.|Cur.|Curr|Ccy|DocCur
        Document Currency Code
        Valutacode|Valuta|Val.|Valutakode|Valutakod|Valuuttakoodi|Valuutta|Code devise|Devise|Idevise|currency_id
        Moneda|Divisa|Měna|Moeda|Waluta|Muntcode|Munt|Documentvaluta|Devise doc.|Devise du document|Whg|Whrg.|Währg
        Währ.|Waehrg
    """,
    "company_currency": """
        Hauswährung|HWähr|Hauswähr.|Local Currency|LCurr|Company Currency|Base Currency|Lokale valuta|Devise interne
        Devise locale
        company_currency_id|Leitwährung|Ledger Currency
    """,
    "type": """
        Document Type|Doc. Type|Document_Type|DocType|Belegart|Belegtyp|Voucher Type|Transaction type|Trans. Type
        TransactionOverview.Type|Invoice Type|move_type|Type|Typ|Documentsoort|Boekingssoort|Soort|Boekstuksoort
        Type de document|Type document|Type de pièce|Bilagstype|Dokumenttype|Dokumenttyp|Tipo|Tipo de documento
        Tipo documento|Tyyppi|Tipologia|Rechnungsart|Art|Vorgang|Transaktionstyp|Tositelaji
    """,
    "status": """
        Payment Status|payment_state|Status|Invoice Status|State|Zahlungsstatus|Rechnungsstatus|Factuurstatus
        Betaalstatus|Betalingsstatus|Statut|État|Statut paiement|Estado|Stato|Tila|Fakturastatus|Document Status
        Statut du paiement|Status betaling|Estado de pago|Stato pagamento|Betalings status|Betalningsstatus
        Maksun tila|Status płatności|Status do pagamento|Estado do Pagamento|Stav platby|Stav|parent_state
        Status in Payment
    """,
    "state": "Status|state|Statut|Estado|Stato|Tila|Stav|Document Status|Status Beleg",
    "open": "Open|Offen|Openstaand|Open?|Ouvert|Åben|Åpen|Öppen|Abierto|Is Open",
    "settled": """
        Ausgl.|Ausgeglichen|AusgleichsKZ|Ausgleichskennzeichen|Bezahlt|Bezahlt?|Paid|Paid?|Is Paid|Betaald|Betaald?
        Betalt|Closed|Cleared|Clearing Document|Clearing Doc.|Clrng doc.|Ausgleichsbeleg|Verrekeningsdocument
        Document de rapprochement|Pièce de rapprochement|EcritureLet|Lettrage|Lettre|Code lettrage|S|Payé|Réglé|Pagado
        Maksettu|Erledigt
    """,
    "settled_on": """
        BezahltAm|Bezahlt am|gezahlt_am|Gezahlt am|Date Paid|Paid Date|Paid On|Payment Date|Zahlungsdatum|Betaaldatum
        Betaald op|Clearing date|Ausgleichsdatum|DateLet|Date lettrage|Betalingsdato|Betaldatum|Date de paiement
    """,
    # Never an amount of a document -------------------------------------------------------------------------------
    "running": "Cumulative Balance|Running Balance|Kumulierter Saldo|Saldo kumuliert|Solde progressif|Solde cumulé",
    "bucket": """
        Current|Older|Future Remit|Not due|Not yet due|At Date|Nicht fällig|Noch nicht fällig|Niet vervallen|Non échu
        Ikke forfalt|Ej förfallet|Over 90|Erääntymätön|< 1 Month|1 Month|2 Months|3 Months|4 Months|> 90|> 120
    """,
}

# Headers of the partner column that name neither side of the ledger on their own.
NEUTRAL_ACCOUNTS = ("Account Number", "Account No.", "AccountNumber")
# German headers of a personal account, whose first digit tells the side (DATEV).
GERMAN_ACCOUNTS = (
    "Konto", "Kontonummer", "Kontonr.", "Konto-Nr.", "Konto Nr", "Kto.", "Kto-Nr.", "Personenkonto",
    "Personenkontonummer", "Personenkonto-Nr.", "Geschäftspartner-Konto", "LieferantKonto", "Kontokorrent",
)  # fmt: skip
# French headers of an account whose first digits tell the side: 411 customers, 401 suppliers.
FRENCH_ACCOUNTS = (
    "N° compte tiers", "Compte tiers", "N° compte", "N° de compte", "Compte", "CompAuxNum", "CompteNum",
    "Compte auxiliaire", "N° compte auxiliaire",
)  # fmt: skip
# Headers by which a list of SAP ECC or S/4 is known: there Reference is the number of the invoice.
SAP_MARKS = (
    "Net due date", "Net due dt", "Nettofälligkeit", "Nettofälligkeitsdatum", "Netto-vervaldatum",
    "Date d'échéance nette", "Amount in doc. curr.", "Amount in local currency", "Amt in loc.cur.", "Pstng Date",
    "Betrag in Belegwährung", "Betrag in Hauswährung", "Betrag Hauswähr.", "Bedrag in lokale valuta",
    "Montant en devise locale", "Clearing Document", "Ausgleichsbeleg", "Verrekeningsdocument", "Zuordnung",
    "Assignment", "Affectation", "Nettofälligkeit", "Arrears after net due date", "DocumentNo", "Soll/Haben-Kennz.",
)  # fmt: skip
SAP_REFERENCES = ("Reference", "Referenz", "Référence", "Referentie")
# Files of Xero: there the number of a bill is the vendor's own.
XERO_MARKS = ("ContactName", "InvoiceAmountDue", "Invoice Reference", "Outstanding Tax")

# Headings of what is to be paid, often after a discount: never what was paid, and not always what is open.
TO_BE_PAID = """
    Zahlbetrag|Zu zahlen|Zu zahlender Betrag|Betrag zu zahlen|Zahlbarer Betrag|Zahlungsbetrag|Auszahlungsbetrag
    Te betalen|Te betalen bedrag|Bedrag te betalen|Netto te betalen|Net à payer|À payer|Montant à payer
    Montant net à payer|Amount Payable|Payable Amount|Net Payable|Amount to Pay|Amount to be Paid|To Pay|To be Paid
    Da pagare|Importo da pagare|Netto a pagare|Totale da pagare|A pagar|Importe a pagar|Líquido a pagar|Total a pagar
    Valor a pagar|Til betaling|At betale|Beløb til betaling|Att betala|Belopp att betala|Å betale|Beløp å betale
    Maksettava|Maksettava summa|Do zapłaty|Kwota do zapłaty|K úhradě|Částka k úhradě|Fizetendő|Fizetendő összeg
    De plată|Sumă de plată|Ödenecek|Ödenecek tutar|К оплате|Сумма к оплате
"""
