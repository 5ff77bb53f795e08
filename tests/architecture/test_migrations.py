"""A migration is named for what it changes and can be taken back."""

import ast
import re

from tests.architecture import sources

NAME = re.compile(r"^\d{4}_(?!auto_|initial$)[a-z][a-z0-9_]+$")


def migrations():
    inside = [path for path in sources.python_files(migrations=True) if "migrations" in path.parts]
    return [path for path in inside if path.stem != "__init__"]


def test_migrations_are_named_for_what_changes():
    assert [sources.name(path) for path in migrations() if not NAME.match(path.stem)] == []


def test_generated_names_are_refused():
    assert not NAME.match("0002_auto_20260101_0000")
    assert not NAME.match("0001_initial")
    assert NAME.match("0001_funds_and_purposes")


def one_way(module: ast.Module) -> list[int]:
    """Lines of RunPython and RunSQL calls that say how to go forward and not how to come back."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    runs = [call for call in calls if sources.dotted(call.func).split(".")[-1] in {"RunPython", "RunSQL"}]
    ways_back = {"reverse_code", "reverse_sql"}
    return [run.lineno for run in runs if len(run.args) < 2 and not ways_back & {word.arg for word in run.keywords}]


def test_data_migrations_can_be_reversed():
    assert [sources.name(path) for path in migrations() if one_way(sources.tree(path))] == []
    assert one_way(ast.parse("migrations.RunPython(fill)")) == [1]
