"""The files that the laws are read against."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("fundportal", "grants", "donations", "cms")
NOT_OURS = {".git", ".venv", "var", "node_modules", "__pycache__", ".hypothesis"}


@cache
def python_files(*, tests: bool = False, migrations: bool = False) -> tuple[Path, ...]:
    """Our code; on demand the tests and the generated part of migrations too."""
    rooms = (*ROOMS, "tests") if tests else ROOMS
    found = sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))
    return tuple(path for path in found if migrations or "migrations" not in path.parts)


@cache
def templates() -> tuple[Path, ...]:
    return tuple(sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"}))


@cache
def text_files() -> tuple[Path, ...]:
    """Everything a reader of the project may open, whatever its kind, but no pictures and no fonts."""
    return tuple(path for path in sorted(ROOT.rglob("*")) if path.is_file() and is_text(path))


def is_text(path: Path) -> bool:
    inside = path.relative_to(ROOT)
    if NOT_OURS & set(inside.parts) or any(part.endswith("_cache") for part in inside.parts):
        return False
    return path.suffix not in {".woff2", ".ttf", ".otf", ".png", ".jpg", ".webp", ".ico", ".mo", ".pdf", ".pyc"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def dotted(node: ast.expr) -> str:
    """`a.b.c` as it is written; anything else is empty at that place."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
