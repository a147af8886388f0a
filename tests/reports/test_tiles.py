"""The first screen: each tile tells its figures and opens its list."""

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestTiles(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.cover = "receivable"
        cls.env["open.balance.source"].search([("id", "!=", cls.source.id)]).active = False
        cls.env.company.account_use_credit_limit = True
        cls.customer.credit_limit = 50
        for number, (partner, due) in enumerate(
            ((cls.customer, "2026-04-01"), (cls.customer, "2026-04-20"), (cls.other_customer, "2026-01-20")), 1
        ):
            cls._create_document(
                partner, 100 * number, f"INV/2026/0000{number}", date="2026-01-15", invoice_date_due=due
            )
        cls._create_document(
            cls.vendor, 70, "RE-1", move_type="in_invoice", date="2026-01-15", invoice_date_due="2026-04-01"
        )

    def _get_tiles(self):
        tiles = self.env["open.balance.tile"].with_user(self.clerk).search([])
        tiles.invalidate_recordset()
        return {tile.kind: tile for tile in tiles}

    def _get_content(self, tile):
        rows = [(row["label"], row["value"].replace("\xa0", " "), row["red"]) for row in tile.rows or []]
        return (tile.name, tile.figure.replace("\xa0", " "), rows)

    def test_what_they_tell(self):
        self._import(
            [
                "10001;INV/2026/00001;15.01.2026;100,00",
                "10001;INV/2026/00002;15.01.2026;150,00",
                "10002;INV/2026/00003;15.01.2026;300,00",
                "99999;Y-1;15.01.2026;3,00",
            ],
            apply=True,
        )
        self.assertEqual(
            {kind: self._get_content(tile) for kind, tile in self._get_tiles().items()},
            {
                "receivable": (
                    "Receivables",
                    "$ 550.00",
                    [
                        ("Not due", "$ 150.00", False),
                        ("1 to 30 days", "$ 100.00", True),
                        ("61 to 90 days", "$ 300.00", True),
                    ],
                ),
                "payable": ("Payables", "$ -70.00", [("1 to 30 days", "$ -70.00", True)]),
                "debtors": (
                    "Top Debtors",
                    "2 overdue",
                    [("Deco Addict", "$ 300.00", True), ("Azure Interior", "$ 100.00", True)],
                ),
                "limit": ("Over the Credit Limit", "1", [("Azure Interior", "$ 200.00", True)]),
                "source": (
                    "Ledger",
                    "03/31/2026",
                    [
                        ("Age in days", "15", True),
                        ("Rows to review", "1", True),
                        ("Unexplained difference", "$ 0.00", False),
                    ],
                ),
            },
        )

    def test_what_they_open(self):
        tiles = self._get_tiles()
        self.assertEqual(self._get_content(tiles["source"]), ("Ledger", "No list yet", []))
        models = {kind: tile.action_open()["res_model"] for kind, tile in tiles.items()}
        self.assertEqual(
            models,
            {
                "receivable": "open.balance.item", "payable": "open.balance.item", "debtors": "res.partner",
                "limit": "res.partner", "source": "open.balance.source",
            },
        )  # fmt: skip
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        action = self._get_tiles()["source"].action_open()
        self.assertEqual((action["res_model"], action["res_id"]), ("open.balance.import", run.id))
