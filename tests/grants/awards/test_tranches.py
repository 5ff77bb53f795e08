"""A payment gets ready by itself, is asked for by who signs, and approved by people who recommended nothing."""

from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from grants.awards import services
from grants.awards.models import Condition, Tranche
from grants.awards.states import (
    BACK_FROM_THE_BANK,
    BEFORE_THE_BANK,
    AwardState,
    ConditionKind,
    ReportState,
    Side,
    TrancheState,
)
from tests.factories.awards import (
    make_award,
    make_condition,
    make_decided,
    make_report_due,
    make_tranche,
    make_tranche_approval,
    person_of,
)
from tests.factories.organisations import make_conflict, make_signatory
from tests.factories.people import make_person
from tests.grants.awards.conftest import refused
from tests.grants.rows import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound_books")]

T = TrancheState


@pytest.fixture(scope="module")
def standing_award(build_once, standing_desk):
    return build_once(lambda: standing_desk.award(state=AwardState.ACTIVE))


@pytest.fixture
def award(own, standing_award):
    return own(standing_award)


def another(desk, **facts):
    """Beside the one of the desk, for the same call."""
    return make_award(make_decided(call=desk.application.stage.call), **facts)


def state_of(tranche):
    return Tranche.objects.get(pk=tranche.pk).state


def test_a_payment_whose_day_has_come_gets_ready_and_the_grantee_is_told(desk, award):
    tranche = make_tranche(award)
    assert services.ready_due() == 1
    assert state_of(tranche) == T.READY
    letter = Letter.objects.get(template="awards/tranche_ready")
    assert letter.to_address == desk.signatory.email
    entry = Entry.objects.get(action="tranches.get_ready")
    assert entry.actor is None
    assert services.ready_due() == 0
    assert Letter.objects.count() == 1


def test_a_payment_waits_for_its_day_in_the_zone_of_the_fund(desk, award):
    desk.fund.time_zone = "Pacific/Kiritimati"
    desk.fund.save()
    day = clock.today("Pacific/Kiritimati") + timedelta(days=2)
    tranche = make_tranche(award, planned_on=day)
    here = clock.now().replace(hour=10, minute=0)
    midnight = here + (day - timedelta(days=1) - here.date())
    with clock.at(midnight - timedelta(minutes=1)):
        assert services.ready_due() == 0
    with clock.at(midnight):
        assert services.ready_due() == 1
    assert state_of(tranche) == T.READY


def test_no_payment_gets_ready_unless_its_award_is_under_way(desk):
    states = ("offered", "accepted", "suspended", "closing", "closed")
    tranches = {state: make_tranche(another(desk, state=state)) for state in states}
    assert services.ready_due() == 0
    assert {state: state_of(tranche) for state, tranche in tranches.items()} == dict.fromkeys(states, T.PLANNED)


@pytest.mark.parametrize("kind", [ConditionKind.MILESTONE, ConditionKind.DOCUMENT])
def test_an_open_condition_keeps_a_payment_back_until_it_is_met(desk, award, kind):
    tranche = make_tranche(award)
    condition = make_condition(tranche, kind)
    assert services.ready_due() == 0
    met = services.meet_condition(condition.pk, note="Seen on a visit", by=desk.officer)
    assert (met.met_by, met.met_note) == (desk.officer, "Seen on a visit")
    assert state_of(tranche) == T.READY


def test_a_condition_met_before_the_day_leaves_the_payment_planned(desk, award):
    tranche = make_tranche(award, planned_on=clock.today("UTC") + timedelta(days=9))
    services.meet_condition(make_condition(tranche).pk, by=desk.officer)
    assert state_of(tranche) == T.PLANNED


def test_a_day_to_wait_for_comes_by_itself(award):
    tranche = make_tranche(award)
    today = clock.today("UTC")
    make_condition(tranche, ConditionKind.DATE, due_on=today + timedelta(days=30))
    assert services.ready_due() == 0
    with clock.at(clock.now() + timedelta(days=30)):
        assert services.ready_due() == 1


def test_two_conditions_are_both_needed(desk, award):
    tranche = make_tranche(award)
    first, second = make_condition(tranche), make_condition(tranche, ConditionKind.DOCUMENT)
    services.meet_condition(first.pk, by=desk.officer)
    assert state_of(tranche) == T.PLANNED
    services.waive_condition(second.pk, reason="The register is closed", by=desk.officer)
    assert state_of(tranche) == T.READY


def test_a_condition_is_waived_with_a_reason(desk, award):
    condition = make_condition(make_tranche(award))
    assert refused(services.waive_condition, condition.pk, reason=" ", by=desk.officer) == (422, "reason")
    waived = services.waive_condition(condition.pk, reason="The register is closed", by=desk.officer)
    assert (waived.waived_by, waived.waive_reason) == (desk.officer, "The register is closed")
    assert refused(services.waive_condition, condition.pk, reason="Again", by=desk.officer) == (409, "")
    assert refused(services.meet_condition, condition.pk, by=desk.officer) == (409, "")


def test_only_officers_meet_and_waive_conditions(desk, award):
    tranche = make_tranche(award)
    met, waived = make_condition(tranche), make_condition(tranche)
    for role in set(Role) - {Role.OFFICER}:
        by = make_person("Rory Role", role, fund=desk.fund)
        answers = (
            refused(services.meet_condition, met.pk, by=by),
            refused(services.waive_condition, waived.pk, reason="Closed", by=by),
        )
        assert (role, answers) == (role, ((403, ""), (403, "")))
    by = make_person("Rory Role", Role.OFFICER, fund=desk.fund)
    services.meet_condition(met.pk, by=by)
    services.waive_condition(waived.pk, reason="Closed", by=by)


def test_an_accepted_report_meets_what_waits_for_it_and_nothing_else(desk, award):
    report = make_report_due(award, state=ReportState.ACCEPTED)
    tranche, other = make_tranche(award, amount_minor=1), make_tranche(award, amount_minor=1)
    waits = make_condition(tranche, ConditionKind.REPORT_ACCEPTED, report_due=report)
    elsewhere = make_condition(other, ConditionKind.REPORT_ACCEPTED)
    assert services.meet_report_conditions(report.pk, by=desk.manager) == [waits]
    assert state_of(tranche) == T.READY
    assert Condition.objects.get(pk=elsewhere.pk).met_at is None
    assert services.meet_report_conditions(report.pk, by=desk.manager) == []


@pytest.mark.parametrize("state", [state for state in ReportState if state != ReportState.ACCEPTED])
def test_a_report_that_is_not_accepted_meets_nothing(desk, award, state):
    report = make_report_due(award, state=state)
    condition = make_condition(make_tranche(award), ConditionKind.REPORT_ACCEPTED, report_due=report)
    assert refused(services.meet_report_conditions, report.pk, by=desk.manager) == (409, "")
    assert refused(services.meet_condition, condition.pk, by=desk.officer) == (409, "")


def test_whoever_signs_for_the_grantee_asks_for_the_money(desk, award):
    tranche = make_tranche(award, state=T.READY)
    for by in (desk.writer, desk.officer, desk.manager, make_signatory(make_award().organisation)):
        assert refused(services.request_tranche, tranche.pk, by=by) == (403, "")
    requested = services.request_tranche(tranche.pk, by=desk.signatory)
    assert (requested.state, requested.requested_by) == (T.REQUESTED, desk.signatory)


def test_two_people_approve_a_large_payment(desk, award):
    tranche = make_tranche(award, state=T.REQUESTED)
    assert services.approve_tranche(tranche.pk, by=desk.manager).state == T.REQUESTED
    assert services.approve_tranche(tranche.pk, by=desk.manager).state == T.REQUESTED
    assert services.approve_tranche(tranche.pk, by=desk.checker).state == T.APPROVED
    assert Entry.objects.filter(action="tranches.stand_for").count() == 2


@pytest.mark.parametrize(("above", "people"), [(1_000_000, 1), (999_999, 2), (0, 2)])
def test_the_threshold_of_the_fund_says_how_many_approve(desk, award, above, people):
    desk.fund.two_approvers_above_minor = above
    desk.fund.save()
    tranche = make_tranche(award, state=T.REQUESTED)
    states = [services.approve_tranche(tranche.pk, by=by).state for by in (desk.manager, desk.checker)[:people]]
    assert states == [T.REQUESTED, T.APPROVED][-people:]


def test_whoever_offered_the_award_or_waived_a_condition_does_not_approve(desk):
    award = another(desk, state=AwardState.ACTIVE, offered_by=desk.manager)
    tranche = make_tranche(award, state=T.REQUESTED)
    assert refused(services.approve_tranche, tranche.pk, by=desk.manager) == (403, "")
    make_condition(tranche, waived_at=clock.now(), waived_by=desk.second, waive_reason="Closed")
    assert refused(services.approve_tranche, tranche.pk, by=desk.second) == (403, "")
    assert services.approve_tranche(tranche.pk, by=desk.checker).state == T.REQUESTED


def test_only_managers_and_finance_checkers_approve(desk, award):
    tranche, holders = make_tranche(award, state=T.REQUESTED), {Role.MANAGER, Role.FINANCE_CHECKER}
    for role in set(Role) - holders:
        by = make_person("Rory Role", role, fund=desk.fund)
        assert (role, refused(services.approve_tranche, tranche.pk, by=by)) == (role, (403, ""))
        assert not tranche.approvals.exists(), role
    for role in holders:
        by = make_person("Rory Role", role, fund=desk.fund)
        with undone():
            services.approve_tranche(tranche.pk, by=by)
            assert tranche.approvals.get().by == by


def test_a_conflict_declared_after_an_approval_takes_it_away(desk, award):
    tranche = make_tranche(award, state=T.REQUESTED)
    make_tranche_approval(tranche, by=desk.second)
    make_conflict(desk.second, award.organisation)
    assert services.approve_tranche(tranche.pk, by=desk.manager).state == T.REQUESTED
    assert services.approve_tranche(tranche.pk, by=desk.checker).state == T.APPROVED


def test_somebody_with_a_conflict_neither_approves_nor_holds(desk, award):
    make_conflict(desk.manager, award.organisation)
    make_conflict(desk.officer, award.organisation)
    tranche = make_tranche(award, state=T.REQUESTED)
    assert refused(services.approve_tranche, tranche.pk, by=desk.manager) == (403, "")
    assert refused(services.hold_tranche, tranche.pk, reason="Late", by=desk.officer) == (403, "")


@pytest.mark.parametrize("state", BEFORE_THE_BANK)
def test_a_hold_ends_where_it_began(desk, award, state):
    tranche = make_tranche(award, state=state)
    held = services.hold_tranche(tranche.pk, reason="The report is late", by=desk.officer)
    assert (held.state, held.held_from, held.hold_reason) == (T.ON_HOLD, state, "The report is late")
    released = services.release_tranche(tranche.pk, by=desk.officer)
    assert (released.state, released.held_from, released.hold_reason) == (state, "", "")


def test_the_clock_may_hold_a_payment_and_a_hold_says_why(desk, award):
    tranche = make_tranche(award)
    assert refused(services.hold_tranche, tranche.pk, reason=" ", by=desk.officer) == (409, "")
    assert services.hold_tranche(tranche.pk, reason="The report is late", by=SYSTEM).state == T.ON_HOLD
    assert services.ready_due() == 0


def test_only_officers_hold_and_release(desk, award):
    others = {role: make_person("Rory Role", role, fund=desk.fund) for role in set(Role) - {Role.OFFICER}}
    tranche = make_tranche(award)
    answers = {role: refused(services.hold_tranche, tranche.pk, reason="Late", by=by) for role, by in others.items()}
    assert answers == dict.fromkeys(others, (403, ""))
    services.hold_tranche(tranche.pk, reason="Late", by=desk.officer)
    answers = {role: refused(services.release_tranche, tranche.pk, by=by) for role, by in others.items()}
    assert answers == dict.fromkeys(others, (403, ""))


@pytest.mark.parametrize("state", [AwardState.SUSPENDED, AwardState.CLOSING])
def test_nothing_is_asked_for_or_approved_while_the_award_rests(desk, state):
    award = another(desk, state=state)
    ready = make_tranche(award, state=T.READY, amount_minor=1)
    requested = make_tranche(award, state=T.REQUESTED, amount_minor=1)
    assert refused(services.request_tranche, ready.pk, by=person_of(award, Side.GRANTEE)) == (409, "")
    services.approve_tranche(requested.pk, by=desk.manager)
    assert services.approve_tranche(requested.pk, by=desk.checker).state == T.REQUESTED


@pytest.mark.parametrize("state", BACK_FROM_THE_BANK)
def test_what_came_back_while_the_award_rested_may_be_asked_for_again_once_it_goes_on(desk, state):
    award = another(desk, state=AwardState.SUSPENDED)
    tranche = make_tranche(award, state=state)
    assert services.ready_due() == 0
    services.resume_award(award.pk, by=desk.manager)
    assert services.ready_due() == 1
    again = Tranche.objects.get(pk=tranche.pk)
    assert (again.state, again.round, again.requested_at) == (T.READY, 2, None)
    assert Letter.objects.filter(template="awards/tranche_ready").count() == 1
