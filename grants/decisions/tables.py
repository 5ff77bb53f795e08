"""Calls to decide on, a stage by rank, and the lines of a list, as ledgers and facts."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import DAY_FORMAT, local_time
from grants.applications.states import ApplicationState
from grants.applications.tables import office_badge
from grants.calls.models import Call
from grants.decisions.models import Appeal, Decision, Deliberation, Recommendation
from grants.decisions.queries.feedback import written_score
from grants.decisions.queries.lists import Ranked
from grants.decisions.states import AppealState, DeliberationState, Outcome
from grants.reviews.queries.standings import Summary

NOTHING = "–"
APPEALS = {AppealState.FILED: "wait", AppealState.UPHELD: "ok", AppealState.DISMISSED: "stop"}
KINDS = {
    DeliberationState.PREPARED: "mute",
    DeliberationState.SUBMITTED_TO_BODY: "wait",
    DeliberationState.RETURNED: "wait",
    DeliberationState.ADOPTED: "full",
    DeliberationState.RELEASED: "ok",
    DeliberationState.REJECTED: "stop",
}


def deliberation_badge(deliberation: Deliberation) -> Badge:
    return Badge(deliberation.get_state_display(), KINDS[DeliberationState(deliberation.state)])


def calls_table(calls: Iterable[Call]) -> Ledger:
    columns = [
        Column(_("Call")),
        Column(_("Fund")),
        Column(_("To propose"), is_number=True),
        Column(_("To decide"), is_number=True),
        Column(_("Money in all"), is_number=True),
    ]
    rows = [
        [
            Cell(call.title or call.code, url=reverse("decisions:call", args=[call.code]), detail=call.code),
            Cell(call.fund.name, detail=call.purpose.name),
            Cell(call.to_propose),
            Cell(call.to_decide),
            Cell(call.budget),
        ]
        for call in calls
    ]
    return Ledger(_("Calls with something to decide, newest first"), columns, rows, has_hidden_caption=True)


def lists_table(deliberations: Iterable[Deliberation]) -> Ledger:
    columns = [Column(_("List")), Column(_("Who decides")), Column(_("Where it stands")), Column(_("Meeting"))]
    rows = [
        [
            Cell(one.reference or _("without a reference yet"), url=reverse("decisions:deliberation", args=[one.pk])),
            Cell(one.get_body_display(), detail=one.get_instrument_display()),
            Cell(deliberation_badge(one)),
            Cell(date_format(one.held_on, DAY_FORMAT) if one.held_on else NOTHING),
        ]
        for one in deliberations
    ]
    return Ledger(_("Lists of this call, newest first"), columns, rows, has_hidden_caption=True)


def ranking_table(rows: Iterable[Ranked], *, may_propose: bool) -> Ledger:
    columns = [
        Column(_("Applicant")),
        Column(_("Rank"), is_number=True),
        Column(_("Mean of 5"), is_number=True),
        Column(_("Where it stands")),
        Column(_("The panel proposes")),
        Column(_("Asks for"), is_number=True),
    ]
    return Ledger(
        _("By mean score"),
        columns,
        [_ranking_row(row, may_propose=may_propose) for row in rows],
        has_hidden_caption=True,
    )


def lines_table(
    deliberation: Deliberation, scored: Mapping[int, Summary], *, lines: list[Decision], is_open: bool
) -> Ledger:
    """`lines` are those the reader may see; the foot adds up the money of these. An open list is changed by a link."""
    columns = [
        Column(_("Applicant")),
        Column(_("Mean of 5"), is_number=True),
        Column(_("The panel proposes")),
        Column(_("Decision")),
        Column(_("Why it departs")),
        Column(_("Amount"), is_number=True),
    ]
    rows = [_line(line, scored.get(line.application_id), is_open=is_open) for line in lines]
    amounts = [line.amount for line in lines if line.amount and line.is_effective]
    total = sum(amounts, Money.zero(deliberation.call.currency))
    foot = [Cell(_("Sum")), *(Cell() for _column in columns[2:]), Cell(total)]
    return Ledger(_("Lines of the list"), columns, rows, foot, is_loose=True, has_hidden_caption=True)


def meeting_facts(one: Deliberation) -> list[tuple[str, object]]:
    unknown = _("not known yet")
    counted = one.votes_for is not None
    votes = {"yes": one.votes_for, "no": one.votes_against or 0, "neither": one.abstentions or 0}
    facts: list[tuple[str, object]] = [
        (_("Who decides"), one.get_body_display()),
        (_("Instrument"), one.get_instrument_display()),
        (_("Reference"), one.reference or unknown),
        (_("Day of the meeting"), date_format(one.held_on, DAY_FORMAT) if one.held_on else unknown),
        (_("Votes"), _("%(yes)s for, %(no)s against, %(neither)s abstained") % votes if counted else unknown),
        (_("Legal basis"), one.legal_basis or unknown),
        (_("Everybody is told"), local_time(one.release_at, one.call.fund.time_zone) if one.release_at else unknown),
        (_("Prepared by"), one.prepared_by.full_name),
    ]
    return facts


def states_table(counts: Mapping[ApplicationState, int]) -> Ledger:
    columns = [Column(_("Where they stand")), Column(_("Applications"), is_number=True)]
    rows = [[Cell(state.label), Cell(count)] for state, count in counts.items()]
    foot = [Cell(_("Sum")), Cell(sum(counts.values()))]
    return Ledger(_("Where the applications of this call stand"), columns, rows, foot, has_hidden_caption=True)


def appeal_badge(appeal: Appeal) -> Badge:
    return Badge(appeal.get_state_display(), APPEALS[AppealState(appeal.state)])


def appeal_facts(appeal: Appeal) -> list[tuple[str, object]]:
    zone = appeal.application.fund.time_zone
    facts: list[tuple[str, object]] = [
        (_("Applicant"), appeal.application.organisation.name),
        (_("Filed by"), appeal.filed_by.full_name),
        (_("Filed"), local_time(appeal.filed_at, zone)),
        (_("Decided on the list"), str(appeal.decision.deliberation)),
    ]
    if appeal.agreed_by:
        facts += [(_("Agreed by"), appeal.agreed_by.full_name), (_("Settled"), local_time(appeal.settled_at, zone))]
    return facts


def advice_words(advice: Recommendation | None) -> str:
    if advice is None:
        return NOTHING
    if advice.amount is None:
        return advice.get_proposal_display()
    words = {"proposal": advice.get_proposal_display(), "amount": format_money(advice.amount)}
    return _("%(proposal)s, %(amount)s") % words


def mean_cell(scored: Summary | None) -> Cell:
    """The mean over the lowest and the highest reviewer."""
    if scored is None:
        return Cell(NOTHING)
    span = {"low": written_score(scored.lowest), "high": written_score(scored.highest)}
    return Cell(written_score(scored.mean), detail=_("%(low)s to %(high)s") % span)


def _ranking_row(row: Ranked, *, may_propose: bool) -> list[Cell]:
    application, is_open = row.application, row.application.state == "reviewed"
    url = reverse("decisions:recommend", args=[application.reference]) if may_propose and is_open else ""
    return [
        Cell(application.organisation.name, url=url, detail=f"{application.reference} · {application.title}"),
        Cell(row.place or NOTHING),
        mean_cell(row.scored),
        Cell(office_badge(application)),
        Cell(advice_words(row.advice), detail=row.advice.rationale if row.advice else ""),
        Cell(application.requested or NOTHING),
    ]


def _line(line: Decision, scored: Summary | None, *, is_open: bool) -> list[Cell]:
    application = line.application
    advice = next(iter(application.recommendations.all()), None)
    url = reverse("decisions:line", args=[line.deliberation_id, application.reference]) if is_open else ""
    kind = "ok" if line.outcome == Outcome.APPROVE else "stop"
    taken_back = "" if line.is_effective else _("no longer counts")
    return [
        Cell(application.organisation.name, url=url, detail=application.reference),
        mean_cell(scored),
        Cell(advice_words(advice), detail=advice.rationale if advice else ""),
        Cell(Badge(line.get_outcome_display(), kind), detail=taken_back),
        Cell(line.departure_reason or NOTHING),
        Cell(line.amount or NOTHING),
    ]
