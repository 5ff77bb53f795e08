"""A grant as everybody may read it: who got how much for what, by which decision, and what came of it.

What the grantee reports is here once the fund has cleared it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Aggregate, Count, Max, OuterRef, QuerySet, Subquery

from fundportal.money import Money
from grants.applications.models import Application
from grants.awards.models import Agreement, Award, ReportDue, Tranche
from grants.awards.states import REPORT_DONE, AgreementState, TrancheState
from grants.decisions.models import Deliberation
from grants.public.grant_list import PublicGrant, grants_of, public_awards, with_names
from grants.public.grant_results import Result, Spending, results_of, spending_of
from grants.reports.queries.published import PublishedReport, published_reports
from grants.reviews.models import Assignment
from grants.reviews.states import AssignmentState

PAID: Final = (TrancheState.PAID, TrancheState.RECONCILED)


@dataclass(frozen=True)
class PublicDecision:
    """Of the body that decided: who, by what, when, and how it voted where it says so."""

    body: str
    instrument: str
    reference: str
    held_on: date | None
    votes: tuple[int, int, int] | None
    legal_basis: str
    announced_on: date


@dataclass(frozen=True)
class PublicPayment:
    """`paid_on` is None until the bank has confirmed it; `is_off` says that it will not come."""

    number: int
    amount: Money
    planned_on: date
    paid_on: date | None
    is_off: bool


@dataclass(frozen=True)
class GrantPage:
    """Days are those of the fund's zone. `report_due_on` is when the next report has to be there, None where all are.

    `received` counts the applications to the call that arrived, `readers` who scored this one.
    """

    grant: PublicGrant
    decision: PublicDecision
    call_published_on: date | None
    call_closed_on: date
    received: int
    readers: int
    read_on: date | None
    signed_on: date | None
    accepted_on: date
    starts_on: date
    ends_on: date
    ended_on: date | None
    payments: tuple[PublicPayment, ...]
    reports: tuple[PublishedReport, ...]
    results: tuple[Result, ...]
    spending: Spending | None
    report_due_on: date | None


def grant_page(reference: str) -> GrantPage | None:
    """None when there is no such grant, or none that anybody may read."""
    award = _with_counts(with_names(public_awards())).filter(reference=reference).first()
    return _page(award) if award else None


def grant_data(reference: str) -> dict[str, Any] | None:
    """The same grant for machines: days as text, amounts in minor units."""
    page = grant_page(reference)
    return _data(page) if page else None


def _with_counts(awards: QuerySet[Award]) -> QuerySet[Award]:
    """How many asked in the same call, how many read this one, and when the last of them had."""
    same_call = Application.objects.received().filter(stage__call=OuterRef("application__stage__call"))
    read = Assignment.objects.filter(application=OuterRef("application"), state=AssignmentState.SEALED)
    return awards.annotate(
        received=_of_all(same_call, "stage__call", Count("pk")),
        readers=_of_all(read, "application", Count("pk")),
        read_at=_of_all(read, "application", Max("submitted_at")),
    )


def _of_all(rows: QuerySet, group: str, figure: Aggregate) -> Subquery:
    return Subquery(rows.order_by().values(group).annotate(figure=figure).values("figure"))


def _page(award: Award) -> GrantPage:
    stage = award.application.stage
    zone = ZoneInfo(award.fund.time_zone)
    reports = tuple(published_reports(award))
    return GrantPage(
        grant=grants_of([award])[0],
        decision=_decision(award.decision.deliberation, zone),
        call_published_on=_day(stage.call.published_at, zone),
        call_closed_on=stage.deadline_at.astimezone(ZoneInfo(stage.zone)).date(),
        received=award.received or 0,
        readers=award.readers or 0,
        read_on=_day(award.read_at, zone),
        signed_on=_day(_signed_at(award), zone),
        accepted_on=award.accepted_at.astimezone(zone).date(),
        starts_on=award.starts_on,
        ends_on=award.ends_on,
        ended_on=_day(award.closed_at or award.ended_at, zone),
        payments=tuple(_payment(each, zone) for each in award.tranches.order_by("number")),
        reports=reports,
        results=results_of(reports),
        spending=spending_of(reports, award.currency),
        report_due_on=_report_due_on(award),
    )


def _decision(deliberation: Deliberation, zone: ZoneInfo) -> PublicDecision:
    told = (deliberation.votes_for, deliberation.votes_against, deliberation.abstentions)
    votes = tuple(count or 0 for count in told) if deliberation.votes_for is not None else None
    return PublicDecision(
        body=deliberation.get_body_display(),
        instrument=deliberation.get_instrument_display(),
        reference=deliberation.reference,
        held_on=deliberation.held_on,
        votes=votes,
        legal_basis=deliberation.legal_basis,
        announced_on=deliberation.released_at.astimezone(zone).date(),
    )


def _payment(tranche: Tranche, zone: ZoneInfo) -> PublicPayment:
    paid_on = _day(tranche.paid_at, zone) if tranche.state in PAID else None
    is_off = tranche.state == TrancheState.CANCELLED
    return PublicPayment(tranche.number, tranche.amount, tranche.planned_on, paid_on, is_off)


def _signed_at(award: Award) -> datetime | None:
    in_force = Agreement.objects.filter(award=award, state=AgreementState.EXECUTED)
    return in_force.order_by("number").values_list("executed_at", flat=True).first()


def _report_due_on(award: Award) -> date | None:
    open_ones = ReportDue.objects.filter(award=award).exclude(state__in=REPORT_DONE)
    return open_ones.order_by("due_on").values_list("due_on", flat=True).first()


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _data(page: GrantPage) -> dict[str, Any]:
    grant, decision = page.grant, page.decision
    return {
        "reference": grant.reference,
        "title": grant.title,
        "grantee": {"name": grant.grantee, "place": grant.place, "website": grant.website},
        "fund": {"code": grant.fund.code, "names": grant.fund.names, "is_practice": grant.fund.is_practice},
        "purpose": grant.purpose,
        "call": {"code": grant.call_code, "title": grant.call_title},
        "standing": grant.standing.value,
        "money": _money_data(page),
        "decision": vars(decision),
        "agreement_signed_on": page.signed_on,
        "accepted_on": page.accepted_on,
        "starts_on": page.starts_on,
        "ends_on": page.ends_on,
        "ended_on": page.ended_on,
        "reports": [_report_data(report) for report in page.reports],
    }


def _money_data(page: GrantPage) -> dict[str, Any]:
    money = page.grant.money
    return {
        "currency": money.promised.currency,
        "promised_minor": money.promised.minor,
        "paid_minor": money.paid.minor,
        "returned_minor": money.returned.minor,
        "payments": [
            {
                "number": each.number,
                "amount_minor": each.amount.minor,
                "planned_on": each.planned_on,
                "paid_on": each.paid_on,
                "is_off": each.is_off,
            }
            for each in page.payments
        ],
    }


def _report_data(report: PublishedReport) -> dict[str, Any]:
    return {
        "number": report.number,
        "kind": report.kind,
        "period_starts_on": report.period_starts_on,
        "period_ends_on": report.period_ends_on,
        "summary": report.summary,
        "indicators": [vars(each) for each in report.indicators],
        "spending": [
            {"heading": each.heading, "planned_minor": each.planned.minor, "spent_minor": each.spent.minor}
            for each in report.budget_lines
        ],
    }
