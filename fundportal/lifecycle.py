"""State machines: why a move is refused, the move itself, and its picture.

A guard is a named function of the instance that says WHEN; it carries the sentence a person reads when it says no.
A transition only sets fields of its own instance. Whoever calls `move()` holds the row lock, has checked who may, and
saves and records afterwards: lock, authorise, move, save, record, ledger, after_commit.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django_fsm import FSMField, FSMFieldMixin, Transition

from fundportal import clock
from fundportal.refusals import Refusal

MOST_REMEMBERED: Final = 20
_refused: ContextVar[deque["RefusedMove"]] = ContextVar("moves refused in this request or task")


@dataclass(frozen=True, slots=True)
class RefusedMove:
    """What somebody tried in vain. The transaction it was tried in has been rolled back when this is written down."""

    subject: models.Model
    transition: str
    sentence: str


@contextmanager
def refused_moves() -> Iterator[deque[RefusedMove]]:
    """Gathers the moves refused within the block, so that whoever stands outside the transaction can record them."""
    gathered: deque[RefusedMove] = deque(maxlen=MOST_REMEMBERED)
    token = _refused.set(gathered)
    try:
        yield gathered
    finally:
        _refused.reset(token)


class StateField(FSMField):
    """The state of a machine. A migration sees plain text: the past has no moves.

    django-fsm gathers the moves of each class again whenever any other class is made; migrations make tens of
    thousands.
    """

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


Guard = Callable[[Any], bool]


def guard(sentence: object) -> Callable[[Guard], Guard]:
    """Mark a function as a guard; `sentence` (translated lazily) is what the person reads when it returns False."""

    def mark(condition: Guard) -> Guard:
        condition.sentence = sentence  # type: ignore[attr-defined]  # functions take attributes; typing has no word for it
        return condition

    return mark


def why_not(instance: models.Model, transition_name: str, *, at: datetime | None = None) -> list[str]:
    """The sentences that stand in the way of this move; empty when it may be made."""
    meta = getattr(instance, transition_name)._django_fsm  # noqa: SLF001  (django_fsm has no public door to it)
    transition = meta.get_transition(meta.field.get_state(instance))
    if transition is None:
        return [_out_of_place(instance, meta.field)]
    with _clock_held_at(at):
        return [str(condition.sentence) for condition in transition.conditions if not condition(instance)]


def move(instance: models.Model, transition_name: str, *, at: datetime | None = None, **facts: Any) -> None:
    """Run a transition with the clock held at `at`; `facts` go to the transition. Raises Refusal (409)."""
    with _clock_held_at(at):
        reasons = why_not(instance, transition_name)
        if reasons:
            _refused.get(deque()).append(RefusedMove(instance, transition_name, " ".join(reasons)))
            raise Refusal(" ".join(reasons))
        getattr(instance, transition_name)(**facts)


def diagram(model: type[models.Model]) -> str:
    """The model's machine as a Mermaid state diagram, in the order its states and moves are declared."""
    field = machine(model)
    edges = _edges(model)
    states = [str(value) for value, _label in field.flatchoices]
    leaving = {source for source, _name, _target in edges}
    lines = ["stateDiagram-v2", f"    [*] --> {field.get_default()}"]
    lines += [f"    {source} --> {target}: {name.replace('_', ' ')}" for source, name, target in edges]
    lines += [f"    {state} --> [*]" for state in states if state not in leaving]
    return "\n".join(lines) + "\n"


def machine(model: type[models.Model]) -> FSMFieldMixin:
    """The one state field of a model. Raises LookupError when there is none, or more than one."""
    fields: list[FSMFieldMixin] = [field for field in model._meta.concrete_fields if isinstance(field, FSMFieldMixin)]
    if len(fields) != 1:
        message = f"{model.__name__} has {len(fields)} state fields, expected one"
        raise LookupError(message)
    return fields[0]


def transitions(model: type[models.Model]) -> list[Transition]:
    """Every (source, move, target) of a model, sorted by the order of its states, then by name."""
    field = machine(model)
    order = {str(value): position for position, (value, _label) in enumerate(field.flatchoices)}
    found = field.get_all_transitions(model)
    return sorted(found, key=lambda one: (order.get(str(one.source), -1), one.name))


def _edges(model: type[models.Model]) -> list[tuple[str, str, str]]:
    """A move that returns to where it came from (RETURN_VALUE) has one edge for each state it may return to."""
    edges = []
    for transition in transitions(model):
        targets = getattr(transition.target, "allowed_states", None) or [transition.target or transition.source]
        edges += [(str(transition.source), transition.name, str(target)) for target in targets]
    return edges


def _out_of_place(instance: models.Model, field: FSMFieldMixin) -> str:
    """In the word that anybody may read where the instance has one: whoever knocks at a shut door learns nothing."""
    state = field.get_state(instance)
    word = getattr(instance, "standing_in_public", None) or dict(field.flatchoices).get(state, state)
    return _("This cannot be done now: it stands at “%(state)s”.") % {"state": word}


def _clock_held_at(moment: datetime | None) -> AbstractContextManager[Any]:
    return nullcontext() if moment is None else clock.at(moment)
