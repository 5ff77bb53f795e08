from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from grants.calls.models import Call

PER_PAGE = 25


def call_page(calls: QuerySet[Call], *, words: str, state: str, number: object) -> Page[Call]:
    """One page, newest first, with its funds and stages read."""
    found = _matching(calls, words)
    if state:
        found = found.filter(state=state)
    shown = found.select_related("fund", "purpose").prefetch_related("stages").order_by("-created_at", "-pk")
    return Paginator(shown, PER_PAGE).get_page(number)


def state_counts(calls: QuerySet[Call], *, words: str) -> dict[str, int]:
    """How many calls stand where, whatever state is chosen."""
    return dict(_matching(calls, words).order_by().values_list("state").annotate(count=Count("pk")))


def call_in_full(calls: QuerySet[Call], code: str) -> Call | None:
    """With everything its page shows."""
    related = ("stages__criteria", "stages__questionnaire", "stages__form_version", "stages__extensions__by")
    return calls.filter(code=code).select_related("fund", "purpose").prefetch_related(*related).first()


def _matching(calls: QuerySet[Call], words: str) -> QuerySet[Call]:
    for word in words.split():
        calls = calls.filter(Q(titles__icontains=word) | Q(code__icontains=word) | Q(prefix__icontains=word))
    return calls
