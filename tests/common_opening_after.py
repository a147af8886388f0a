from .common import OpenBalanceCommon
from .common_import import OpenBalanceImportCommon

OPENING_HEADER = "Document Type;Partner Number;Number;Date;Due Date;Total;Open Amount"
CURRENCY_HEADER = "Document Type;Partner Number;Number;Date;Due Date;Currency;Company Amount;Total;Open Amount"


class OpeningAfterCommon(OpenBalanceImportCommon):
    """A migration's source of opening documents; the clerk imports and applies its lists."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opening = cls._create_opening_source()

    @classmethod
    def _create_opening_source(cls, **values):
        return cls.env["open.balance.source"].create(
            {"name": "Migration", "per": "opening", "payment_date": "due", "complete": False, **values}
        )

    def _open(self, rows, header=OPENING_HEADER, apply=True, **kwargs):
        """Import opening documents, and create them unless it is only to be planned.

        :param list[str] rows: rows below the header
        :return: the run
        """
        kwargs.setdefault("source", self.opening)
        return OpenBalanceCommon._import(self, rows, header, apply=apply, **kwargs)

    def _get_lines(self, run):
        """The run's lines as tuples: number, document, its state, what is open; payment's state; line's, result."""
        return [
            (
                line.number or "",
                line.move_id.name or "",
                line.move_id.state,
                sum(self._get_posted_items(line).mapped("amount_residual_currency")),
                line.payment_id.state,
                line.state,
                line.result or "",
            )
            for line in run.line_ids.sorted("id")
        ]

    @staticmethod
    def _get_posted_items(line):
        items = line.move_id._get_open_balance_lines()
        return items.filtered(lambda item: item.parent_state == "posted")

    def _get_document(self, number):
        """The one document of that original number that stands."""
        return self.env["account.move"].search(
            [("open_balance_number", "=", number), ("state", "=", "posted"), ("open_balance_is_undone", "=", False)]
        )
