"""A fund with so many applications of one call, reviews, grants, payments and reports."""

from typing import Any

from fundportal.ledger.models import Journal
from fundportal.organisations.models import Organisation
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.awards.models import Award
from grants.awards.states import ReportState
from grants.decisions.states import DeliberationState
from grants.payments.models import LineMatch
from grants.payments.states import RunState
from grants.reviews.models import Panel
from grants.reviews.states import AssignmentState
from tests.bench.casting import cast, cast_each, cast_journals
from tests.factories.applications import make_application
from tests.factories.awards import make_report_due
from tests.factories.calls import make_call
from tests.factories.decisions import make_deliberation, make_funded_call
from tests.factories.payments import make_account, make_run
from tests.factories.people import make_fund
from tests.factories.reports import make_report, make_running_award
from tests.factories.reviews import make_assignment, make_panel, make_review_ready

Rows = dict[int, Any]


class Grants:
    """`grow` adds the rows of these numbers to every list; what hangs on one thing stays as it is."""

    def __init__(self, drafts: int) -> None:
        self.fund = make_fund("bench", names={"en": "The measured fund", "fr": "Le fonds mesuré"})
        self.open_call = make_call(self.fund, code="open-call", prefix="OPEN")
        stage = self.open_call.stages.get()
        self.drafts = [make_application(stage) for _number in range(drafts)]
        self.call = make_funded_call(fund=self.fund, code="assessed", prefix="ASSD")
        self.panel = make_panel(self.call.stages.get(), members=3)
        self.reading = make_assignment(self.panel, state=AssignmentState.IN_PROGRESS)
        self.read = make_assignment(self.panel, application=_reviewed(self.panel), state=AssignmentState.SEALED)
        self.decided = make_funded_call(fund=self.fund, code="decided", prefix="DECD")
        self.waiting = make_deliberation(self.decided, state=DeliberationState.RELEASED).decisions.get()
        self.award = make_running_award(application=_decided(self.decided))
        self.planned = make_report_due(self.award, state=ReportState.SCHEDULED)
        self.report = make_report(self.award, state=ReportState.SUBMITTED)
        account = make_account(self.fund)
        self.sent = make_run(account, state=RunState.EXPORTED).instructions.get()
        make_run(account, state=RunState.SETTLED)
        self.match = LineMatch.objects.select_related("line").get()

    def grow(self, numbers: range) -> None:
        self._assess(numbers)
        awards = self._award(numbers)
        self._pay(numbers, awards)
        self._wait(numbers)

    def _assess(self, numbers: range) -> None:
        """In the call under assessment, each with a sealed review."""
        mould = self.read.application
        applications = self._applications(mould, numbers, "ASSD", self._organisations(mould, numbers))
        cast(mould.draft, numbers, application=applications.get)
        reviews = cast(self.read, numbers, application=applications.get)
        cast_each(list(self.read.scores.order_by("pk")), numbers, assignment=reviews.get)

    def _award(self, numbers: range) -> Rows:
        mould = self.award
        organisations = self._organisations(mould.application, numbers)
        applications = self._applications(mould.application, numbers, "DECD", organisations)
        decisions = cast(mould.decision, numbers, application=applications.get)
        links = {"application": applications.get, "decision": decisions.get, "organisation": organisations.get}
        awards = cast(mould, numbers, reference=lambda number: f"DECD-{number + 1000}", **links)
        booked = Journal.objects.get(fund=self.fund, source_kind="award", source_id=mould.reference)
        cast_journals(booked, numbers, lambda number: f"DECD-{number + 1000}")
        cast(self.planned, numbers, award=awards.get)
        reports = cast(self.report, numbers, award=awards.get)
        cast_each(list(self.report.revisions.all()), numbers, report=reports.get)
        return awards

    def _pay(self, numbers: range, awards: dict[int, Award]) -> None:
        """A run with one payment for each award, and its line on the statement."""
        tranches = cast(self.sent.tranche, numbers, award=awards.get)
        accounts = cast(self.sent.bank_details, numbers, organisation=lambda number: awards[number].organisation)
        runs = cast(self.sent.run, numbers)
        links = {"run": runs.get, "tranche": tranches.get, "bank_details": accounts.get}
        payments = cast(self.sent, numbers, obligation=lambda number: f"DECD-{number + 1000}-1-1", **links)
        lines = cast(self.match.line, numbers, bank_id=lambda number: f"B{number}")
        cast(self.match, numbers, line=lines.get, instruction=payments.get)

    def _wait(self, numbers: range) -> None:
        """Announced, and offered nothing yet."""
        mould = self.waiting.application
        applications = self._applications(mould, numbers, "WAIT", self._organisations(mould, numbers))
        cast(self.waiting, numbers, application=applications.get)

    def _organisations(self, mould: Application, numbers: range) -> dict[int, Organisation]:
        return cast(mould.organisation, numbers, name=lambda number: f"City of Measure {number:04d}")

    def _applications(self, mould: Application, numbers: range, prefix: str, organisations: Rows) -> Rows:
        made = cast(
            mould,
            numbers,
            reference=lambda number: f"{prefix}-{number + 1000}",
            title=lambda number: f"A kitchen that teaches, number {number}",
            organisation=organisations.get,
        )
        cast_each(list(mould.revisions.all()), numbers, application=made.get)
        return made


def _reviewed(panel: Panel) -> Application:
    return make_review_ready(panel.stage, state=ApplicationState.REVIEWED)


def _decided(call: Any) -> Application:
    return make_deliberation(call, state=DeliberationState.RELEASED).decisions.get().application
