"""Who acts: a signed-in person, or the system itself (the clock, Stripe)."""

from collections.abc import Iterable
from typing import Final, Protocol


class Actor(Protocol):
    """What a policy needs to know of whoever acts; accounts.User is one, SYSTEM is another."""

    @property
    def is_system(self) -> bool: ...

    def grants_held(self) -> Iterable[tuple[str, int | None]]:
        """(role, fund id) pairs in force now; None as fund means every fund."""
        ...


class SystemActor:
    """The clock or Stripe. May do what no policy guards, and whatever names SYSTEM."""

    is_system = True
    pk = None

    def grants_held(self) -> Iterable[tuple[str, int | None]]:
        return ()

    def __str__(self) -> str:
        return "system"


SYSTEM: Final = SystemActor()
