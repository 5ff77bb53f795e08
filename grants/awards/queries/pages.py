"""One award with all that its pages tell, in a constant number of queries."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, Sum

from fundportal.audit.models import Entry
from fundportal.ledger.models import Journal, Posting
from fundportal.money import Money
from grants.applications.models import Application
from grants.awards.models import (
    Agreement,
    AgreementApproval,
    Amendment,
    Award,
    AwardChange,
    BudgetLine,
    Condition,
    Indicator,
    ReportDue,
    Signature,
    Tranche,
    TrancheApproval,
    UnspentSettlement,
)
from grants.awards.queries.lists import approved_without_offer
from grants.awards.states import OPEN_AGREEMENT, AgreementState
from grants.decisions.models import Decision
from grants.questionnaires.definition import QuestionKind, QuestionRole

STANDING = (*OPEN_AGREEMENT, AgreementState.EXECUTED)


@dataclass(frozen=True)
class Booked:
    """One line of the books on what is promised to the grantee; below zero what was paid or became free."""

    journal: Journal
    amount: Money


def award_in_full(awards: QuerySet[Award], reference: str) -> Award | None:
    agreements = Agreement.objects.select_related("prepared_by").prefetch_related(
        Prefetch("signatures", Signature.objects.select_related("person").order_by("at", "pk")),
        Prefetch("approvals", AgreementApproval.objects.select_related("by").order_by("at", "pk")),
    )
    tranches = Tranche.objects.select_related("requested_by").prefetch_related(
        Prefetch("conditions", Condition.objects.select_related("report_due", "met_by", "waived_by").order_by("pk")),
        Prefetch("approvals", TrancheApproval.objects.select_related("by").order_by("at", "pk")),
    )
    reports = ReportDue.objects.select_related("form_version__questionnaire")
    parts = (
        Prefetch("agreements", agreements.order_by("number")),
        Prefetch("tranches", tranches.order_by("number")),
        Prefetch("reports_due", reports.order_by("number")),
        Prefetch("indicators", Indicator.objects.order_by("position")),
        Prefetch("budget_lines", BudgetLine.objects.order_by("position")),
        Prefetch("amendments", Amendment.objects.order_by("number")),
        Prefetch("settlements", UnspentSettlement.objects.order_by("at", "pk")),
        Prefetch("changes", AwardChange.objects.select_related("by").order_by("at", "pk")),
    )
    known = awards.select_related(
        "organisation", "fund", "purpose", "offered_by", "application__stage__call", "decision__deliberation"
    )
    return known.prefetch_related(*parts).filter(reference=reference).first()


def to_be_offered(actor: object, permission: str, reference: str) -> Decision | None:
    known = approved_without_offer(actor, permission).filter(application__reference=reference)
    return known.select_related("application__organisation", "application__stage__call__fund").first()


def standing_agreement(award: Award, *, with_drafts: bool = True) -> Agreement | None:
    """The one that is being agreed or is in force; reads the prefetched rows. The last one written where none is."""
    written = [one for one in award.agreements.all() if with_drafts or one.state != AgreementState.DRAFTING]
    standing = [one for one in written if one.state in STANDING]
    return (standing or written or [None])[-1]


def booked_lines(award: Award, reader: object) -> list[Booked]:
    """What the books say of the award, oldest first, for whoever may read them. One query."""
    seen = Journal.objects.visible_to(reader).order_by().values("pk")
    lines = Posting.objects.filter(
        account__fund=award.fund, account__code=award.payable_account, currency=award.currency, journal__in=seen
    )
    found = lines.select_related("journal").order_by("journal__posted_at", "pk")
    return [Booked(line.journal, -line.amount) for line in found]


def still_payable(award: Award) -> Money:
    """From the books: promised, and not instructed at the bank yet."""
    lines = Posting.objects.filter(
        account__fund=award.fund, account__code=award.payable_account, currency=award.currency
    )
    return Money(-lines.aggregate(debit=Sum("amount_minor", default=0))["debit"], award.currency)


def entries_of(award: Award, side: str) -> list[Entry]:
    """The record of the award and of all that hangs on it, oldest first; reads the prefetched rows. One query.

    A change of the grant that the other side keeps to itself is left out.
    """
    parts = (award.agreements, award.tranches, award.reports_due)
    changes = [one for one in award.amendments.all() if one.is_open_to(side)]
    hanging = [award, *changes, *(one for rows in parts for one in rows.all())]
    ids: dict[str, list[str]] = {}
    for one in hanging:
        ids.setdefault(one._meta.label_lower, []).append(str(one.pk))
    named = Q(pk__in=[])
    for kind, found in ids.items():
        named |= Q(subject_kind=kind, subject_id__in=found)
    return list(Entry.objects.filter(named).select_related("actor").order_by("pk"))


def asked_budget(application: Application) -> list[tuple[str, Money]]:
    """The lines of the budget as it was sent last: for what, and how much; empty where the form asked for none."""
    standing = application.standing
    question = standing and standing.form_version.form.with_role(QuestionRole.BUDGET)
    if not question or question.kind != QuestionKind.BUDGET:
        return []
    lines = standing.answers.get(question.key) or []
    return [(line["what"], Money(line["minor"], question.currency)) for line in lines if line.get("minor")]
