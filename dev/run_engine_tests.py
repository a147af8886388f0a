"""Run the engine's tests with Odoo's Python and without a database: run_engine_tests.py ADDON NAME..."""

import importlib
import sys
import unittest

from odoo.modules.module import initialize_sys_path
from odoo.tools import config


def main(addon: str, names: list[str]) -> None:
    config.parse_config([])
    initialize_sys_path()
    suite = unittest.TestSuite()
    for name in names:
        file_name, _, test_name = name.partition(":")
        module = importlib.import_module(f"odoo.addons.{addon}.tests.{file_name}")
        loader = unittest.defaultTestLoader
        suite.addTest(loader.loadTestsFromName(test_name, module) if test_name else loader.loadTestsFromModule(module))
    result = unittest.TextTestRunner(verbosity=1, buffer=True).run(suite)
    # A test counts once, however many of its subtests fail.
    broken = {getattr(test, "test_case", test) for test, _ in result.failures + result.errors + result.skipped}
    print(f"{result.testsRun} executed, {len(broken)} broken")


main(sys.argv[1], sys.argv[2:])
