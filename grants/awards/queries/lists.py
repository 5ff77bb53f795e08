"""What the office's lists show: every award by its filters, and what is approved and waits for an offer."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from fundportal.access import ALL, Actor, funds_where
from fundportal.funds.models import Fund
from fundportal.organisations.queries import conflicted_ids
from grants.awards.models import Award, Tranche, UnspentSettlement
from grants.awards.permissions import VIEW
from grants.awards.states import PAID, Settlement
from grants.calls.models import Call
from grants.decisions.models import Decision
from grants.decisions.states import DeliberationState, Outcome

PER_PAGE = 25
ORDERS = {"": ("-offered_at", "-pk"), "answer": ("respond_by", "pk"), "name": ("organisation__name", "pk")}


@dataclass(frozen=True)
class AwardFilter:
    """What the list is narrowed to; an empty text narrows nothing."""

    words: str = ""
    fund: str = ""
    call: str = ""
    state: str = ""
    order: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.fund or self.call or self.state)


@dataclass(frozen=True)
class StateCounts:
    """How many awards stand where, under the other filters that are on."""

    of: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.of.values())


def award_page(awards: QuerySet[Award], *, wanted: AwardFilter, number: object) -> Page[Award]:
    """One page in the order asked for, the newest offer first; each with `paid_minor`, what the bank has paid of it."""
    in_order = _narrowed(awards, wanted).order_by(*ORDERS.get(wanted.order, ORDERS[""]))
    rows = with_paid(Award.objects.select_related("organisation", "fund", "application__stage__call"))
    return _page_of(in_order, rows, number)


def with_paid(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Less what the grantee returned."""
    paid = Tranche.objects.filter(award=OuterRef("pk"), state__in=PAID)
    back = UnspentSettlement.objects.filter(award=OuterRef("pk"), kind=Settlement.RETURNED)
    return awards.annotate(paid_minor=_sum_of(paid) - _sum_of(back))


def with_left_over(awards: QuerySet[Award]) -> QuerySet[Award]:
    """`left_minor` is what is still to be returned, at zero or below where nothing is; none before that is known."""
    settled = UnspentSettlement.objects.filter(award=OuterRef("pk")).exclude(kind=Settlement.RETURNED)
    return with_paid(awards).annotate(left_minor=F("paid_minor") - F("spent_minor") - _sum_of(settled))


def _sum_of(rows: QuerySet) -> Coalesce:
    sums = rows.order_by().values("award").annotate(sum=Sum("amount_minor")).values("sum")
    return Coalesce(Subquery(sums), 0)


def state_counts(awards: QuerySet[Award], *, wanted: AwardFilter) -> StateCounts:
    """One query."""
    others = _narrowed(awards, AwardFilter(words=wanted.words, fund=wanted.fund, call=wanted.call))
    return StateCounts(dict(others.order_by().values_list("state").annotate(count=Count("pk"))))


def funds_of(awards: QuerySet[Award]) -> list[Fund]:
    return list(Fund.objects.filter(Exists(awards.filter(fund=OuterRef("pk")))).order_by("code"))


def calls_of(awards: QuerySet[Award]) -> list[Call]:
    return list(Call.objects.filter(Exists(awards.filter(application__stage__call=OuterRef("pk")))).order_by("code"))


def awards_of(person: object) -> QuerySet[Award]:
    """What the organisations of this person were granted, the newest offer first."""
    known = with_paid(Award.objects.of_grantee(person)).select_related("organisation", "fund")
    return known.order_by("-offered_at", "-pk")


def approved_without_offer(actor: Actor, permission: str = VIEW) -> QuerySet[Decision]:
    """Announced approvals that no award was made of, in the funds in which the actor has the permission."""
    funds = funds_where(actor, permission)
    announced = Decision.objects.filter(
        deliberation__state=DeliberationState.RELEASED, outcome=Outcome.APPROVE, is_effective=True, award__isnull=True
    ).exclude(application__organisation__in=conflicted_ids(actor))
    return announced if funds == ALL else announced.filter(application__stage__call__fund__in=funds)


def waiting_page(actor: Actor, number: object) -> Page[Decision]:
    """Who waits longest stands first."""
    in_order = approved_without_offer(actor).order_by("application__released_at", "pk")
    rows = Decision.objects.select_related("application__organisation", "application__stage__call__fund")
    return _page_of(in_order, rows, number)


def _page_of(in_order: QuerySet, rows: QuerySet, number: object) -> Page:
    """All are put in order by their number alone; of `rows` only those of the page are read."""
    page = Paginator(in_order.values_list("pk", flat=True), PER_PAGE).get_page(number)
    found = rows.in_bulk(page.object_list)
    page.object_list = [found[pk] for pk in page.object_list]
    return page


def _narrowed(awards: QuerySet[Award], wanted: AwardFilter) -> QuerySet[Award]:
    if wanted.fund:
        awards = awards.filter(fund__code=wanted.fund)
    if wanted.call:
        awards = awards.filter(application__stage__call__code=wanted.call)
    if wanted.state:
        awards = awards.filter(state=wanted.state)
    for word in wanted.words.split():
        by_grantee = Q(organisation__name__icontains=word) | Q(organisation__city__icontains=word)
        awards = awards.filter(by_grantee | Q(reference__icontains=word) | Q(title__icontains=word))
    return awards
