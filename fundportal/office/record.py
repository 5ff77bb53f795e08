"""The record as the office reads it: narrowed by the reader's filters, and the same rows for a spreadsheet."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from fundportal.access import Actor
from fundportal.accounts.models import User
from fundportal.audit import wording
from fundportal.audit.models import Entry
from fundportal.audit.queries import visible_to
from fundportal.organisations.queries import conflicted_ids
from fundportal.organisations.record import kinds_with_organisation

COLUMNS: Final = (
    "at",
    "action",
    "words",
    "kind",
    "id",
    "subject",
    "before",
    "after",
    "actor",
    "actor_email",
    "fund",
    "facts",
)
ROWS_AT_A_TIME: Final = 1_000


def record_for(actor: Actor, asked: Mapping[str, Any]) -> QuerySet[Entry]:
    """The record, newest first, as far as the actor may read it and as narrow as `asked`."""
    entries = visible_to(actor).order_by("-at", "-pk")
    for name, narrow in NARROWED_BY.items():
        if asked.get(name):
            entries = entries.filter(narrow(asked[name]))
    return entries


def exported(actor: Actor, asked: Mapping[str, Any], *, before: Entry) -> Iterator[list[object]]:
    """The same rows, one at a time, never all in memory; what is written down meanwhile is not among them.

    What an act upon many organisations notes of each (its facts) is left out for whoever keeps away from one of them.
    """
    language = translation.get_language()
    told = kinds_with_organisation() if conflicted_ids(actor) else None
    for entry in record_for(actor, asked).filter(pk__lt=before.pk).iterator(chunk_size=ROWS_AT_A_TIME):
        yield _cells(entry, language, has_facts=told is None or entry.subject_kind in told)


def _cells(entry: Entry, language: str | None, *, has_facts: bool) -> list[object]:
    """Rows are written while they are sent, when the page's language is no longer the active one."""
    with translation.override(language):
        words = wording.words_of(entry.action)
    return [
        entry.at.astimezone(UTC).isoformat(timespec="seconds"),
        entry.action,
        words,
        entry.subject_kind,
        entry.subject_id,
        entry.subject_label,
        entry.before,
        entry.after,
        entry.actor.full_name if entry.actor else "",
        entry.actor.email if entry.actor else "",
        entry.fund.code if entry.fund else "",
        json.dumps(entry.facts, ensure_ascii=False, sort_keys=True) if entry.facts and has_facts else "",
    ]


def _by_whom(typed: str) -> Q:
    """Every word in the name or the address; the portal itself acts under no name."""
    if typed.casefold() in str(_("the portal")).casefold():
        return Q(actor__isnull=True)
    people = User.objects.order_by()
    for word in typed.split():
        people = people.filter(Q(full_name__icontains=word) | Q(email__icontains=word))
    return Q(actor__in=people.values("pk"))


def _what(typed: str) -> Q:
    """A code of the record, or words in which it is told."""
    return Q(action__in={typed, *wording.actions_with(typed)})


def _about(typed: str) -> Q:
    """The record names a thing by its reference first: PW27-0001 also finds the decision on it."""
    return Q(subject_label__startswith=typed) | Q(subject_label__startswith=typed.upper())


def _from(day: date) -> Q:
    return Q(at__gte=datetime.combine(day, time.min, tzinfo=UTC))


def _until(day: date) -> Q:
    return Q(at__lt=datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC))


NARROWED_BY: Final[dict[str, Callable[[Any], Q]]] = {
    "fund": lambda code: Q(fund__code=code),
    "by": _by_whom,
    "what": _what,
    "kind": lambda kind: Q(subject_kind=kind),
    "about": _about,
    "since": _from,
    "until": _until,
}
