"""Headings that are known and that nobody needs, by language: columns of them are never asked for.

Short words are compared as a whole, those of four letters also with the beginning of a word (Mahnstufe), those of six
wherever they stand (Mehrwertsteuer).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..values.cells import fold, tried
from .languages import Words, split, texts_of

DAYS: Words = {
    "nl": "dagen|ouderdom|aantal dagen",
    "de": "tage|alter|verzug",
    "fr": "jours|retard|âge",
    "en": "days|age|aging|ageing|overdue by",
    "es": "días|antigüedad|atraso|mora",
    "it": "giorni|ritardo",
    "pt": "dias|atraso",
    "da": "dage|alder",
    "sv": "dagar|ålder",
    "nb": "dager|alder",
    "fi": "päivää|päivät|ikä|myöhässä",
    "pl": "dni|wiek",
    "cs": "dnů|dny|stáří",
    "hu": "nap|napok|késés",
    "ro": "zile|vechime|întârziere",
    "tr": "gün|gecikme",
    "ru": "дней|дни|просрочк",
}
TAX: Words = {
    "nl": "btw|belasting",
    "de": "ust|mwst|steuer|vorsteuer|netto",
    "fr": "tva|taxe|impôt|ht|hors taxe",
    "en": "tax|vat|gst|subtotal|net|withholding|retention|excl",
    "es": "iva|impuesto|neto|base imponible|retención",
    "it": "iva|imposta|imponibile|ritenuta|netto",
    "pt": "iva|imposto|líquido|icms|iss|retenção",
    "da": "moms|netto",
    "sv": "moms|netto",
    "nb": "mva|avgift|netto",
    "fi": "alv|vero|veroton|netto",
    "pl": "vat|podatek|netto",
    "cs": "dph|daň|základ|netto",
    "hu": "áfa|adó|nettó",
    "ro": "tva|taxă|net",
    "tr": "kdv|vergi|net|matrah",
    "ru": "ндс|налог|без налога",
}
DISCOUNT: Words = {
    "nl": "korting|betalingskorting",
    "de": "skonto|rabatt|bonus",
    "fr": "escompte|remise|rabais",
    "en": "discount|rebate|allowance",
    "es": "descuento|dto",
    "it": "sconto|abbuono",
    "pt": "desconto|abatimento",
    "da": "rabat",
    "sv": "rabatt",
    "nb": "rabatt",
    "fi": "alennus",
    "pl": "rabat|skonto|upust",
    "cs": "sleva|skonto",
    "hu": "kedvezmény|engedmény",
    "ro": "discount|reducere",
    "tr": "iskonto|indirim",
    "ru": "скидк",
}
CHARGES: Words = {
    "nl": "rente|aanmaning|herinnering|incasso|kosten",
    "de": "mahn|zins|spesen|gebühr|inkasso",
    "fr": "relance|intérêt|frais|pénalité",
    "en": "dunning|reminder|interest|fee|charge|commission|penalty|freight|shipping",
    "es": "recordatorio|interés|intereses|gastos|comisión|recargo",
    "it": "sollecito|interessi|spese|commissione|provvigione",
    "pt": "lembrete|juros|despesas|comissão|multa",
    "da": "rykker|rente|gebyr",
    "sv": "påminnelse|ränta|avgift",
    "nb": "purring|rente|gebyr",
    "fi": "maksumuistutus|korko|viivästys|perintä",
    "pl": "ponaglenie|monit|odsetki|opłata",
    "cs": "upomínka|úrok|poplatek|penále",
    "hu": "felszólítás|kamat|díj|jutalék",
    "ro": "somație|dobândă|comision|penalit",
    "tr": "ihtar|faiz|komisyon|masraf",
    "ru": "напоминани|процент|пеня|пени|комисси|штраф",
}
RATE: Words = {
    "nl": "koers|wisselkoers",
    "de": "kurs|wechselkurs",
    "fr": "taux|cours",
    "en": "rate|exchange|fx|percent|pct",
    "es": "tipo de cambio|cambio|tasa|porcentaje",
    "it": "cambio|tasso|aliquota|percentuale",
    "pt": "câmbio|taxa|percentagem",
    "da": "kurs|procent",
    "sv": "kurs|procent",
    "nb": "kurs|prosent",
    "fi": "kurssi|prosentti",
    "pl": "kurs|procent|stawka",
    "cs": "kurz|sazba|procento",
    "hu": "árfolyam|százalék",
    "ro": "curs|cota|procent",
    "tr": "kur|oran|yüzde",
    "ru": "курс|ставка",
}
QUANTITY: Words = {
    "nl": "aantal|hoeveelheid|gewicht|prijs",
    "de": "menge|anzahl|gewicht|preis|stück",
    "fr": "quantité|qté|poids|prix",
    "en": "qty|quantity|weight|price|count|unit|hours|volume",
    "es": "cantidad|peso|precio|unidades",
    "it": "quantità|qtà|peso|prezzo",
    "pt": "quantidade|qtd|peso|preço",
    "da": "antal|vægt|pris",
    "sv": "antal|vikt|pris",
    "nb": "antall|vekt|pris",
    "fi": "määrä kpl|kpl|paino|hinta",
    "pl": "ilość|waga|cena",
    "cs": "množství|počet|hmotnost|cena",
    "hu": "mennyiség|súly|ár|darab",
    "ro": "cantitate|greutate|preț|buc",
    "tr": "miktar|adet|ağırlık|fiyat",
    "ru": "количество|кол|вес|цена",
}
LIMIT: Words = {
    "nl": "kredietlimiet|kredietverzekering|omzet|kostprijs|marge",
    "de": "limit|kreditlinie|umsatz|versicher|rohertrag|marge",
    "fr": "limite|plafond|encours autorisé|chiffre|marge|assur",
    "en": "limit|turnover|revenue|sales|insured|insurance|margin|profit|cost",
    "es": "límite|ventas|margen|asegur|coste",
    "it": "limite|fido|fatturato|margine|assicur|costo",
    "pt": "limite|vendas|margem|custo",
    "da": "kreditmaksimum|omsætning|avance",
    "sv": "kreditgräns|omsättning|marginal",
    "nb": "kredittgrense|omsetning|margin",
    "fi": "luottoraja|liikevaihto|kate",
    "pl": "limit|obrót|obroty|marża",
    "cs": "limit|obrat|marže",
    "hu": "keret|hitelkeret|forgalom|árrés",
    "ro": "limită|plafon|cifra de afaceri|marjă",
    "tr": "limit|ciro|marj",
    "ru": "лимит|оборот|маржа",
}
PLACE_IN_FILE: Words = {
    "nl": "regel|pagina|blad|volgnummer|volgnr|batch|partij|serie",
    "de": "zeile|seite|blatt|lfd|laufende|position|pos|stapel|charge|barcode",
    "fr": "ligne|page|folio|lot|séquence|ordre",
    "en": (
        "line|row|page|sheet|batch|lot|serial|sequence|seq|item no|position|barcode|hash|guid|uuid|"
        "record id|internal id|version"
    ),
    "es": "línea|página|hoja|lote|secuencia|orden",
    "it": "riga|pagina|foglio|lotto|sequenza|progressivo",
    "pt": "linha|página|folha|lote|sequência",
    "da": "linje|side|parti|løbenummer|løbenr",
    "sv": "rad|sida|batch|parti|löpnummer|löpnr",
    "nb": "linje|side|parti|løpenummer|bunt",
    "fi": "rivi|sivu|erä|juokseva",
    "pl": "wiersz|strona|partia|lp|seria",
    "cs": "řádek|strana|šarže|dávka|poř",
    "hu": "sor|oldal|tétel|köteg",
    "ro": "rând|linie|pagină|lot|nr crt|serie",
    "tr": "satır|sayfa|parti|sıra|lot",
    "ru": "строка|страница|партия|№ п/п|порядковый",
}
BOOKED_BY: Words = {
    "nl": "gebruiker|medewerker|verkoper|behandelaar|ingevoerd|vertegenwoordiger|inkoper",
    "de": (
        "benutzer|bearbeiter|sachbearbeiter|erfasst|erfasser|vertreter|verkäufer|einkäufer|"
        "ansprechpartner|verantwortlich"
    ),
    "fr": "utilisateur|vendeur|commercial|saisi|responsable|représentant|acheteur|gestionnaire",
    "en": (
        "user|created|entered|posted by|clerk|sales rep|salesperson|salesman|collector|buyer|agent|"
        "manager|employee|contact|owner|owned"
    ),
    "es": "usuario|vendedor|comercial|responsable|representante|comprador|agente|contacto",
    "it": "utente|venditore|agente|responsabile|operatore|referente",
    "pt": "utilizador|usuário|vendedor|responsável|comprador|contato|contacto",
    "da": "bruger|sælger|medarbejder|indkøber|kontakt",
    "sv": "användare|säljare|handläggare|inköpare|kontakt",
    "nb": "bruker|selger|saksbehandler|innkjøper|kontakt",
    "fi": "käyttäjä|myyjä|käsittelijä|ostaja|yhteyshenkilö",
    "pl": "użytkownik|handlowiec|sprzedawca|opiekun|wprowadził",
    "cs": "uživatel|obchodník|prodejce|referent|zadal",
    "hu": "felhasználó|értékesítő|ügyintéző|üzletkötő|rögzítette",
    "ro": "utilizator|agent|vânzător|operator|responsabil",
    "tr": "kullanıcı|satıcı|temsilci|sorumlu",
    "ru": "пользователь|менеджер|ответственн|продавец",
}
DIMENSION: Words = {
    "nl": "filiaal|vestiging|kostenplaats|kostendrager|afdeling|project|dagboek|regio|groep|categorie|magazijn",
    "de": (
        "filiale|niederlassung|kostenstelle|kostenträger|abteilung|projekt|kost1|kost2|region|gebiet|"
        "gruppe|kategorie|branche|standort|lager|gegenkonto|sachkonto|journal|gschb|geschäftsbereich|"
        "profitcenter|verbunden"
    ),
    "fr": (
        "agence|succursale|établissement|centre de coût|section|analytique|service|projet|journal|région|"
        "groupe|catégorie|site|dépôt"
    ),
    "en": (
        "branch|cost cent|department|dept|project|division|profit cent|region|territory|group|category|"
        "class|location|warehouse|journal|segment|dimension|business area|business unit|office|store|"
        "site|gl account|g/l|ledger|job"
    ),
    "es": "sucursal|delegación|centro de coste|departamento|proyecto|región|grupo|categoría|almacén|diario|zona",
    "it": "filiale|sede|centro di costo|reparto|commessa|progetto|regione|gruppo|categoria|magazzino|zona",
    "pt": "filial|centro de custo|departamento|projeto|região|grupo|categoria|armazém|diário",
    "da": "afdeling|afd|projekt|omkostningssted|region|gruppe|kategori|lager|kladde",
    "sv": "filial|avdelning|projekt|kostnadsställe|region|grupp|kategori|lager|resultatenhet",
    "nb": "avdeling|avd|prosjekt|kostnadssted|region|gruppe|kategori|lager",
    "fi": "toimipiste|osasto|projekti|kustannuspaikka|alue|ryhmä|luokka|varasto|tiliöinti",
    "pl": "oddział|dział|projekt|mpk|region|grupa|kategoria|magazyn|dziennik",
    "cs": "pobočka|středisko|oddělení|projekt|zakázka|region|skupina|kategorie|sklad",
    "hu": "fiók|telephely|költséghely|osztály|projekt|régió|csoport|kategória|raktár|munkaszám",
    "ro": "sucursal|punct de lucru|centru de cost|departament|proiect|regiune|grup|categorie|depozit|jurnal",
    "tr": "şube|departman|bölüm|proje|masraf merkezi|bölge|grup|kategori|depo",
    "ru": "филиал|отдел|проект|подразделение|центр затрат|регион|группа|категория|склад",
}
ADDRESS: Words = {
    "nl": "adres|straat|postcode|plaats|land|telefoon|mobiel|gemeente",
    "de": "adresse|straße|strasse|plz|postleitzahl|ort|land|telefon|tel|fax|mobil|stadt",
    "fr": "adresse|rue|code postal|ville|pays|téléphone|tél|portable",
    "en": "address|street|zip|post code|postcode|postal|city|town|country|state|phone|mobile|fax|tel|website",
    "es": "dirección|calle|código postal|c.p.|ciudad|población|provincia|país|teléfono",
    "it": "indirizzo|via|cap|città|provincia|paese|telefono|cellulare",
    "pt": "endereço|morada|rua|código postal|cep|cidade|país|telefone",
    "da": "adresse|postnr|postnummer|by|land|telefon",
    "sv": "adress|postnr|postnummer|ort|land|telefon",
    "nb": "adresse|postnr|postnummer|sted|land|telefon",
    "fi": "osoite|postinumero|paikkakunta|maa|puhelin",
    "pl": "adres|ulica|kod pocztowy|miasto|kraj|telefon",
    "cs": "adresa|ulice|psč|město|země|stát|telefon",
    "hu": "cím|utca|irányítószám|irsz|város|ország|telefon",
    "ro": "adresă|stradă|cod poștal|oraș|localitate|țară|telefon",
    "tr": "adres|cadde|posta kodu|şehir|ilçe|ülke|telefon",
    "ru": "адрес|улица|индекс|город|страна|телефон",
}
BANK: Words = {
    "nl": "iban|bic|bank|rekeningnummer|machtiging",
    "de": "iban|bic|blz|bank|mandat|kontonummer bank",
    "fr": "iban|bic|banque|rib|mandat",
    "en": "iban|bic|swift|bank|routing|mandate|cheque|check",
    "es": "iban|bic|banco|cuenta bancaria|mandato|cheque",
    "it": "iban|bic|banca|abi|cab|mandato|assegno",
    "pt": "iban|bic|banco|nib|cheque",
    "da": "iban|bank|reg|fik|kid",
    "sv": "iban|bank|bankgiro|plusgiro|ocr",
    "nb": "iban|bank|kid|bankkonto",
    "fi": "iban|pankki|viitenumero|viite",
    "pl": "iban|bank|rachunek bankowy|nrb",
    "cs": "iban|banka|bankovní|variabilní|konstantní|specifický|vs|ks|ss",
    "hu": "iban|bank|bankszámla",
    "ro": "iban|bancă|cont bancar",
    "tr": "iban|banka",
    "ru": "iban|банк|бик|расчетный счет",
}
TEXTS: Words = {
    "nl": "omschrijving|opmerking|tekst|toelichting|notitie|betreft|onderwerp",
    "de": (
        "text|buchungstext|belegtext|dokumenttext|kopftext|positionstext|bemerkung|notiz|kommentar|beschreibung|"
        "verwendungszweck|betreff|zusatz|hinweis|info"
    ),
    "fr": "libellé|remarque|commentaire|note|description|objet|texte",
    "en": "description|desc|note|comment|memo|remark|text|subject|narration|details|info|reason|purpose",
    "es": "descripción|concepto|nota|comentario|observa|texto|asunto",
    "it": "descrizione|nota|note|commento|causale|testo|oggetto|osserva",
    "pt": "descrição|nota|comentário|observa|texto|assunto|histórico",
    "da": "tekst|beskrivelse|bemærkning|note|kommentar|emne",
    "sv": "text|beskrivning|anmärkning|not|kommentar",
    "nb": "tekst|beskrivelse|merknad|notat|kommentar",
    "fi": "teksti|kuvaus|selite|huomautus|kommentti|viesti",
    "pl": "opis|uwagi|tekst|treść|komentarz|tytułem|nota",
    "cs": "popis|poznámka|text|komentář|předmět",
    "hu": "megjegyzés|leírás|szöveg|közlemény",
    "ro": "descriere|explicație|explicații|observații|notă|text|comentariu",
    "tr": "açıklama|not|metin|yorum",
    "ru": "описание|комментарий|примечание|текст|назначение|содержание",
}
TERMS: Words = {
    "nl": "betalingsconditie|betalingstermijn|termijn|betaalwijze|betaalmethode|kredietcode|blokkade",
    "de": (
        "zahlungsbedingung|zahlungsziel|zahlungsart|zahlweg|zlsch|zlspr|zahlsperre|zahlungsweg|"
        "zahlungskondition|sperre|kondition|ziel"
    ),
    "fr": "condition|mode de paiement|mode de règlement|délai|échéancier|blocage",
    "en": "terms|payment method|payment term|method|net due|block|hold|credit code|priority|rating|score|status date",
    "es": "condiciones|forma de pago|plazo|bloqueo|método",
    "it": "condizioni|modalità|termini|blocco|scadenzario",
    "pt": "condições|forma de pagamento|prazo|bloqueio|método",
    "da": "betalingsbetingelse|betalingsmåde|spærret",
    "sv": "betalningsvillkor|betalsätt|betalningssätt|spärrad",
    "nb": "betalingsbetingelse|betalingsmåte|sperret",
    "fi": "maksuehto|maksutapa|esto",
    "pl": "warunki płatności|forma płatności|sposób płatności|blokada",
    "cs": "podmínky|způsob úhrady|forma úhrady|blokace",
    "hu": "fizetési mód|fizetési feltétel|határidő nap|zárolás",
    "ro": "condiții|mod de plată|modalitate|termen|blocare",
    "tr": "ödeme şekli|ödeme koşulu|vade gün|bloke",
    "ru": "условия|способ оплаты|форма оплаты|отсрочка|блокировка",
}
PERIOD: Words = {
    "nl": "periode|boekjaar|jaar|maand|kwartaal|week",
    "de": "periode|jahr|monat|quartal|woche|wirtschaftsjahr",
    "fr": "période|exercice|année|mois|trimestre|semaine",
    "en": "period|year|month|quarter|week|fiscal|time",
    "es": "período|periodo|ejercicio|año|mes|trimestre|semana",
    "it": "periodo|esercizio|anno|mese|trimestre|settimana",
    "pt": "período|exercício|ano|mês|trimestre|semana",
    "da": "periode|år|måned|kvartal|uge",
    "sv": "period|år|månad|kvartal|vecka",
    "nb": "periode|år|måned|kvartal|uke",
    "fi": "kausi|vuosi|kuukausi|neljännes|viikko",
    "pl": "okres|rok|miesiąc|kwartał|tydzień",
    "cs": "období|rok|měsíc|čtvrtletí|týden",
    "hu": "időszak|év|hónap|negyedév|hét",
    "ro": "perioadă|an|lună|trimestru|săptămână",
    "tr": "dönem|yıl|ay|çeyrek|hafta",
    "ru": "период|год|месяц|квартал|неделя",
}
OTHER_DATES: Words = {
    "nl": "wijziging|wijzigingsdatum|aangemaakt|leverdatum|besteldatum|afgedrukt|valutadatum",
    "de": "änderung|geändert|angelegt|lieferdatum|bestelldatum|gedruckt|valutadatum|wertstellung|leistungsdatum",
    "fr": "modification|modifié|création|créé|livraison|commande le|date de valeur|imprimé",
    "en": "modified|changed|updated|created|delivery|delivered|shipped|ordered|printed|sent|value date|last",
    "es": "modificación|modificado|creación|creado|entrega|fecha valor|impreso|último",
    "it": "modifica|creazione|creato|consegna|data valuta|stampa|ultimo",
    "pt": "alteração|alterado|criação|criado|entrega|data valor|impresso|último",
    "da": "ændret|oprettet|leveringsdato|valørdato|udskrevet|sidste",
    "sv": "ändrad|skapad|leveransdatum|valutadatum|utskriven|senaste",
    "nb": "endret|opprettet|leveringsdato|valuteringsdato|utskrevet|siste",
    "fi": "muutettu|luotu|toimituspäivä|arvopäivä|tulostettu|viimeisin",
    "pl": "zmodyfikowano|zmiana|utworzono|data dostawy|data waluty|ostatnia",
    "cs": "změněno|změna|vytvořeno|datum dodání|datum valuty|poslední",
    "hu": "módosítva|módosítás|létrehozva|szállítás dátuma|értéknap|utolsó",
    "ro": "modificat|modificare|creat|data livrării|data valutei|ultima",
    "tr": "değiştirilme|güncelleme|oluşturma|teslim|valör tarihi|son değişiklik",
    "ru": "изменен|создан|дата поставки|дата валютирования|последн",
}
OTHERS: Mapping[str, Words] = {
    "days": DAYS,
    "tax": TAX,
    "discount": DISCOUNT,
    "charges": CHARGES,
    "rate": RATE,
    "quantity": QUANTITY,
    "limit": LIMIT,
    "place in the file": PLACE_IN_FILE,
    "booked by": BOOKED_BY,
    "dimension": DIMENSION,
    "address": ADDRESS,
    "bank": BANK,
    "texts": TEXTS,
    "terms": TERMS,
    "period": PERIOD,
    "other dates": OTHER_DATES,
}

# What packages call columns that are known to be neither a document's number nor what is open of it.
PACKAGES = """
    Vorlauf|Belegfeld 2|BSNr.|BSNummer|UstSatz|KZ|Raffung|EuroK|HID|Id|AmountInTransit|Total in Currency Signed
    Total Signed|Untaxed Amount Signed|Currency Id|Journal Entry|Journal Item|Entry No.|External ID|DUNS|GLN|EAN
    Verrechnungskonto|Sammelkonto|Abstimmkonto|Gegenkonto|Sonderhauptbuch|Umsatz Soll|Umsatz Haben|EB-Wert|Jahressoll
"""

_BEGINS, _INSIDE = 4, 6  # letters of a word that is looked for at the beginning of others, and inside of them
_WORDS = re.compile(r"[A-Z]?[^\W_A-Z]+|[^\W_a-z]+")  # TaxTotal is two


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Return the folded words, those that may begin others, and those that may stand inside of others."""
    words = frozenset(fold(text) for table in OTHERS.values() for text in texts_of(table))
    words |= frozenset(map(fold, split(PACKAGES)))
    begins, inside = (tuple(sorted(word for word in words if len(word) >= least)) for least in (_BEGINS, _INSIDE))
    return words, begins, inside


@lru_cache(maxsize=2000)
def is_other_header(text: str) -> bool:
    """Tell whether a heading is known to be of nothing that decides what is booked."""
    words, begins, inside = _words()
    text = tried(text)
    whole = fold(text)
    if whole in words or any(word in whole for word in inside):
        return True
    return any(word in words or word.startswith(begins) for word in map(fold, _WORDS.findall(text)))
