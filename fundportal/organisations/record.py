"""Which rows of the record belong to an organisation: found by walking from the thing to its organisation."""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast

from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import conflicted_ids

# A person or a fund is tied to many organisations, and what is theirs belongs to none of these.
CROSSROADS = frozenset({settings.AUTH_USER_MODEL.lower(), "funds.fund", "funds.legaldonee"})


@cache
def kinds_with_organisation() -> dict[str, tuple[str, ...]]:
    """Model labels, each with the lookups that lead from a row to its organisation."""
    found = {model._meta.label_lower: tuple(_ways(model)) for model in apps.get_models()}
    return {label: ways for label, ways in found.items() if ways}


def entries_kept_from(user: object) -> Q:
    """What is on record about organisations this person has a conflict with."""
    away = conflicted_ids(user)
    hidden = Q()
    if away:
        for label, ways in kinds_with_organisation().items():
            hidden |= Q(subject_kind=label, subject_id__in=_rows(apps.get_model(label), ways, away))
    return hidden


def _rows(model: type[Model], ways: tuple[str, ...], organisations: set[int]) -> QuerySet:
    """Their keys as the record writes them: as text."""
    theirs = Q()
    for way in ways:
        theirs |= Q(**{f"{way}__in": organisations})
    rows = QuerySet(model).filter(theirs).order_by()
    return rows.annotate(key_as_text=Cast("pk", CharField())).values("key_as_text")


def _ways(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> Iterator[str]:
    if model is Organisation:
        yield "pk"
        return
    for field in model._meta.concrete_fields:
        target = field.related_model
        if isinstance(target, type) and target not in {model, *seen} and target._meta.label_lower not in CROSSROADS:
            for way in _ways(target, seen | {model}):
                yield field.name if way == "pk" else f"{field.name}__{way}"
