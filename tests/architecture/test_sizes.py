"""Ceilings: a file is read in one go, a function on one screen."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture import sources

FILE, TEST_FILE, FUNCTION, TEMPLATE, ARGUMENTS, COMPLEXITY = 300, 400, 30, 80, 6, 8
# One row of facts each, all named at the call: a bag of them would only hide how many there are.
ROWS_OF_FACTS = {"fundportal/audit/services.py record", "fundportal/ledger/services.py post"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    total = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    is_docstring = ast.get_docstring(function) is not None
    return total - ((first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0)


def arguments(function: Function) -> int:
    """What a caller has to think of: keyword-only ones count, self and cls do not."""
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len([one for one in names if one not in {"self", "cls"}])


def test_no_file_is_longer_than_its_ceiling():
    files = [*sources.python_files(tests=True), sources.ROOT / "run"]
    ceilings = {path: TEST_FILE if "tests" in path.parts else FILE for path in files}
    assert [f"{sources.name(path)}: {lines_of(path)}" for path in files if lines_of(path) > ceilings[path]] == []


def test_no_template_is_longer_than_its_ceiling():
    assert [sources.name(path) for path in sources.templates() if lines_of(path) > TEMPLATE] == []


def test_no_function_is_longer_than_a_screen():
    found = [
        f"{sources.name(path)}:{function.lineno} {function.name}: {length(function)}"
        for path in sources.python_files()
        for function in sources.functions(sources.tree(path))
        if length(function) > FUNCTION
    ]
    assert found == []


def test_no_function_asks_for_more_than_six_things():
    found = [
        f"{sources.name(path)}:{function.lineno} {function.name}: {arguments(function)}"
        for path in sources.python_files()
        for function in sources.functions(sources.tree(path))
        if arguments(function) > ARGUMENTS and f"{sources.name(path)} {function.name}" not in ROWS_OF_FACTS
    ]
    assert found == []


def too_complex(*where: str) -> list[str]:
    """As ruff counts it, with every silencing comment ignored."""
    ruff = Path(sys.executable).with_name("ruff")
    limit = f"lint.mccabe.max-complexity={COMPLEXITY}"
    rules = ["--isolated", "--ignore-noqa", "--select", "C901", "--config", limit, "--output-format", "concise"]
    done = subprocess.run(
        [ruff, "check", *rules, *where], cwd=sources.ROOT, capture_output=True, text=True, check=False
    )
    return [line for line in done.stdout.splitlines() if "C901" in line]


def test_no_function_branches_more_than_eight_ways():
    assert too_complex(*sources.ROOMS, "run") == []


def test_the_ceilings_bite(tmp_path):
    bad = tmp_path / "bad.py"
    branches = "\n".join(f"    if a == {number}: return {number}" for number in range(COMPLEXITY + 1))
    head = "def f(a, b, c, d, e, *, g, h):  # noqa: C901  (it has to be found all the same)"
    bad.write_text(f"{head}\n{branches}\n" + "    a = 1\n" * FUNCTION)
    function = next(sources.functions(ast.parse(bad.read_text())))
    assert arguments(function) > ARGUMENTS
    assert length(function) > FUNCTION
    assert too_complex(str(bad)) != []
