"""What must always hold, asked of the database: in tests, in production, after a restore.

Each room registers its own in apps.ready(). A check returns a sentence for every fact that breaks it.
"""

from collections.abc import Callable, Iterable

Check = Callable[[], Iterable[str]]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Saying the same twice is harmless; another check under a name that is taken raises ValueError."""
    if _checks.setdefault(name, check) is not check:
        message = f"an invariant named {name!r} is registered already"
        raise ValueError(message)


def check_invariants() -> dict[str, list[str]]:
    """Every invariant by name, with what breaks it; all lists empty when all is well."""
    return {name: list(check()) for name, check in _checks.items()}
