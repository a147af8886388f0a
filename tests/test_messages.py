import re
from pathlib import Path

from odoo.tests import BaseCase

from ..messages import SENTENCES

ENGINE = Path(__file__).parents[1] / "engine"
MODELS = Path(__file__).parents[1] / "models"
# How the engine names a code: as the code of an issue, of a refused file, of a row told, of a decision or reason.
CODES = re.compile(
    r"""(?:Issue\(\s*(?:"(?:stop|warning|info)"|level)(?:\s+if\s+[^,]+)?,\s*|refuse\(\s*|_tell\(\s*|\.fault\(\s*|_reason\(\s*|_hint\(\s*
        |Decision\(\s*"\w+",\s*|_without_balance\(\s*\w+,\s*"\w+",\s*|_build\(\s*"\w+",\s*|code\s*=\s*)"([a-z_]+)\"""",
    re.VERBOSE,
)


class TestMessages(BaseCase):
    """Every code of the engine has a sentence, and every sentence a place."""

    def _get_codes(self):
        text = "\n".join(path.read_text() for folder in (ENGINE, MODELS) for path in folder.rglob("*.py"))
        return set(CODES.findall(text))

    def test_every_code_has_a_sentence(self):
        codes = self._get_codes()
        self.assertGreater(len(codes), 70)
        self.assertEqual(sorted(codes - set(SENTENCES)), [])

    def test_every_sentence_has_a_code(self):
        text = "\n".join(path.read_text() for folder in (ENGINE, MODELS) for path in folder.rglob("*.py"))
        self.assertEqual([code for code in SENTENCES if f'"{code}"' not in text], [])
