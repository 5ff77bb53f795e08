"""A running grant is changed: proposed, decided, signed, and carried out in the moment of the last signature."""

from datetime import timedelta

import pytest

from fundportal.ledger.queries import balance
from fundportal.mail.models import Letter
from grants.awards import services
from grants.awards.models import Agreement, Amendment, Award, Condition, ReportDue, Tranche
from grants.awards.services import Change
from grants.awards.states import (
    AgreementState,
    AmendmentState,
    AwardState,
    Side,
    TermKind,
    TrancheState,
)
from grants.decisions.queries.holds import agreed
from tests.factories.awards import make_budget_line, make_condition, make_report_due, make_tranche
from tests.factories.decisions import MONEY
from tests.grants.awards.conftest import usd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound_books")]

S, K, A = AwardState, TermKind, AmendmentState
WHY = "The second kitchen opens in autumn."


@pytest.fixture
def award(desk):
    """$6,000 paid and $4,000 planned, a report to come, a budget of two halves."""
    award = desk.award(state=S.ACTIVE)
    make_tranche(award, state=TrancheState.RECONCILED, amount_minor=600_000)
    make_condition(make_tranche(award, amount_minor=400_000), text="The lease is signed")
    make_report_due(award, kind="final")
    make_budget_line(award, heading="A cook")
    make_budget_line(award, heading="Food")
    return award


def propose(award, *changes, by, side=Side.GRANTEE, reason=WHY):
    return services.propose_amendment(award.pk, side=side, reason=reason, changes=changes, by=by)


def submitted(desk, award, *changes):
    made = propose(award, *changes, by=desk.writer)
    return services.submit_amendment(made.pk, by=desk.writer)


def approved(desk, award, *changes):
    """By both managers, where one is not enough."""
    amendment = submitted(desk, award, *changes)
    for manager in (desk.manager, desk.second):
        amendment = Amendment.objects.get(pk=amendment.pk)
        if amendment.state == A.SUBMITTED:
            services.approve_amendment(amendment.pk, version=amendment.version, by=manager)
    return Amendment.objects.select_related("agreement").get(pk=amendment.pk)


def sign(desk, amendment):
    agreement = amendment.agreement
    services.approve_agreement_text(agreement.pk, side=Side.GRANTEE, sha256=agreement.sha256, by=desk.signatory)
    for side, by in ((Side.GRANTEE, desk.signatory), (Side.FUND, desk.manager)):
        services.sign_agreement(agreement.pk, side=side, name_typed=by.full_name, factor="totp", by=by)
    return Amendment.objects.get(pk=amendment.pk)


def line(award, position):
    return award.budget_lines.get(position=position)


def test_everything_moves_at_once_with_the_last_signature_and_nothing_before(desk, award):
    second, report, cook = award.tranches.get(number=2), award.reports_due.get(), line(award, 1)
    later = award.ends_on + timedelta(days=90)
    changes = (
        Change(K.AMOUNT, amount=usd(MONEY + 100_000)),
        Change(K.ENDS_ON, day=later),
        Change(K.REPORT_PERIOD, row=report.pk, day=later),
        Change(K.REPORT_DUE, row=report.pk, day=later + timedelta(days=30)),
        Change(K.PAYMENT, row=second.pk, amount=usd(300_000), day=second.planned_on + timedelta(days=60)),
        Change(K.NEW_PAYMENT, amount=usd(200_000), day=second.planned_on + timedelta(days=90)),
        Change(K.BUDGET_LINE, row=cook.pk, amount=usd(600_000)),
    )
    former = Agreement.objects.get(award=award)
    waiting = approved(desk, award, *changes)
    assert waiting.state == A.APPROVED
    assert Award.objects.get(pk=award.pk).amount == usd(MONEY)
    text = waiting.agreement.text
    assert "Payment 3" not in text or "$11,000" in text
    done = sign(desk, waiting)
    now = Award.objects.get(pk=award.pk)
    assert (done.state, now.amount, now.ends_on) == (A.APPLIED, usd(MONEY + 100_000), later)
    assert balance(award.fund, award.payable_account) == usd(500_000)
    moved = ReportDue.objects.get(pk=report.pk)
    assert (moved.period_ends_on, moved.due_on) == (later, later + timedelta(days=30))
    rows = Tranche.objects.filter(award=award).order_by("number").values_list("number", "state", "amount_minor")
    assert list(rows) == [
        (1, "reconciled", 600_000),
        (2, "cancelled", 400_000),
        (3, "planned", 300_000),
        (4, "planned", 200_000),
    ]
    assert Condition.objects.get(tranche__number=3).text == "The lease is signed"
    assert line(award, 1).amount == usd(600_000)
    assert Agreement.objects.get(pk=former.pk).state == AgreementState.SUPERSEDED
    assert Agreement.objects.get(pk=waiting.agreement.pk).state == AgreementState.EXECUTED
    assert agreed(award.application.stage.call) == usd(MONEY + 100_000)


def test_the_text_that_is_signed_tells_the_terms_as_they_will_be(desk, award):
    second = award.tranches.get(number=2)
    amendment = approved(
        desk, award, Change(K.PAYMENT, row=second.pk, amount=usd(350_000)), Change(K.AMOUNT, amount=usd(950_000))
    )
    text = amendment.agreement.text
    assert "$9,500.00" in text
    assert "Payment 3: $3,500.00" in text
    assert "(The lease is signed)" in text
    assert "Amount of the grant: $9,500.00 instead of $10,000.00" in text
    assert Letter.objects.filter(template="awards/amendment_approved").count() == 1
