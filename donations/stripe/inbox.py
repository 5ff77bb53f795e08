"""Who is told of which event. Slices register in apps.ready(); what nobody registered for is kept and ignored."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from donations.stripe.models import Event

Handler = Callable[["Event"], None]
_handlers: dict[str, Handler] = {}


def on(prefix: str, handler: Handler) -> None:
    """`on("checkout.session", f)`: f gets every event of that type or one below it, such as checkout.session.expired.

    The handler runs inside the event's transaction, takes the object's id and reads the object itself at Stripe; what
    the event says may be old.
    """
    if _handlers.setdefault(prefix, handler) is not handler:
        raise ValueError(f"{prefix} has a handler already")


def handler_for(kind: str) -> Handler | None:
    """The handler with the longest fitting prefix."""
    words = kind.split(".")
    for length in range(len(words), 0, -1):
        found = _handlers.get(".".join(words[:length]))
        if found:
            return found
    return None
