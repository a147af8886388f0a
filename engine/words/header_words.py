"""Header texts of partners and documents by language, one table per meaning: none has two meanings in a language.

First what Business Central calls the columns of its customer and vendor ledger entries, then SAP's labels of FBL5N and
FBL1N, then what else is usual. What packages call them beyond that, and what means several things, is in ``headers``.
"""

from __future__ import annotations

from collections.abc import Mapping

from .languages import Words

# A number or a name: the content of the column decides.
PARTNER: Words = {
    "nl": "Klant|Debiteur|Leverancier|Crediteur|Relatie",
    "de": "Debitor|Kreditor|Kunde|Lieferant|Geschäftspartner",
    "fr": "Client|Fournisseur|Tiers",
    "en": "Customer|Vendor|Supplier|Debtor|Creditor|Client|Business Partner",
    "es": "Cliente|Proveedor|Deudor|Acreedor",
    "it": "Cliente|Fornitore",
    "pt": "Cliente|Fornecedor|Entidade",
    "da": "Debitor|Kreditor|Kunde|Leverandør",
    "sv": "Kund|Leverantör",
    "nb": "Kunde|Leverandør",
    "fi": "Asiakas|Toimittaja",
    "pl": "Klient|Nabywca|Odbiorca|Dostawca|Kontrahent",
    "cs": "Zákazník|Odběratel|Dodavatel",
    "hu": "Vevő|Ügyfél|Szállító|Beszállító",
    "ro": "Client|Furnizor|Partener",
    "tr": "Müşteri|Satıcı|Tedarikçi|Cari|Cari Hesap",
    "ru": "Клиент|Покупатель|Заказчик|Поставщик|Контрагент|Дебитор|Кредитор",
}
PARTNER_NUMBER: Words = {
    "nl": "Klantnr.|Leveranciersnr.|Debiteurnr.|Crediteurnr.|Klantnummer|Leveranciersnummer",
    "de": "Debitorennr.|Kreditorennr.|Kundennr.|Lieferantennr.|Kundennummer|Lieferantennummer",
    "fr": "N° client|N° fournisseur|Code client|Code fournisseur|Code tiers",
    "en": "Customer No.|Vendor No.|Customer Number|Vendor Number|Supplier Number",
    "es": "Nº cliente|N.º cliente|Nº proveedor|N.º proveedor|Cód. cliente|Cód. proveedor|Número de cliente",
    "it": "Nr. cliente|Nr. fornitore|N. cliente|N. fornitore|Codice cliente|Codice fornitore",
    "pt": "N.º cliente|N.º fornecedor|Nº do cliente|Nº do fornecedor|Código do cliente|Código do fornecedor",
    "da": "Debitornr.|Kreditornr.|Kundenr.|Leverandørnr.|Kundenummer",
    "sv": "Kundnr|Leverantörsnr|Kundnummer|Leverantörsnummer",
    "nb": "Kundenr.|Leverandørnr.|Kundenummer|Leverandørnummer",
    "fi": "Asiakasnro|Toimittajanro|Asiakkaan nro|Toimittajan nro|Asiakasnumero|Toimittajanumero",
    "pl": "Nr nabywcy|Nr dostawcy|Nr klienta|Nr odbiorcy|Kod klienta|Kod dostawcy|Kod kontrahenta|Numer klienta",
    "cs": "Číslo zákazníka|Číslo dodavatele|Kód zákazníka|Kód dodavatele|Číslo odběratele|Kód odběratele",
    "hu": "Vevőszám|Vevő száma|Vevőkód|Vevő kódja|Szállítószám|Szállító száma|Szállítókód|Partnerkód|Ügyfélszám",
    "ro": "Nr. client|Nr. furnizor|Cod client|Cod furnizor|Cod partener",
    "tr": "Müşteri No.|Satıcı No.|Müşteri Kodu|Satıcı Kodu|Tedarikçi Kodu|Cari Kodu|Cari Kod",
    "ru": "Код клиента|Номер клиента|Клиент №|№ клиента|Код поставщика|Номер поставщика|Поставщик №|Код контрагента",
}
PARTNER_NAME: Words = {
    "nl": "Naam klant|Naam leverancier|Klantnaam|Leveranciersnaam|Naam",
    "de": "Debitorenname|Kreditorenname|Kundenname|Lieferantenname|Name",
    "fr": "Nom client|Nom fournisseur|Nom du client|Nom du fournisseur|Raison sociale",
    "en": "Customer Name|Vendor Name|Supplier Name|Client Name",
    "es": "Nombre cliente|Nombre proveedor|Nombre del cliente|Nombre del proveedor|Razón social",
    "it": "Nome cliente|Nome fornitore|Ragione sociale|Denominazione",
    "pt": "Nome cliente|Nome fornecedor|Nome do cliente|Nome do fornecedor|Razão social",
    "da": "Debitornavn|Kreditornavn|Kundenavn|Leverandørnavn",
    "sv": "Kundnamn|Leverantörsnamn",
    "nb": "Kundenavn|Leverandørnavn",
    "fi": "Asiakkaan nimi|Toimittajan nimi|Asiakasnimi",
    "pl": "Nazwa nabywcy|Nazwa dostawcy|Nazwa klienta|Nazwa kontrahenta|Nazwa odbiorcy",
    "cs": "Název zákazníka|Název dodavatele|Jméno zákazníka|Jméno dodavatele|Název odběratele|Název|Jméno",
    "hu": "Vevő neve|Szállító neve|Vevőnév|Ügyfél neve|Partner neve|Név|Megnevezés",
    "ro": "Nume client|Nume furnizor|Denumire client|Denumire furnizor|Denumire partener|Nume|Denumire",
    "tr": "Müşteri Adı|Satıcı Adı|Tedarikçi Adı|Cari Adı|Cari Ünvan|Unvan|Ünvan",
    "ru": """
        Имя клиента|Название клиента|Наименование клиента|Имя поставщика|Наименование поставщика
        Наименование контрагента|Наименование|Имя
    """,
}
NUMBER: Words = {
    "nl": "Documentnr.|Factuurnr.|Factuurnummer|Documentnummer|Belegnr.",
    "de": "Belegnr.|Belegnummer|Rechnungsnr.|Rechnungsnummer",
    "fr": "N° document|N° pièce|N° facture|Numéro de facture|Numéro de pièce|Numéro de document",
    "en": "Document No.|DocumentNo|Doc. No.|Document Number|Doc. Number|Invoice No.|Invoice Number",
    "es": "Nº documento|N.º documento|Nº doc.|Núm. documento|Nº factura|N.º factura|Número de factura",
    "it": "Nr. documento|N. documento|N. doc.|Numero documento|Nr. fattura|Numero fattura",
    "pt": "N.º documento|Nº documento|Nº doc.|Número do documento|N.º fatura|Nº da fatura|Número da fatura",
    "da": "Bilagsnr.|Bilagsnummer|Fakturanr.|Fakturanummer",
    "sv": "Dokumentnr|Dokumentnummer|Verifikationsnr|Verifikationsnummer|Ver.nr|Fakturanr|Fakturanummer",
    "nb": "Bilagsnr.|Bilagsnummer|Dokumentnr.|Fakturanr.|Fakturanummer",
    "fi": "Asiakirjan nro|Asiakirjanro|Tositenro|Tositenumero|Laskun nro|Laskunumero|Laskun numero",
    "pl": "Nr dokumentu|Numer dokumentu|Nr faktury|Numer faktury|Nr dok.",
    "cs": "Číslo dokladu|Číslo faktury|Č. dokladu|Č. faktury|Číslo dok.|Doklad",
    "hu": "Bizonylatszám|Bizonylat száma|Bizonylatsz.|Számlaszám|Számla száma|Számla sorszáma|Sorszám",
    "ro": "Nr. document|Număr document|Numărul documentului|Nr. doc.|Nr. factură|Număr factură",
    "tr": "Belge No.|Belge Numarası|Fatura No.|Fatura Numarası|Evrak No.",
    "ru": "Номер документа|Документ №|№ документа|Номер счета|№ счета|Номер счета-фактуры|№ док.|Номер док.",
}
REFERENCE: Words = {
    "nl": "Extern documentnr.|Referentie",
    "de": "Externe Belegnummer|Externe Belegnr.|Referenz",
    "fr": "N° doc. externe|N° document externe|Référence",
    "en": "External Document No.|Ext. Doc. No.|Reference|Ref. Doc. No.",
    "es": "Nº documento externo|N.º documento externo|Nº doc. externo|Referencia",
    "it": "Nr. documento esterno|N. documento esterno|Nr. doc. esterno|Riferimento",
    "pt": "N.º documento externo|Nº documento externo|N.º doc. externo|Nº doc. externo|Referência",
    "da": "Eksternt bilagsnr.|Reference|Referencenr.",
    "sv": "Externt dokumentnr|Externt verifikationsnr|Referens",
    "nb": "Eksternt bilagsnr.|Eksternt dokumentnr.|Referanse",
    "fi": "Ulkoinen asiakirjanro|Ulkoisen asiakirjan nro|Ulkoinen tositenro|Viite",
    "pl": "Nr dokumentu zewnętrznego|Zewnętrzny nr dokumentu|Nr dok. zewnętrznego|Referencja|Odnośnik",
    "cs": "Číslo externího dokladu|Externí číslo dokladu|Reference",
    "hu": "Külső bizonylatszám|Külső bizonylat száma|Hivatkozás|Referencia",
    "ro": "Nr. document extern|Număr document extern|Referință",
    "tr": "Harici Belge No.|Dış Belge No.|Referans",
    "ru": "Внешний номер документа|Внешний документ №|Номер внешнего документа|Внешн. документ №|Ссылка",
}
DATE: Words = {
    "nl": "Documentdatum|Factuurdatum",
    "de": "Belegdatum|Rechnungsdatum",
    "fr": "Date document|Date du document|Date pièce|Date de facture|Date facture|Date de facturation",
    "en": "Document Date|Doc. Date|Doc.Date|Doc Date|Invoice Date",
    "es": "Fecha emisión documento|Fecha documento|Fecha doc.|Fecha de documento|Fecha factura|Fecha de factura|Fecha",
    "it": "Data documento|Data doc.|Data fattura|Data",
    "pt": "Data documento|Data do documento|Data doc.|Data da fatura|Data fatura|Data de emissão|Data",
    "da": "Bilagsdato|Fakturadato|Dato",
    "sv": "Dokumentdatum|Verifikationsdatum|Fakturadatum",
    "nb": "Bilagsdato|Dokumentdato|Fakturadato|Dato",
    "fi": """
        Asiakirjan päivämäärä|Tositteen päivämäärä|Tositepvm|Laskun päivämäärä|Laskupvm|Laskun päiväys|Päivämäärä|Pvm
    """,
    "pl": "Data dokumentu|Data faktury|Data wystawienia|Data",
    "cs": "Datum dokladu|Datum faktury|Datum vystavení|Datum",
    "hu": "Bizonylat dátuma|Bizonylatdátum|Számla kelte|Számla dátuma|Kiállítás dátuma|Dátum|Kelt",
    "ro": "Dată document|Data document|Data documentului|Data facturii|Data factură|Dată|Data",
    "tr": "Belge Tarihi|Fatura Tarihi|Düzenleme Tarihi|Evrak Tarihi|Tarih",
    "ru": "Дата документа|Дата счета|Дата счета-фактуры|Дата док.|Дата",
}
POSTING_DATE: Words = {
    "nl": "Boekingsdatum|Boekdatum",
    "de": "Buchungsdatum|Buch.dat.|Buch.datum",
    "fr": "Date comptabilisation|Date de comptabilisation|Date comptable",
    "en": "Posting Date|Pstng Date|Pstg Date|Post. Date",
    "es": """
        Fecha registro|Fecha de registro|Fecha contabilización|Fecha de contabilización|Fe. contabilización
        Fecha contable
    """,
    "it": "Data di registrazione|Data registrazione|Data reg.|Data contabile",
    "pt": "Data registo|Data de registo|Data de lançamento|Data contabilística|Data registro",
    "da": "Bogføringsdato|Bogf.dato",
    "sv": "Bokföringsdatum|Bokf.datum",
    "nb": "Bokføringsdato|Konteringsdato|Bokf.dato",
    "fi": "Kirjauspäivämäärä|Kirjauspvm|Kirjauspäivä",
    "pl": "Data księgowania|Data ks.",
    "cs": "Zúčtovací datum|Datum zaúčtování|Datum účtování|Dat. zaúčt.",
    "hu": "Könyvelési dátum|Könyvelés dátuma|Könyvelés napja|Könyv.dátum",
    "ro": "Data înregistrării|Dată înregistrare|Data înregistrare|Data contabilizării|Dată contabilă",
    "tr": "Deftere Nakil Tarihi|Nakil Tarihi|Kayıt Tarihi|Muhasebe Tarihi",
    "ru": "Дата учета|Дата проводки|Дата регистрации|Дата операции",
}
DUE_DATE: Words = {
    "nl": "Vervaldatum|Netto-vervaldatum|Vervaldag",
    "de": "Fälligkeitsdatum|Nettofälligkeit|Nettofälligk.|Netto-Fäll.|Fälligkeit",
    "fr": "Date d'échéance|Date échéance|Échéance|Échéance nette",
    "en": "Due Date|Net Due Date|Net due dt|Net due",
    "es": "Fecha vencimiento|Fecha de vencimiento|Fe. vencimiento|Venc. neto|Vencimiento neto|Vencimiento|Vto.",
    "it": "Data scadenza|Data di scadenza|Scadenza netta|Scad. netta|Scadenza",
    "pt": "Data vencimento|Data de vencimento|Data vencimento líquido|Vencimento líquido|Vencimento",
    "da": "Forfaldsdato|Nettoforfaldsdato|Forfald",
    "sv": "Förfallodatum|Nettoförfallodatum|Nettoförfallodag|Förfallodag",
    "nb": "Forfallsdato|Netto forfallsdato|Forfall",
    "fi": "Eräpäivä|Erääntymispäivä|Nettoeräpäivä|Eräpvm",
    "pl": "Termin płatności|Data płatności|Termin płatności netto|Data wymagalności|Termin zapłaty|Termin",
    "cs": "Datum splatnosti|Splatnost|Splatnost netto|Čistá splatnost|Datum splat.",
    "hu": "Esedékesség dátuma|Lejárat dátuma|Fizetési határidő|Esedékesség|Nettó esedékesség|Lejárat|Határidő",
    "ro": "Data scadenței|Data scadentă|Dată scadență|Data scadență|Scadență|Scadența|Scadență netă",
    "tr": "Vade Tarihi|Son Ödeme Tarihi|Net Vade Tarihi|Net Vade|Vade",
    "ru": "Срок оплаты|Дата оплаты|Срок платежа|Дата платежа|Дата срока оплаты|Срок платежа нетто|Оплатить до",
}
ORDER_REFERENCE: Words = {
    "nl": "Toewijzing|Betalingsreferentie|Ordernummer",
    "de": "Zuordnung|Zahlungsreferenz|Bestellnummer",
    "fr": "Affectation|Référence de paiement|N° commande",
    "en": "Assignment|Assignmnt|Payment Reference|Order No.",
    "es": "Asignación|Referencia de pago|Nº pedido",
    "it": "Attribuzione|Riferimento pagamento|N. ordine",
    "pt": "Atribuição|Referência de pagamento|Nº encomenda",
    "da": "Tildeling|Betalingsreference|Ordrenr.",
    "sv": "Tilldelning|Betalningsreferens|Ordernr",
    "nb": "Tilordning|Betalingsreferanse|Ordrenr.",
    "fi": "Kohdistus|Maksuviite|Tilausnumero",
    "pl": "Przypisanie|Referencja płatności|Nr zamówienia",
    "cs": "Přiřazení|Variabilní symbol|Číslo objednávky",
    "hu": "Hozzárendelés|Fizetési hivatkozás|Rendelésszám",
    "ro": "Alocare|Referință plată|Nr. comandă",
    "tr": "Tayin|Ödeme Referansı|Sipariş No.",
    "ru": "Присвоение|Назначение платежа|Номер заказа",
}
HEADERS: Mapping[str, Words] = {
    "partner": PARTNER,
    "partner_number": PARTNER_NUMBER,
    "partner_name": PARTNER_NAME,
    "number": NUMBER,
    "reference": REFERENCE,
    "order_reference": ORDER_REFERENCE,
    "date": DATE,
    "posting_date": POSTING_DATE,
    "due_date": DUE_DATE,
}
