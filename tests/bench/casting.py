"""Many rows from one that a factory made: two thousand of them in the time that services take for ten."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, UUIDField

from fundportal.ledger.models import Journal, Posting

M = TypeVar("M", bound=Model)
AT_A_TIME = 1_000


def cast(mould: M, numbers: range, **facts: Callable[[int], Any]) -> dict[int, M]:
    """A row like `mould` for each number, with these facts of its own; tokens are new ones.

    A fact is a function of the number: whatever is unique in its table must be among them.
    """
    rows = dict(zip(numbers, _rows(mould, numbers, facts), strict=True))
    type(mould)._base_manager.bulk_create(rows.values(), batch_size=AT_A_TIME)
    return rows


def cast_each(moulds: list[M], numbers: range, **facts: Callable[[int], Any]) -> None:
    """What hangs on one thing in several rows: all of them for each number."""
    for mould in moulds:
        cast(mould, numbers, **facts)


def cast_journals(mould: Journal, numbers: range, source_id: Callable[[int], str]) -> None:
    """Postings first: the insert of a journal is the moment at which the database checks the whole."""
    journals = _rows(mould, numbers, {"source_id": source_id})
    lines = [_facts_of(line) for line in mould.postings.order_by("pk")]
    postings = [Posting(**line | {"journal_id": journal.pk}) for journal in journals for line in lines]
    Posting.objects.bulk_create(postings, batch_size=AT_A_TIME)
    Journal.objects.bulk_create(journals, batch_size=AT_A_TIME)


def _rows(mould: M, numbers: range, facts: dict[str, Callable[[int], Any]]) -> list[M]:
    own = {*facts, *(f"{name}_id" for name in facts)}
    same = {name: value for name, value in _facts_of(mould).items() if name not in own}
    return [type(mould)(**same, **{name: of(number) for name, of in facts.items()}) for number in numbers]


def _facts_of(mould: Model) -> dict[str, Any]:
    return {
        field.attname: getattr(mould, field.attname)
        for field in mould._meta.concrete_fields
        if not field.primary_key and not (isinstance(field, UUIDField) and field.unique)
    }
