"""The import contracts hold, in the tests as in `./run check`."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture import sources


def test_imports_go_one_way():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=sources.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_tests_use_the_real_code():
    """No mocks, nothing skipped: what cannot run here is left out by its marker, where everybody sees it."""
    found = [
        f"{sources.name(path)}:{node.lineno}"
        for path in (sources.ROOT / "tests").rglob("*.py")
        for node in ast.walk(sources.tree(path))
        if is_pretence(node)
    ]
    assert found == []


def is_pretence(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith(("unittest.mock", "pytest_mock"))
    if isinstance(node, ast.Import):
        return any(one.name.startswith("unittest.mock") for one in node.names)
    return isinstance(node, ast.Attribute) and sources.dotted(node) in {
        "pytest.skip",
        "pytest.xfail",
        "pytest.importorskip",
        "pytest.mark.skip",
        "pytest.mark.skipif",
        "pytest.mark.xfail",
    }


def test_pretence_is_recognised():
    bad = ["from unittest.mock import patch", "import unittest.mock", "pytest.skip('later')"]
    assert all(any(is_pretence(node) for node in ast.walk(ast.parse(line))) for line in bad)
