"""What a program may hand over: a sentence for what is wrong, never a traceback, and nothing is booked by mistake."""

import base64
from datetime import date, datetime, timezone

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_import import CUSTOMER_HEADER, OpenBalanceImportCommon

PAY = f"{CUSTOMER_HEADER}\n10001;INV/2026/00001;15.01.2026;40,00"
OPENING = (
    "Document Type;Partner Number;Number;Date;Due Date;Currency;Total;Open Amount\n"
    "Customer Invoice;10001;A-1;2026-01-15;2026-02-14;;110.00;55.00"
)
NO_TEXT = (None, False, True, 5, 1.5, ["list.csv"], {"name": "list.csv"})


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportArguments(OpenBalanceImportCommon):
    """The arguments of ``import_file``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    def _hand_over(self, **changed):
        """Call with good arguments but for some."""
        arguments = {
            "filename": "list.csv",
            "content_base64": self._encode(PAY),
            "source_id": self.source.id,
            "balance_date": "2026-03-31",
            "apply": True,
        }
        return self.env(user=self.clerk)["open.balance.import"].import_file(**{**arguments, **changed})

    def assertRefused(self, argument, values, expected):
        """Each value is refused with a sentence that names the argument and what was expected."""
        for value in values:
            with self.subTest(value=str(value)[:30].encode("ascii", "replace")):
                with self.assertRaisesRegex(UserError, f"^{argument} is .+, but has to be {expected}") as caught:
                    self._hand_over(**{argument: value})
                self.assertLess(len(str(caught.exception)), 250)
                str(caught.exception).encode()
        self.assertEqual((self.env["open.balance.import"].search_count([]), self.invoice.amount_residual), (0, 100.0))

    def test_file_name(self):
        names = (*NO_TEXT, b"list.csv", "", "li\0st.csv", "\ud800.csv", "a\nb.csv", "x" * 256, "x" * 10**6)
        self.assertRefused("filename", names, "a file's name of 1 to 255 characters")

    def test_rare_file_names_are_kept(self):
        for name in ("x", "Öffene Posten 2026.csv", "Liste 🙂\u00a0(1).csv", "x" * 255, "../../etc/passwd", "<b>.csv"):
            with self.subTest(name=name):
                result = self._hand_over(filename=name, apply=False)
                run = self.env["open.balance.import"].browse(result["run_id"])
                self.assertEqual((run.state, run.file_ids.name), ("planned", name))

    def test_content(self):
        contents = (
            *NO_TEXT, PAY, PAY.encode(), "QUJ", "Q\0UJD", "\ud800", "QUJDé", "data:text/csv;base64,QUJD",
            self._encode(PAY)[:-1], "_-_-", "=", "x" * (4 * 10**5 + 1),
        )  # fmt: skip
        self.assertRefused("content_base64", contents, "the file's bytes in base64")

    def test_content_in_lines_or_bytes(self):
        for content in (
            base64.encodebytes(PAY.encode()).decode(),
            self._encode(PAY).encode(),
            f" {self._encode(PAY)}\n",
        ):
            with self.subTest(content=content):
                result = self._hand_over(content_base64=content, apply=False)
                self.assertEqual((result["state"], result["counts"]["pay"]), ("planned", 1))

    def test_unreadable_bytes_make_a_failed_run(self):
        for content, code in (
            (b"", "file_empty"),
            (b"\0", "file_not_text"),
            (b"\xed\xa0\x80", "header_missing"),
            ("\ud800;".encode("utf-16", "surrogatepass"), "file_not_text"),
            (b"%PDF-1.7 \xff\xfe", "file_unknown"),
        ):
            with self.subTest(content=content):
                result = self._hand_over(content_base64=base64.b64encode(content).decode())
                self.assertEqual((result["state"], [one["code"] for one in result["problems"]]), ("failed", [code]))

    def test_strange_characters_in_cells(self):
        """They are no reason to fail, and none to pay something else."""
        for number in ("INV/2026/0\0001", "INV\ud800", "INV/2026/00001\0"):
            content = f"{CUSTOMER_HEADER}\n10001;{number};15.01.2026;40,00"
            for encoding in ("utf-8", "utf-16"):
                with self.subTest(number=ascii(number), encoding=encoding):
                    data = content.encode(encoding, "surrogatepass")
                    result = self._hand_over(content_base64=base64.b64encode(data).decode(), apply=False)
                    self.assertIn(result["state"], ("planned", "failed"))
                    self.assertIsInstance(result["problems"], list)

    def test_source(self):
        ids = (True, 0, -1, 10**9, 2**31, 10**30, 1.0, "Ledger", str(self.source.id), [self.source.id], (), {}, "\0")
        self.assertRefused("source_id", ids, "the id of a balance source, or nothing")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_source_of_another_company(self):
        company = self.setup_other_company(name="Harbour Trading")["company"]
        secret = self.env["open.balance.source"].create({"name": "Secret", "company_id": company.id})
        with self.assertRaisesRegex(AccessError, "not allowed|company") as caught:
            self._hand_over(source_id=secret.id)
        self.assertNotIn("Secret", str(caught.exception))

    def test_balance_date(self):
        dates = (
            True, 0, 20260331, 1.5, [], {}, ["2026-03-31"], "", "soon", "31.03.2026", "03/31/2026", "2026-02-30",
            "2026-3-31", "2026-03-31 12:00:00", "2026-03-31x", "01.01.0001", "0001-01-01", "9999-12-31", "20260331",
            "2026-W13-2", "today", "-1d", "2026-03-31\0", "\ud800", "２０２６-03-31", date.min, date.max,
        )  # fmt: skip
        self.assertRefused("balance_date", dates, "a date written as 2026-03-31, or nothing")

    def test_dates_of_code(self):
        for given in ("2026-03-31", date(2026, 3, 31), datetime(2026, 3, 31, 12, tzinfo=timezone.utc)):
            with self.subTest(given=given):
                run_id = self._hand_over(balance_date=given, apply=False)["run_id"]
                self.assertEqual(self.env["open.balance.import"].browse(run_id).balance_date, date(2026, 3, 31))

    def test_apply(self):
        """A text is no yes: "false" would book."""
        self.assertRefused("apply", ("false", "true", "", 1, 0, 1.0, [], {}), "true or false")

    def test_nothing_given(self):
        for nothing in (None, False):
            with self.subTest(nothing=nothing):
                result = self._hand_over(source_id=nothing, balance_date=nothing, apply=nothing)
                run = self.env["open.balance.import"].browse(result["run_id"])
                self.assertRecordValues(
                    run, [{"state": "planned", "source_id": self.source.id, "balance_date": self._date(TODAY)}]
                )

    def test_a_context_hides_no_bytes(self):
        """The web client may ask for sizes instead of bytes: neither reading nor a guard looks at these."""
        for context in ({"bin_size": True}, {"bin_size_content": 1, "bin_size_datas": 1, "bin_size_raw": 1}):
            with self.subTest(context=context):
                Run = self.env(user=self.clerk, context=context)["open.balance.import"]
                run = Run.browse(Run.import_file("list.csv", self._encode(PAY), self.source.id, "2026-03-31")["run_id"])
                checksum = run.file_ids.checksum
                run.action_plan()
                self.assertEqual((run.state, run.file_ids.checksum, run.line_ids.action), ("planned", checksum, "pay"))
                result = Run.import_file("list.csv", self._encode(OPENING), self.source.id, "2026-03-31", apply=True)
                self.assertIn("list_of_opening", [problem["code"] for problem in result["problems"]])
        self.env.invalidate_all()
        self.assertEqual(self.invoice.amount_residual, 100.0)

    def test_files_of_a_run(self):
        """Files that a client adds or changes by itself."""
        run = self._import_text(PAY)
        for vals, message in (
            ({"content": "QUJ"}, "^content is 'QUJ', but has to be the file's bytes in base64"),
            ({"content": [1]}, "^content is "),
            ({"name": "li\0st.csv"}, "^name is "),
            ({"name": "\ud800"}, "^name is "),
            ({"name": 5}, "^name is 5, but has to be a file's name"),
        ):
            with self.subTest(vals=vals):
                with self.assertRaisesRegex(UserError, message):
                    run.file_ids.write(vals)
                with self.assertRaisesRegex(UserError, message):
                    run.file_ids.create({"import_id": run.id, "name": "x.csv", "content": "QUJD", **vals})
                with self.assertRaisesRegex(UserError, message):
                    run.write({"file_ids": [Command.update(run.file_ids.id, vals)]})
        self.assertEqual((run.needs_plan, run.file_ids.name), (False, "list.csv"))

    def test_assignments_of_a_line(self):
        line = self._import(["99999;X-1;15.01.2026;40,00"], CUSTOMER_HEADER).line_ids.filtered("row")
        for name in ("partner_id", "move_id"):
            for value in ("Azure Interior", 10**9, 10**30, True, 1.5, [1], {"id": 1}, "\0"):
                with self.subTest(name=name, value=value):
                    with self.assertRaisesRegex(UserError, "or you may not read it|has to be"):
                        line.write({name: value})
                    found = line.onchange({name: value}, [name], {name: {"fields": {"display_name": {}}}})
                    self.assertFalse(found["value"].get(name))
        self.assertRecordValues(line, [{"partner_id": False, "move_id": False, "is_assigned": False}])
