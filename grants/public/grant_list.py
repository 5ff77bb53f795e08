"""Every grant that is public, as a list that can be narrowed.

Public once its decision is announced and the grantee has accepted; from then on it stays, however it ends. No person is
named and no account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fundportal.funds.models import Fund
from grants.awards.models import Award
from grants.awards.states import AwardState
from grants.calls.models import Call
from grants.decisions.states import DeliberationState
from grants.public.grant_money import GrantMoney, money_of


class Standing(models.TextChoices):
    """What the public hears of where a grant stands."""

    AGREED = "agreed", _("Agreed")
    UNDER_WAY = "under_way", _("Under way")
    FINISHED = "finished", _("Finished")
    ENDED_EARLY = "ended_early", _("Ended early")
    TAKEN_BACK = "taken_back", _("Taken back")


STANDINGS: Final = {
    AwardState.ACCEPTED: Standing.AGREED,
    AwardState.CLOSED: Standing.FINISHED,
    AwardState.TERMINATED: Standing.ENDED_EARLY,
    AwardState.RESCINDED: Standing.TAKEN_BACK,
}


@dataclass(frozen=True)
class GrantFilters:
    """What a reader narrowed the list to; an empty value narrows nothing. `fund` and `call` are codes."""

    words: str = ""
    fund: str = ""
    call: str = ""
    year: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.fund or self.call or self.year)


@dataclass(frozen=True)
class GrantChoices:
    """What there is to choose from, as (value, words)."""

    funds: tuple[tuple[str, str], ...]
    calls: tuple[tuple[str, str], ...]
    years: tuple[int, ...]


@dataclass(frozen=True)
class PublicGrant:
    reference: str
    title: str
    language: str
    grantee: str
    grantee_kind: str
    website: str
    place: str
    fund: Fund
    purpose: str
    call_code: str
    call_title: str
    standing: Standing
    decided_on: date | None
    money: GrantMoney


def grant_list(filters: GrantFilters, *, page: object = 1, size: int = 24) -> Page:
    """The latest decision first; a page number that is none, or beyond the end, gives the nearest page there is."""
    found = _matching(filters).order_by("-decision__deliberation__held_on", "reference")
    shown = Paginator(with_names(found), size).get_page(page)
    shown.object_list = grants_of(list(shown.object_list))
    return shown


def grant_choices() -> GrantChoices:
    seen = public_awards().order_by()
    funds = Fund.objects.filter(pk__in=seen.values("fund")).order_by("code")
    calls = Call.objects.filter(pk__in=seen.values("application__stage__call")).order_by("-pk")
    days = seen.values_list("decision__deliberation__held_on__year", flat=True).distinct()
    return GrantChoices(
        funds=tuple((fund.code, fund.name) for fund in funds),
        calls=tuple((call.code, call.title) for call in calls),
        years=tuple(sorted(days, reverse=True)),
    )


def every_grant() -> list[str]:
    """The references, for the map of the site."""
    return list(public_awards().order_by("reference").values_list("reference", flat=True))


def has_grants(filters: GrantFilters) -> bool:
    return _matching(filters).exists()


def public_awards() -> QuerySet[Award]:
    return Award.objects.filter(
        accepted_at__isnull=False,
        application__released_at__isnull=False,
        decision__deliberation__state=DeliberationState.RELEASED,
    )


def _matching(filters: GrantFilters) -> QuerySet[Award]:
    found = public_awards()
    if filters.fund:
        found = found.filter(fund__code=filters.fund)
    if filters.call:
        found = found.filter(application__stage__call__code=filters.call)
    if filters.year:
        found = found.filter(decision__deliberation__held_on__year=filters.year)
    for word in filters.words.split():
        by_grantee = Q(organisation__name__icontains=word) | Q(organisation__city__icontains=word)
        found = found.filter(by_grantee | Q(title__icontains=word) | Q(reference__iexact=word))
    return found


def with_names(awards: QuerySet[Award]) -> QuerySet[Award]:
    return awards.select_related(
        "organisation", "fund", "purpose", "application__stage__call", "decision__deliberation"
    )


def grants_of(awards: Sequence[Award]) -> list[PublicGrant]:
    """As plain data; the rows are those of `with_names`. Two queries, however many."""
    money = money_of(awards)
    return [_grant(award, money[award.reference]) for award in awards]


def _grant(award: Award, money: GrantMoney) -> PublicGrant:
    call = award.application.stage.call
    return PublicGrant(
        reference=award.reference,
        title=award.title,
        language=award.language,
        grantee=award.organisation.name,
        grantee_kind=award.organisation.get_kind_display(),
        website=award.organisation.website,
        place=award.organisation.city,
        fund=award.fund,
        purpose=award.purpose.name,
        call_code=call.code,
        call_title=call.title,
        standing=STANDINGS.get(AwardState(award.state), Standing.UNDER_WAY),
        decided_on=award.decision.deliberation.held_on,
        money=money,
    )
