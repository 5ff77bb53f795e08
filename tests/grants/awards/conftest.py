"""An announced approval of $10,000.00, and the people around the award that follows it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.funds.models import Fund
from fundportal.ledger import invariants
from fundportal.money import Money
from fundportal.organisations.queries import signatories
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.awards.queries.proofs import PROOFS
from grants.awards.services import AwardTerms, BudgetTerms, ConditionTerms, IndicatorTerms, ReportTerms, TrancheTerms
from grants.awards.states import ConditionKind, ReportKind
from tests.factories.awards import a_report_form, make_award, make_decided
from tests.factories.organisations import make_member
from tests.factories.people import make_person


@dataclass(frozen=True)
class Desk:
    """`second` is another manager, who offered nothing; `writer` works for the grantee and does not sign."""

    application: Application
    fund: Fund
    officer: User
    manager: User
    second: User
    checker: User
    signatory: User
    writer: User

    @property
    def terms(self) -> AwardTerms:
        return terms_for(self.application)

    def award(self, **facts: Any):
        return make_award(self.application, **facts)


@pytest.fixture(scope="module")
def standing_desk(build_once: Callable[[Callable[[], Desk]], Desk]) -> Desk:
    return build_once(make_desk)


@pytest.fixture
def desk(own: Callable[[Desk], Desk], standing_desk: Desk) -> Desk:
    return own(standing_desk)


@pytest.fixture
def sound_books(db: None):
    """Whatever a test does, every invariant of the books and of awards holds in the end."""
    yield
    assert broken() == {}


def broken() -> dict[str, list[str]]:
    """By name: those of the ledger, which are numbered, and our own. Factories of other rooms make their facts up."""
    ours = {name: check for name, check in invariants._checks.items() if name in PROOFS or name[0].isdigit()}
    return {name: facts for name, check in ours.items() if (facts := list(check()))}


def make_desk() -> Desk:
    application = make_decided()
    fund = application.fund
    return Desk(
        application=application,
        fund=fund,
        officer=make_person("Omar Officer", Role.OFFICER, fund=fund),
        manager=make_person("Mara Manager", Role.MANAGER, fund=fund),
        second=make_person("Mina Manager", Role.MANAGER, fund=fund),
        checker=make_person("Chen Checker", Role.FINANCE_CHECKER, fund=fund),
        signatory=signatories(application.organisation).first(),
        writer=make_member(application.organisation, "Wanda Writer"),
    )


def refused(act: Callable[..., object], *arguments: Any, **facts: Any) -> tuple[int, str]:
    """With which status, and beside which field."""
    with pytest.raises(Refusal) as met:
        act(*arguments, **facts)
    return met.value.status, met.value.field


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def terms_for(application: Application, **changes: Any) -> AwardTerms:
    """$6,000 at once and $4,000 after the first report; a final report a year later."""
    fund = application.fund
    today = clock.today(fund.time_zone)
    form = a_report_form(fund).pk
    later = today + timedelta(days=180)
    waits = ConditionTerms(ConditionKind.REPORT_ACCEPTED, "The first report is accepted", report=1)
    made = AwardTerms(
        starts_on=today + timedelta(days=10),
        ends_on=today + timedelta(days=370),
        respond_by=today + timedelta(days=21),
        tranches=(TrancheTerms(usd(600_000), today), TrancheTerms(usd(400_000), later, (waits,))),
        reports=(
            ReportTerms(ReportKind.PROGRESS, today, today + timedelta(days=150), later, form),
            ReportTerms(ReportKind.FINAL, later, today + timedelta(days=370), today + timedelta(days=400), form),
        ),
        indicators=(IndicatorTerms("People who found work", "people"),),
        budget=(BudgetTerms("A cook for ten months", usd(750_000)), BudgetTerms("Food", usd(250_000))),
    )
    return replace(made, **changes)
