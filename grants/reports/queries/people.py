"""Who sees which report, who writes it, and who hears of it."""

from django.db.models import Q, QuerySet

from fundportal.access import ALL, Actor, Role, funds_where
from fundportal.accounts.models import RoleGrant, User
from fundportal.organisations.models import Conflict, Membership
from fundportal.organisations.queries import conflicted_ids, may_edit, members, organisations_of
from grants.awards.models import ReportDue
from grants.awards.states import BEFORE_IT_RUNS, ENDED_AT_ONCE
from grants.reports.permissions import VIEW


def reports_of(person: object) -> QuerySet[ReportDue]:
    """Of the grants of this person’s organisations, from the moment a grant is accepted."""
    known = ReportDue.objects.filter(award__organisation__in=organisations_of(person))
    return known.exclude(award__state__in=(*BEFORE_IT_RUNS, *ENDED_AT_ONCE))


def reports_seen(actor: Actor) -> QuerySet[ReportDue]:
    """In the funds in which this person reads reports, without the organisations they keep away from."""
    funds = funds_where(actor, VIEW)
    known = ReportDue.objects.exclude(award__state__in=(*BEFORE_IT_RUNS, *ENDED_AT_ONCE))
    found = known if funds == ALL else known.filter(award__fund__in=funds)
    return found.exclude(award__organisation__in=conflicted_ids(actor))


def may_write(person: object, report: ReportDue) -> bool:
    """Every member of the organisation writes and sends its reports."""
    return may_edit(person, report.award.organisation)


def addressees(report: ReportDue) -> QuerySet[User]:
    """The organisation's members of today."""
    return members(report.award.organisation).filter(is_active=True)


def officers_of(report: ReportDue) -> QuerySet[User]:
    """The officers of the fund, but those who keep away from the organisation."""
    award = report.award
    held = RoleGrant.objects.in_force().filter(Q(fund=award.fund_id) | Q(fund__isnull=True), role=Role.OFFICER)
    declared = Conflict.objects.in_force().filter(organisation=award.organisation_id)
    joined = Membership.objects.in_force().filter(organisation=award.organisation_id)
    found = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
    return found.exclude(pk__in=declared.values("person")).exclude(pk__in=joined.values("user"))
