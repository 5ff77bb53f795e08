"""Every action that the code records has words, so that the record reads like sentences and not like code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django_fsm import FSMFieldMixin

from fundportal.audit import wording
from tests.architecture import sources


def actions() -> Iterator[tuple[Path, ast.expr]]:
    """The first argument of every call of `record()`."""
    for path in sources.python_files():
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Call) and sources.dotted(node.func) == "record" and node.args:
                yield path, node.args[0]


def prefix_of(action: ast.JoinedStr) -> str:
    """`refunds.` of f"refunds.{move}"."""
    first = action.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


def machines_of(path: Path) -> Iterator[tuple[str, set[str]]]:
    """The models with a lifecycle in the slice that this file belongs to, with the names of their moves."""
    slice_name = ".".join(path.relative_to(sources.ROOT).parts[:2])
    for model in apps.get_models():
        if model.__module__.startswith(f"{slice_name}."):
            fields = [field for field in model._meta.get_fields() if isinstance(field, FSMFieldMixin)]
            for field in fields:
                yield model.__name__, {move.name for move in field.get_all_transitions(model)}


def test_every_action_named_in_the_code_has_words():
    named = {action.value for _path, action in actions() if isinstance(action, ast.Constant)}
    assert len(named) > 10
    assert sorted(named - wording.registered()) == []


def test_every_move_that_is_recorded_by_its_name_has_words():
    """A call that names the move last (f"gifts.{move}") stands for every move of a machine of its slice."""
    composed = [(path, prefix_of(action)) for path, action in actions() if isinstance(action, ast.JoinedStr)]
    assert composed
    known = wording.registered()
    for path, prefix in composed:
        covered = [name for name, moves in machines_of(path) if {f"{prefix}{move}" for move in moves} <= known]
        assert covered, f"{sources.name(path)}: no machine of its slice has words for all its moves under {prefix!r}"


def test_an_action_is_never_put_together_out_of_sight():
    """A code that only the running program knows could not be checked here."""
    kinds = ast.Constant | ast.JoinedStr
    assert [sources.name(path) for path, action in actions() if not isinstance(action, kinds)] == []
