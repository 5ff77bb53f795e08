from collections.abc import Callable

from django.db.models import Q, QuerySet

from fundportal.access import ALL, funds_where
from fundportal.audit.models import Entry

Screen = Callable[[object], Q]
_screens: list[Screen] = []


def keep_out(screen: Screen) -> Screen:
    """`screen(actor)` says which entries this reader keeps away from, for reasons that the record itself cannot know.

    An empty Q stands for none. Registering twice is registering once.
    """
    if screen not in _screens:
        _screens.append(screen)
    return screen


def visible_to(actor: object) -> QuerySet[Entry]:
    """Entries of the funds whose record the actor may read; entries of no fund only for whoever reads all."""
    held = funds_where(actor, "audit.view")
    entries = Entry.objects.select_related("actor", "fund")
    for screen in _screens:
        entries = entries.exclude(hidden) if (hidden := screen(actor)) else entries
    return entries if held == ALL else entries.filter(fund__in=held)


def of_subject(kind: str, subject_id: object) -> QuerySet[Entry]:
    """What happened to one thing, oldest first; `kind` is the model label in lower case."""
    return Entry.objects.filter(subject_kind=kind, subject_id=str(subject_id)).select_related("actor").order_by("pk")
