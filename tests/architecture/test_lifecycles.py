"""State machines: who reads the decorators reads the whole truth."""

import ast
import inspect
from collections.abc import Iterator
from types import FunctionType

import pytest
from django.apps import apps
from django.db import models
from django_fsm import FSMField, FSMFieldMixin, Transition, transition

from fundportal.lifecycle import guard
from tests.architecture import sources

ACTS = {"save", "delete", "create", "bulk_create", "update", "filter", "get", "record", "after_commit", "write", "post"}


def machines() -> list[type[models.Model]]:
    ours = [model for model in apps.get_models() if model.__module__.startswith(sources.ROOMS)]
    return [model for model in ours if state_fields(model)]


def state_fields(model: type[models.Model]) -> list[FSMFieldMixin]:
    return [field for field in model._meta.get_fields() if isinstance(field, FSMFieldMixin)]


def moves(model: type[models.Model]) -> Iterator[Transition]:
    for field in state_fields(model):
        yield from field.get_all_transitions(model)


def declared(model: type[models.Model]) -> dict[str, object]:
    """Each transition by the name and function of the class in the inheritance line that declares it."""
    found: dict[str, object] = {}
    for kind in model.__mro__:
        for name, value in vars(kind).items():
            if hasattr(value, "_django_fsm"):
                found.setdefault(name, value)
    return found


def faults(model: type[models.Model]) -> Iterator[str]:
    label = model.__name__
    yield from (f"{label}.{field.name} is not protected" for field in state_fields(model) if not field.protected)
    for move in moves(model):
        if move.source in {"*", "+"}:
            yield f"{label}.{move.name} starts anywhere"
        if move.permission:
            yield f"{label}.{move.name} names a permission, which nobody would check"
        yield from (f"{label}.{move.name}: {fault}" for guard in move.conditions for fault in faults_of_guard(guard))
    for name, function in declared(model).items():
        if inspect.getattr_static(model, name, None) is not function:
            yield f"{label}.{name} is hidden by something of the same name"


def faults_of_guard(condition: object) -> Iterator[str]:
    if not isinstance(condition, FunctionType) or condition.__name__ == "<lambda>":
        yield "a guard is not a named function"
    elif condition.__qualname__ != condition.__name__:
        yield f"{condition.__name__} is not a module's function"
    if not getattr(condition, "sentence", ""):
        yield "a guard has no sentence for the person it refuses"


def test_there_are_machines_to_read():
    assert len(machines()) >= 3


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_a_machine_keeps_the_rules(model):
    assert list(faults(model)) == []


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_every_state_is_a_word_of_the_machine_and_can_be_reached(model):
    for field in state_fields(model):
        words = {str(value) for value, _label in field.flatchoices}
        reached = {str(field.get_default())}
        for move in field.get_all_transitions(model):
            targets = getattr(move.target, "allowed_states", None) or [move.target or move.source]
            reached |= {str(target) for target in targets}
            assert str(move.source) in words
        assert reached == words


def transition_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sources.python_files():
        for function in sources.functions(sources.tree(path)):
            names = {sources.dotted(one.func) for one in function.decorator_list if isinstance(one, ast.Call)}
            if names & {"transition", "django_fsm.transition"}:
                yield sources.name(path), function


def acts_beyond_itself(function: ast.FunctionDef) -> bool:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    called = {call.attr if isinstance(call, ast.Attribute) else sources.dotted(call) for call in calls}
    return bool(called & ACTS)


def test_a_transition_sets_fields_of_its_own_and_nothing_else():
    found = [f"{name}: {function.name}" for name, function in transition_functions() if acts_beyond_itself(function)]
    assert found == []


def test_nobody_listens_to_the_machines_signals():
    """They fire before the save: what follows them may never have happened."""
    imports = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.python_files()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django_fsm.signals")
    ]
    assert imports == []


@pytest.fixture
def bad_machines():
    """Two models that break every rule; the registry forgets them afterwards."""

    @guard("Never.")
    def nested(_instance):
        return False

    class Machine(models.Model):
        state = FSMField(default="a", choices=[("a", "a"), ("b", "b")])

        class Meta:
            abstract = True
            app_label = "audit"

        @transition(field=state, source="*", target="b", permission="x", conditions=[lambda _one: True, nested])
        def go(self):
            self.save()

    class Careless(Machine):
        def __str__(self):
            return self.state

    class Hidden(Machine):
        go = models.CharField(max_length=1)

        def __str__(self):
            return self.state

    yield Careless, Hidden
    for name in ("careless", "hidden"):
        del apps.all_models["audit"][name]
    apps.clear_cache()


def test_bad_machines_are_found(bad_machines):
    careless, hidden = bad_machines
    found = " ".join([*faults(careless), *faults(hidden)])
    for fault in ("not protected", "starts anywhere", "permission", "named function", "module's", "hidden by"):
        assert fault in found


def test_a_transition_that_saves_is_found():
    assert acts_beyond_itself(ast.parse("def go(self):\n    self.save()").body[0])
    assert not acts_beyond_itself(ast.parse("def go(self):\n    self.sent_at = clock.now()").body[0])
