import random

from odoo.tests import freeze_time, tagged

from ..common_booking import BookingCommon

# Decimals of a currency, and units of it for one of the company's: in which a cent is much, little, or next to nothing.
CURRENCIES = {
    "EUR": (0.01, 0.8737),
    "JPY": (1.0, 151.37),
    "KRW": (1.0, 1391.3),
    "KWD": (0.001, 0.3071),
    "IDR": (0.01, 16234.7),
}
SEEDS = range(6)
DOCUMENTS = 12


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20")
class TestBookingCents(BookingCommon):
    """Foreign documents paid in parts of any size: no cent is left, and no exchange difference is booked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currencies = [cls._create_currency(code, *values) for code, values in CURRENCIES.items()]

    @classmethod
    def _create_currency(cls, code, rounding, rate):
        currency = cls.setup_other_currency(code, rates=[("2026-01-01", rate), ("2026-08-01", rate * 1.07)])
        currency.rounding = rounding
        return currency

    def _create_any(self, rng):
        """A document of any kind and currency; in cheap currencies some are worth less than a cent."""
        currency = rng.choice(self.currencies)
        units = rng.choice((rng.randrange(1, 40), rng.randrange(1, 3000), rng.randrange(1, 900000)))
        kind = rng.choice(("out_invoice", "out_invoice", "in_invoice", "out_refund", "in_refund"))
        term = rng.choice((None, None, self.pay_terms_b))
        return self._create_document(units * currency.rounding, kind, currency=currency, term=term)

    def _get_parts(self, rng, document, last):
        """What is taken off each due line: nothing, the smallest unit, any part, or all."""
        parts = []
        for line in self._get_due_lines(document):
            currency, residual = line.currency_id, line.amount_residual_currency
            smallest = min(currency.rounding, abs(residual)) * (1 if residual > 0 else -1)
            some = currency.round(residual * rng.random())
            parts.append(residual if last else rng.choice((0.0, smallest, some, some, residual)))
        return parts

    def test_random_parts(self):
        for seed in SEEDS:
            rng = random.Random(seed)
            documents = [self._create_any(rng) for _number in range(DOCUMENTS)]
            for step in range(4):
                for document in documents:
                    parts = self._get_parts(rng, document, step == 3)
                    if not any(parts):
                        continue
                    before = self._get_due_lines(document).mapped("amount_residual_currency")
                    with self.subTest(seed=seed, step=step, document=document.name, currency=document.currency_id.name):
                        self._book(document, *parts)
                        for line, part, residual in zip(self._get_due_lines(document), parts, before, strict=True):
                            rest = line.currency_id.round(residual - part)
                            self.assertEqual(line.currency_id.compare_amounts(line.amount_residual_currency, rest), 0)
                            self.assertFalse(line.reconciled and line.amount_residual)
                        self.assertFalse(self._get_exchange_moves(), "exchange entry")
