"""`./run translations extract | compile | check`."""

import sys
from collections.abc import Callable

from fundportal.translations import catalogues

ACTS: dict[str, Callable[[], list[str]]] = {
    "extract": catalogues.update,
    "compile": catalogues.compile_all,
    "check": catalogues.faults,
}


def main(words: list[str]) -> int:
    if len(words) != 1 or words[0] not in ACTS:
        sys.stderr.write("Say one of: extract, compile, check.\n")
        return 2
    lines = ACTS[words[0]]()
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if words[0] == "check" and lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
