"""Partners as the engine's values, as an accounting package takes them."""

from decimal import Decimal

from ...engine.handover import HandoverBank, HandoverParty

NUMBERS = {"customer": "debtor_number", "vendor": "creditor_number"}


class PartyReader:
    """Reads partners for one package; each in each role once."""

    def __init__(self, package, codes):
        """Remember what is the same for all partners.

        :param package: ``open.balance.package``
        :param Codes codes: codes of the package
        """
        self.package = package
        self.company = package.company_id
        self.codes = codes
        self.proposed = {}
        self._known = {}

    def propose(self, numbers: dict):
        """Let partners have numbers that are not written to them yet.

        :param numbers: (partner id, role) -> number
        """
        self.proposed.update(numbers)
        self._known.clear()

    def read_party(self, partner, role: str) -> HandoverParty:
        """A partner in a role."""
        key = partner.id, role
        if key not in self._known:
            self._known[key] = self._read(partner.with_company(self.company), role)
        return self._known[key]

    def get_number(self, partner, role: str) -> str:
        """The partner's number in a role, "" if there is none yet."""
        partner = partner.with_company(self.company)
        number = partner[NUMBERS[role]] or self.proposed.get((partner.id, role))
        if not number and self.package.single_number:
            other = "vendor" if role == "customer" else "customer"
            number = partner[NUMBERS[other]] or self.proposed.get((partner.id, other))
        return (number or "").strip()

    def _read(self, partner, role: str) -> HandoverParty:
        address = partner.browse(partner.address_get(["invoice"])["invoice"]) or partner
        term = partner.property_payment_term_id if role == "customer" else partner.property_supplier_payment_term_id
        return HandoverParty(
            id=partner.id,
            role=role,
            number=self.get_number(partner, role),
            name=partner.name or partner.display_name or "",
            is_company=partner.is_company,
            **_get_address(address),
            phone=partner.phone or "",
            email=partner.email or "",
            website=partner.website or "",
            language=(partner.lang or "")[:2],
            vat="" if partner.vat in (False, "/") else partner.vat,
            registry=partner.company_registry or "",
            currency=self._get_currency(partner, role),
            term=self._get_term(term),
            credit_limit=self._get_limit(partner, role),
            banks=self._get_banks(partner),
        )

    def _get_currency(self, partner, role: str) -> str:
        """The currency in which the partner is invoiced, or invoices; the company's, if none is set."""
        name = "property_product_pricelist" if role == "customer" else "property_purchase_currency_id"
        if name not in partner._fields:
            return self.company.currency_id.name
        found = partner[name]
        currency = found.currency_id if role == "customer" else found
        return (currency or self.company.currency_id).name

    def _get_term(self, term) -> str:
        """The code of a payment term; none is asked for here."""
        known = term and self.codes.find("payment_term", term)
        return (known and known.code) or ""

    def _get_limit(self, partner, role: str) -> Decimal | None:
        """The credit limit, where the package wants it."""
        if role != "customer" or not self.package.credit_limits or not partner.use_partner_credit_limit:
            return None
        return Decimal(str(partner.credit_limit))

    def _get_banks(self, partner) -> tuple:
        """Bank accounts with an IBAN that a person has declared as trusted: no other may travel into payments."""
        return tuple(
            HandoverBank(bank.sanitized_acc_number, bank.bank_bic or "", bank.acc_holder_name or partner.name or "")
            for bank in partner.bank_ids
            if bank.acc_type == "iban" and bank.allow_out_payment
        )


def _get_address(partner) -> dict:
    """Where a partner is, without what is not known."""
    names = ("street", "street2", "zip", "city")
    found = {name: partner[name] for name in names} | {
        "state": partner.state_id.code,
        "country": partner.country_id.code,
    }
    return {name: value for name, value in found.items() if value}
