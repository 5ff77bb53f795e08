"""Who is told of a conflict, inside the transaction that declares it. Rooms register at start-up."""

from collections.abc import Callable

from fundportal.organisations.models import Conflict

Listener = Callable[[Conflict], None]
_listeners: list[Listener] = []


def on_declared(listener: Listener) -> Listener:
    """`listener(conflict)` acts at once, before the commit: a reviewer is recused. Registering twice is once."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(conflict: Conflict) -> None:
    for listener in _listeners:
        listener(conflict)
