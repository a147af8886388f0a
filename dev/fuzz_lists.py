"""Read mutants and cuts of lists: fuzz_lists.py ADDON COUNT FIRST. The exit status is 1 when one is misread."""

import importlib
import sys

from odoo.modules.module import initialize_sys_path
from odoo.tools import config


def main(addon: str, count: int, first: int) -> int:
    config.parse_config([])
    initialize_sys_path()
    lists = importlib.import_module(f"odoo.addons.{addon}.tests.list_mutants")
    seeds, misread = range(first, first + count), 0
    for what, make in (("mutants", lists.mutate), ("cuts", lists.cut)):
        counts, silent = lists.play(seeds, make)
        print(f"{what}, alone and beside the books:", ", ".join(f"{counts[one]} {one}" for one in lists.VERDICTS))
        for seed, why in silent.items():
            print(f"  seed {seed}: {why}")
        misread += len(silent)
    return int(bool(misread))


sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
