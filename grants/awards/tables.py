"""Awards, their money, their reports and their plan as ledgers and facts."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from fundportal.templatetags.figures import money
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.words import DAY_FORMAT, local_day, local_time
from grants.awards.badges import award_badge, report_badge
from grants.awards.models import Award, BudgetLine, Indicator, ReportDue
from grants.awards.onward import report_url
from grants.awards.queries.pages import Booked
from grants.awards.states import TrancheState
from grants.decisions.models import Decision

NOTHING = "–"


def awards_table(awards: Iterable[Award]) -> Ledger:
    columns = [
        Column(_("Grantee")),
        Column(_("Project")),
        Column(_("Where it stands")),
        Column(_("Period")),
        Column(_("Paid"), is_number=True),
        Column(_("Promised"), is_number=True),
    ]
    rows = [
        [
            Cell(award.organisation.name, url=reverse("awards:award", args=[award.reference]), detail=award.reference),
            Cell(award.title, detail=award.fund.name),
            Cell(award_badge(award)),
            Cell(_day(award.starts_on), detail=_("to %(day)s") % {"day": _day(award.ends_on)}),
            Cell(short(Money(award.paid_minor, award.currency))),
            Cell(short(award.amount)),
        ]
        for award in awards
    ]
    return Ledger(_("Awards"), columns, rows, has_hidden_caption=True)


def waiting_table(decisions: Iterable[Decision], *, may_offer: frozenset[int] | str) -> Ledger:
    """Announced approvals; the row of a fund in `may_offer` (ids, or every fund) leads to the offer."""
    columns = [
        Column(_("Grantee")),
        Column(_("Project")),
        Column(_("Announced")),
        Column(_("Approved"), is_number=True),
    ]
    return Ledger(
        _("Approved and waiting for an offer"),
        columns,
        [_waiting_row(one, may_offer=may_offer) for one in decisions],
        has_hidden_caption=True,
    )


def _waiting_row(decision: Decision, *, may_offer: frozenset[int] | str) -> list[Cell]:
    application, fund = decision.application, decision.application.fund
    is_open = isinstance(may_offer, str) or fund.pk in may_offer
    url = reverse("awards:offer", args=[application.reference]) if is_open else ""
    return [
        Cell(application.organisation.name, url=url, detail=application.reference),
        Cell(application.title, detail=application.stage.call.title),
        Cell(local_day(application.released_at, fund.time_zone) if application.released_at else NOTHING),
        Cell(short(decision.amount) if decision.amount else NOTHING),
    ]


def my_awards_table(awards: Iterable[Award]) -> Ledger:
    columns = [
        Column(_("Grant")),
        Column(_("Fund")),
        Column(_("Where it stands")),
        Column(_("Paid"), is_number=True),
        Column(_("Promised"), is_number=True),
    ]
    rows = [
        [
            Cell(
                award.title,
                url=reverse("my_grants:grant", args=[award.reference]),
                detail=f"{award.reference}, {award.organisation.name}",
            ),
            Cell(award.fund.name),
            Cell(award_badge(award)),
            Cell(short(Money(award.paid_minor, award.currency))),
            Cell(short(award.amount)),
        ]
        for award in awards
    ]
    return Ledger(_("Your grants"), columns, rows, has_hidden_caption=True)


def reports_table(reports: Iterable[ReportDue], *, for_grantee: bool) -> Ledger:
    columns = [Column(_("Report")), Column(_("Covers")), Column(_("Due")), Column(_("Where it stands"))]
    rows = [
        [
            Cell(
                _("%(number)s. %(kind)s") % {"number": report.number, "kind": report.get_kind_display()},
                url=report_url(report, for_grantee=for_grantee),
                detail=report.form_version.questionnaire.name,
            ),
            Cell(_day(report.period_starts_on), detail=_("to %(day)s") % {"day": _day(report.period_ends_on)}),
            Cell(_day(report.due_on)),
            Cell(report_badge(report), detail=report.waive_reason),
        ]
        for report in reports
    ]
    return Ledger(_("Reports of this grant"), columns, rows, has_hidden_caption=True)


def budget_table(lines: Iterable[BudgetLine], currency: str) -> Ledger:
    listed = list(lines)
    total = sum((line.amount for line in listed), Money.zero(currency))
    rows = [[Cell(line.heading), Cell(line.amount)] for line in listed]
    foot = [Cell(_("Sum of lines")), Cell(total)]
    columns = [Column(_("For what")), Column(_("Amount"), is_number=True)]
    return Ledger(_("Agreed budget"), columns, rows, foot, is_loose=True, has_hidden_caption=True)


def indicators_table(indicators: Iterable[Indicator]) -> Ledger:
    columns = [
        Column(_("What is counted")),
        Column(_("At the start"), is_number=True),
        Column(_("Aim"), is_number=True),
    ]
    rows = [
        [Cell(one.name, detail=one.unit), Cell(_number(one.baseline)), Cell(_number(one.target))] for one in indicators
    ]
    return Ledger(_("What is counted"), columns, rows, has_hidden_caption=True)


def books_table(lines: list[Booked], payable: Money) -> Ledger:
    """Each journal that changed what is promised and not paid; the foot is the balance in the books."""
    columns = [Column(_("What was booked")), Column(_("Day")), Column(_("Promised and not paid"), is_number=True)]
    rows = [
        [
            Cell(line.journal.get_kind_display(), detail=line.journal.memo or line.journal.source_id),
            Cell(_day(line.journal.business_on)),
            Cell(line.amount),
        ]
        for line in lines
    ]
    foot = [Cell(_("Still to be paid")), Cell(), Cell(payable)]
    return Ledger(_("In the books"), columns, rows, foot, has_hidden_caption=True)


def award_facts(award: Award, payable: Money) -> list[tuple[object, object]]:
    """For the office: what was promised, to whom, by when, on whose word."""
    zone = award.fund.time_zone
    facts: list[tuple[object, object]] = [
        (_("Grantee"), award.organisation.name),
        (_("Promised"), money(award.amount, sure="books")),
        (_("Still to be paid"), money(payable, sure="books")),
        (_("Purpose"), award.purpose.name),
        (_("Call"), award.application.stage.call.title),
        (_("Period"), period(award)),
        (_("Answer by"), local_day(award.respond_by)),
        (_("Decided by"), award.decision.deliberation),
        (_("Offered"), local_time(award.offered_at, zone)),
        (_("Offered by"), award.offered_by.full_name),
    ]
    if award.amount != award.offered:
        facts.insert(2, (_("Offered at first"), money(award.offered)))
    return facts + unspent_facts(award)


def unspent_facts(award: Award) -> list[tuple[object, object]]:
    """Nothing while nothing is left over; reads the prefetched rows."""
    unspent = award.unspent
    known = (
        (_("Spent, as reported"), unspent.spent),
        (_("Returned"), unspent.returned),
        (_("Kept by agreement"), unspent.kept),
        (_("Not asked back"), unspent.waived),
        (_("To be returned"), unspent.to_return),
    )
    return [(label, money(amount, sure="books")) for label, amount in known if amount is not None and amount.minor > 0]


def offer_facts(award: Award) -> list[tuple[object, object]]:
    """What an offer says, in short."""
    payments = "; ".join(f"{short(one.amount)}, {_day(one.planned_on)}" for one in award.tranches.all())
    reports = "; ".join(f"{one.get_kind_display()}, {_day(one.due_on)}" for one in award.reports_due.all())
    return [
        (_("Period"), period(award)),
        (_("Answer by"), _day(award.respond_by)),
        (_("Payments"), payments or NOTHING),
        (_("Reports"), reports or NOTHING),
    ]


def plan_facts(award: Award) -> list[tuple[object, object]]:
    """How much of the award payments are planned for; reads the prefetched rows."""
    counting = [one.amount for one in award.tranches.all() if one.state != TrancheState.CANCELLED]
    planned = sum(counting, Money.zero(award.currency))
    return [
        (_("Promised"), award.amount),
        (_("Payments are planned for"), planned),
        (_("Not planned for"), award.amount - planned),
    ]


def grant_facts(award: Award, paid: Money) -> list[tuple[object, object]]:
    """For the grantee."""
    return [
        (_("Grant"), money(award.amount, sure="books")),
        (_("Paid so far"), money(paid, sure="books")),
        (_("Fund"), award.fund.name),
        (_("Grantee"), award.organisation.name),
        (_("Period"), period(award)),
        (_("Reference"), award.reference),
        *unspent_facts(award),
    ]


def period(award: Award) -> str:
    return _("%(first)s to %(last)s") % {"first": _day(award.starts_on), "last": _day(award.ends_on)}


def short(amount: Money) -> str:
    """Cents only where there are some."""
    return format_money(amount, cents=not amount.is_whole)


def _day(day: object) -> str:
    return date_format(day, DAY_FORMAT)


def _number(number: object) -> str:
    return NOTHING if number is None else number_format(number.normalize(), force_grouping=True)
