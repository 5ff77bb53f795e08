"""Bank details as pages show them: what an organisation has given, and what the office has to compare."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from fundportal.accounts.models import User
from fundportal.organisations.models import Membership, Organisation
from fundportal.organisations.queries import conflicted_ids
from grants.awards.models import Award
from grants.payments.models import BankDetails
from grants.payments.states import PENDING, BankState

ENDED = (BankState.SUPERSEDED, BankState.REFUSED)
NAMES = ("organisation", "fund", "proposed_by", "verified_by")


@dataclass(frozen=True)
class Accounts:
    """Of one organisation, the newest first: all, and among them what is in use and what waits to be."""

    rows: list[BankDetails]

    @property
    def standing(self) -> BankDetails | None:
        return next((row for row in self.rows if row.state == BankState.ACTIVE), None)

    @property
    def coming(self) -> BankDetails | None:
        return next((row for row in self.rows if row.state in PENDING), None)

    @property
    def past(self) -> list[BankDetails]:
        return [row for row in self.rows if row.state in ENDED]


def accounts_of(organisation: Organisation) -> Accounts:
    """One query."""
    rows = BankDetails.objects.filter(organisation=organisation).select_related(*NAMES)
    return Accounts(list(rows.order_by("-proposed_at", "-pk")))


def of_office(person: User) -> QuerySet[BankDetails]:
    """What somebody of the fund may look at: never those of an organisation one works for or keeps away from."""
    seen = BankDetails.objects.visible_to(person).exclude(organisation__in=conflicted_ids(person))
    return seen.select_related(*NAMES)


def to_verify(person: User) -> QuerySet[BankDetails]:
    """Longest waiting first."""
    return of_office(person).filter(state=BankState.PROPOSED).order_by("proposed_at", "pk")


def memberships_with_accounts(person: User) -> list[tuple[Membership, Accounts]]:
    """The organisations this person works for, by name; two queries."""
    mine = Membership.objects.in_force().filter(user=person.pk).select_related("organisation")
    memberships = list(mine.order_by("organisation__name", "pk"))
    current = Q(state__in=(*PENDING, BankState.ACTIVE), organisation__in=[each.organisation_id for each in memberships])
    rows = list(BankDetails.objects.filter(current).select_related(*NAMES).order_by("-proposed_at", "-pk"))
    return [
        (each, Accounts([row for row in rows if row.organisation_id == each.organisation_id])) for each in memberships
    ]


def newest_award(organisation: Organisation) -> Award | None:
    """Whose fund checks the bank details, and in whose currency a payment is likely to come."""
    return Award.objects.filter(organisation=organisation).order_by("-offered_at", "pk").first()
