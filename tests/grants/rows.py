"""The rows of a table tried one after the other in one world: each of them is rolled back before the next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from fundportal.refusals import Refusal


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answered(act: Callable[..., object], *arguments: object, **facts: object) -> int:
    """The status of its refusal, or 200."""
    try:
        act(*arguments, **facts)
    except Refusal as refusal:
        return refusal.status
    return 200
