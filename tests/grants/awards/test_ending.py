"""However an award ends, exactly what is promised and not paid is free again: in the books and in the call's budget."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.ledger.models import Journal
from fundportal.ledger.queries import balance, may_promise
from fundportal.mail.models import Letter
from grants.awards import services
from grants.awards.models import Award, AwardChange
from grants.awards.states import AgreementState, AwardState, ChangeKind, ReportKind, ReportState, TrancheState
from grants.decisions.models import BudgetHold
from grants.decisions.queries.holds import agreed
from tests.factories.awards import make_agreement, make_report_due, make_tranche
from tests.factories.decisions import MONEY
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.grants.awards.conftest import broken, refused, usd
from tests.grants.rows import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound_books")]

S, T = AwardState, TrancheState
WHY = "The project has stopped."


@pytest.fixture
def offered(desk):
    return services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)


def in_the_books(award):
    return balance(award.fund, award.payable_account), balance(award.fund, "grants_awarded")


def assert_everything_is_free(award, state):
    award = Award.objects.get(pk=award.pk)
    assert (award.state, award.amount_minor, award.offered_minor) == (state, 0, MONEY)
    assert in_the_books(award) == (usd(0), usd(0))
    assert agreed(award.application.stage.call) == usd(0)
    change = AwardChange.objects.get(award=award)
    assert (change.kind, change.amount) == (ChangeKind.ENDED_EARLY, usd(-MONEY))
    assert Journal.objects.filter(source_kind="award_change", source_id=str(change.pk)).count() == 1
    assert {tranche.state for tranche in award.tranches.all()} == {T.CANCELLED}
    assert {report.state for report in award.reports_due.all()} == {ReportState.WAIVED}


def test_a_grantee_who_declines_frees_the_whole_promise(desk, offered):
    purpose = offered.purpose
    before = may_promise(purpose)
    services.decline_award(offered.pk, reason=WHY, by=desk.signatory)
    assert_everything_is_free(offered, S.DECLINED)
    assert may_promise(purpose) == before + usd(MONEY)


def test_only_whoever_signs_for_the_grantee_declines(desk, offered):
    for by in (desk.writer, desk.manager, desk.officer):
        assert refused(services.decline_award, offered.pk, reason=WHY, by=by) == (403, "")


def test_an_offer_that_nobody_answers_lapses_by_the_clock(desk, offered):
    last = clock.now() + (offered.respond_by - clock.today("UTC"))
    with clock.at(last):
        assert services.lapse_due() == 0
    with clock.at(last + timedelta(days=1)):
        assert services.lapse_due() == 1
        assert services.lapse_due() == 0
    assert_everything_is_free(offered, S.LAPSED)
    assert Entry.objects.get(action="awards.lapse").actor is None


def test_a_fund_that_takes_its_offer_back_frees_the_whole_promise(desk, offered):
    services.rescind_award(offered.pk, reason=WHY, by=desk.manager)
    assert_everything_is_free(offered, S.RESCINDED)


def test_an_award_that_is_accepted_and_not_begun_may_be_taken_back(desk):
    award = desk.award(state=S.ACCEPTED)
    make_tranche(award)
    services.rescind_award(award.pk, reason=WHY, by=desk.manager)
    assert_everything_is_free_but_reports(award)


def assert_everything_is_free_but_reports(award):
    assert in_the_books(award) == (usd(0), usd(0))
    assert Award.objects.get(pk=award.pk).amount == usd(0)


@pytest.mark.parametrize("state", [S.ACTIVE, S.SUSPENDED, S.CLOSING])
def test_what_was_paid_stays_paid_and_the_rest_is_free(desk, state):
    award = desk.award(state=state)
    make_tranche(award, state=T.RECONCILED, amount_minor=250_000)
    make_tranche(award, state=T.REQUESTED, amount_minor=500_000)
    services.terminate_award(award.pk, reason=WHY, by=desk.manager)
    award = Award.objects.get(pk=award.pk)
    assert (award.state, award.amount, award.end_reason) == (S.TERMINATED, usd(250_000), WHY)
    assert in_the_books(award) == (usd(0), usd(250_000))
    assert agreed(award.application.stage.call) == usd(250_000)
    assert BudgetHold.objects.get(decision=award.decision).is_committed
    assert [t.state for t in award.tranches.order_by("number")] == [T.RECONCILED, T.CANCELLED]


def test_an_award_that_is_wholly_paid_ends_without_a_journal(desk):
    award = desk.award(state=S.ACTIVE)
    make_tranche(award, state=T.RECONCILED)
    services.terminate_award(award.pk, reason=WHY, by=desk.manager)
    assert not AwardChange.objects.exists()
    assert Award.objects.get(pk=award.pk).amount == usd(MONEY)


def test_an_award_does_not_end_while_the_bank_has_a_payment(desk):
    award = desk.award(state=S.ACTIVE)
    make_tranche(award, state=T.INSTRUCTED)
    assert refused(services.terminate_award, award.pk, reason=WHY, by=desk.manager) == (409, "")
    assert not AwardChange.objects.exists()


def agreements_after_the_end(desk, offered, states):
    """By the state in which the end of the award met the one agreement of it."""
    after = {}
    for state in states:
        with undone():
            agreement = make_agreement(offered, state=state)
            services.rescind_award(offered.pk, reason=WHY, by=desk.manager)
            after[state] = offered.agreements.get(pk=agreement.pk).state
            assert broken() == {}
    return after


def test_an_agreement_nobody_needs_any_more_is_void(desk, offered):
    states = (AgreementState.DRAFTING, AgreementState.GRANTEE_REVIEW, AgreementState.SIGNING)
    assert set(agreements_after_the_end(desk, offered, states).values()) == {AgreementState.VOID}


def test_a_signed_agreement_stays_what_it_is(desk, offered):
    after = agreements_after_the_end(desk, offered, (AgreementState.EXECUTED, AgreementState.SUPERSEDED))
    assert after == {state: state for state in (AgreementState.EXECUTED, AgreementState.SUPERSEDED)}


def test_a_report_that_is_being_written_is_left_to_a_person(desk):
    award = desk.award(state=S.ACTIVE)
    states = [make_report_due(award, state=state).state for state in ReportState]
    services.terminate_award(award.pk, reason=WHY, by=desk.manager)
    after = [report.state for report in award.reports_due.order_by("number")]
    assert after == [ReportState.WAIVED, *states[1:]]


@pytest.mark.parametrize(
    ("act", "state"),
    [("decline_award", S.OFFERED), ("rescind_award", S.OFFERED), ("terminate_award", S.ACTIVE)],
)
def test_an_end_has_a_reason_and_is_told(desk, act, state):
    award = desk.award(state=state)
    by = desk.signatory if act == "decline_award" else desk.manager
    end = getattr(services, act)
    assert refused(end, award.pk, reason="  ", by=by) == (422, "reason")
    end(award.pk, reason=WHY, by=by)
    letter = Letter.objects.get(template="awards/ended")
    assert (letter.to_address, WHY in letter.text_body) == (desk.signatory.email, True)


ACTS = {
    "rescind": (lambda award, by: services.rescind_award(award.pk, reason=WHY, by=by), S.OFFERED, Role.MANAGER),
    "terminate": (lambda award, by: services.terminate_award(award.pk, reason=WHY, by=by), S.ACTIVE, Role.MANAGER),
    "suspend": (lambda award, by: services.suspend_award(award.pk, reason=WHY, by=by), S.ACTIVE, Role.MANAGER),
    "resume": (lambda award, by: services.resume_award(award.pk, by=by), S.SUSPENDED, Role.MANAGER),
    "begin_closing": (lambda award, by: services.begin_closing(award.pk, by=by), S.ACTIVE, Role.OFFICER),
    "close": (lambda award, by: services.close_award(award.pk, by=by), S.CLOSING, Role.MANAGER),
}


def ready_to(desk, name):
    award = desk.award(state=ACTS[name][1])
    if name in {"begin_closing", "close"}:
        make_tranche(award, state=T.RECONCILED)
        make_report_due(award, kind=ReportKind.FINAL, state=ReportState.ACCEPTED)
    return award


@pytest.mark.parametrize("name", ACTS)
def test_an_act_of_the_office_is_made_by_its_role(desk, name):
    act, state, holder = ACTS[name]
    award = ready_to(desk, name)
    for role in set(Role) - {holder}:
        assert (role, refused(act, award, make_person("Rory Role", role, fund=desk.fund))) == (role, (403, ""))
        assert Award.objects.get(pk=award.pk).state == state
    by = make_person("Rory Role", holder, fund=desk.fund)
    act(award, by)
    entry = Entry.objects.get(action=f"awards.{name}")
    assert (entry.actor, entry.before, entry.after) == (by, state, Award.objects.get(pk=award.pk).state)
    assert entry.before != entry.after


def test_a_conflict_of_interest_stands_in_the_way_of_every_act(desk):
    for name, (act, _state, holder) in ACTS.items():
        with undone():
            award = ready_to(desk, name)
            by = make_person("Rory Role", holder, fund=desk.fund)
            make_conflict(by, award.organisation)
            assert (name, refused(act, award, by)) == (name, (403, ""))


def test_a_suspension_says_why_and_ends_without_a_trace_on_the_row(desk):
    award = desk.award(state=S.ACTIVE)
    assert refused(services.suspend_award, award.pk, reason=" ", by=desk.manager) == (422, "reason")
    suspended = services.suspend_award(award.pk, reason=WHY, by=desk.manager)
    assert (suspended.suspend_reason, suspended.suspended_at is not None) == (WHY, True)
    resumed = services.resume_award(award.pk, by=desk.manager)
    assert (resumed.state, resumed.suspend_reason, resumed.suspended_at) == (S.ACTIVE, "", None)


def test_a_refused_act_changes_nothing(desk, offered):
    before = Entry.objects.count()
    assert refused(services.terminate_award, offered.pk, reason=WHY, by=desk.manager) == (409, "")
    assert Entry.objects.count() == before
    assert Award.objects.get(pk=offered.pk).end_reason == ""


def test_an_offer_made_with_a_rest_gives_the_rest_back_too(desk):
    smaller = replace(desk.terms, tranches=desk.terms.tranches[:1])
    award = services.offer_award(desk.application.pk, terms=smaller, by=desk.officer)
    services.decline_award(award.pk, reason=WHY, by=desk.signatory)
    assert_everything_is_free(award, S.DECLINED)
