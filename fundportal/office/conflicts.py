"""Conflicts of interest as the office shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.access import may
from fundportal.accounts.models import User
from fundportal.office.roles import Action
from fundportal.organisations.models import Conflict
from fundportal.templatetags.words import DAY_FORMAT


@dataclass(frozen=True)
class ShownConflict:
    person: str
    facts: list[tuple[str, str]]
    actions: list[Action]


def standing_conflicts() -> QuerySet[Conflict]:
    standing = Conflict.objects.in_force().select_related("person", "organisation", "declared_by")
    return standing.order_by("person__full_name", "organisation__name", "pk")


def shown_conflicts(conflicts: Iterable[Conflict], *, by: User) -> list[ShownConflict]:
    """`by` is who reads; the way to end a conflict is offered to those who may, never to whom it binds."""
    may_end = may(by, "conflicts.end")
    return [
        ShownConflict(each.person.full_name, _facts(each), _actions(each, by) if may_end else []) for each in conflicts
    ]


def _facts(conflict: Conflict) -> list[tuple[str, str]]:
    return [
        (_("Keeps away from"), conflict.organisation.name),
        (_("Reason"), conflict.reason),
        (_("Declared by"), str(conflict.declared_by or _("the portal"))),
        (_("Declared"), date_format(conflict.declared_at, DAY_FORMAT)),
    ]


def _actions(conflict: Conflict, by: User) -> list[Action]:
    reason = _("This is your own conflict. Somebody else ends it.") if conflict.person_id == by.pk else ""
    return [Action(_("End this conflict"), reverse("office:conflict_end", args=[conflict.pk]), "stop small", reason)]
