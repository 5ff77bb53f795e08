"""What the panel may propose, what the body may decide, who stands for it, and what money is held."""

from dataclasses import replace
from functools import partial

import pytest

from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.ledger.queries import may_promise
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.decisions import services
from grants.decisions.models import BudgetHold, Decision, Deliberation, Recommendation
from grants.decisions.queries.holds import holds_without_a_decision
from grants.decisions.services import Advice, Line
from grants.decisions.states import DeliberationState, Outcome, Proposal
from tests.factories.books import award
from tests.factories.decisions import (
    MONEY,
    make_decidable,
    make_deliberation,
    make_funded_call,
    make_line,
    make_reviewed,
)
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment, make_panel

pytestmark = pytest.mark.django_db

S = DeliberationState


def usd(minor):
    return Money(minor, "USD")


FOR = Advice(Proposal.RECOMMEND, "Families decided on the plan.", usd(MONEY))
AGAINST = Advice(Proposal.NOT_RECOMMEND, "Nothing stays after the grant.")
LATER = Advice(Proposal.RESERVE, "Good, and the money ends above it.", usd(MONEY), reserve_rank=2)


def refused(act, *arguments, **facts):
    with pytest.raises(Refusal) as met:
        act(*arguments, **facts)
    return met.value.status, met.value.field


@pytest.mark.parametrize(
    ("advice", "state"),
    [
        (FOR, ApplicationState.RECOMMENDED),
        (LATER, ApplicationState.RESERVE),
        (AGAINST, ApplicationState.NOT_RECOMMENDED),
    ],
)
def test_the_chair_proposes_and_the_record_says_so(house, advice, state):
    application = make_reviewed(house.stage)
    made = services.recommend(application.pk, advice=advice, by=house.chair)
    application = Application.objects.get(pk=application.pk)
    assert application.state == state
    assert made.amount == advice.amount
    assert Entry.objects.filter(action=f"applications.{advice.proposal}", actor=house.chair).count() == 1


@pytest.mark.parametrize(
    ("advice", "field"),
    [
        (replace(FOR, rationale=" "), "rationale"),
        (replace(FOR, amount=None), "amount"),
        (replace(FOR, amount=Money(MONEY, "EUR")), "amount"),
        (replace(FOR, amount=usd(499_999)), "amount"),
        (replace(FOR, amount=usd(5_000_001)), "amount"),
        (replace(FOR, reserve_rank=1), "reserve_rank"),
        (replace(LATER, reserve_rank=None), "reserve_rank"),
        (replace(AGAINST, amount=usd(MONEY)), "amount"),
    ],
)
def test_a_proposal_that_does_not_fit_is_refused_and_changes_nothing(house, advice, field):
    application = make_reviewed(house.stage)
    assert refused(services.recommend, application.pk, advice=advice, by=house.chair) == (422, field)
    application = Application.objects.get(pk=application.pk)
    assert application.state == ApplicationState.REVIEWED
    assert not Recommendation.objects.exists()


def test_nothing_above_the_request_is_proposed(house):
    application = make_reviewed(house.stage)
    Application.objects.filter(pk=application.pk).update(requested_minor=MONEY - 1)
    assert refused(services.recommend, application.pk, advice=FOR, by=house.chair) == (422, "amount")


@pytest.mark.parametrize("role", set(Role) - {Role.CHAIR})
def test_only_the_chair_proposes(house, role):
    application = make_reviewed(house.stage)
    by = make_person("", role, fund=house.call.fund)
    assert refused(services.recommend, application.pk, advice=FOR, by=by) == (403, "")


@pytest.mark.parametrize("state", set(ApplicationState) - {ApplicationState.REVIEWED})
def test_proposals_follow_the_reviews(house, state):
    application = make_reviewed(house.stage, state=state)
    assert refused(services.recommend, application.pk, advice=FOR, by=house.chair) == (409, "")


def test_reviews_are_sealed_before_the_panel_proposes(house):
    application = make_reviewed(house.stage)
    make_assignment(make_panel(house.stage), application=application, state="submitted")
    assert refused(services.recommend, application.pk, advice=FOR, by=house.chair) == (409, "")


def test_a_chair_with_a_conflict_proposes_nothing(house):
    application = make_reviewed(house.stage)
    make_conflict(house.chair, application.organisation)
    assert refused(services.recommend, application.pk, advice=FOR, by=house.chair) == (403, "")


def listed(house, deliberation, application, line):
    return services.put_on_list(deliberation.pk, application_id=application.pk, line=line, by=house.officer)


def test_the_body_follows_the_panel_without_giving_a_reason(house):
    deliberation = make_deliberation(house.call, lines=0)
    made = listed(house, deliberation, make_decidable(house.stage), Line(Outcome.APPROVE, usd(MONEY)))
    assert (made.amount, made.departure_reason) == (usd(MONEY), "")


@pytest.mark.parametrize(
    ("proposal", "line"),
    [
        (Proposal.RECOMMEND, Line(Outcome.DECLINE)),
        (Proposal.RECOMMEND, Line(Outcome.APPROVE, usd(MONEY - 1))),
        (Proposal.RESERVE, Line(Outcome.APPROVE, usd(MONEY))),
        (Proposal.NOT_RECOMMEND, Line(Outcome.APPROVE, usd(MONEY))),
    ],
)
def test_a_departure_from_the_panel_gives_its_reason(house, proposal, line):
    deliberation = make_deliberation(house.call, lines=0)
    application = make_decidable(house.stage, proposal)
    facts = {"application_id": application.pk, "by": house.officer}
    assert refused(services.put_on_list, deliberation.pk, line=line, **facts) == (422, "departure_reason")
    made = listed(house, deliberation, application, replace(line, departure_reason="The council has a room for it."))
    assert made.outcome == line.outcome


@pytest.mark.parametrize("amount", [None, usd(499_999), usd(5_000_001), Money(MONEY, "EUR")])
def test_an_amount_outside_the_call_is_not_listed(house, amount):
    deliberation = make_deliberation(house.call, lines=0)
    line = Line(Outcome.APPROVE, amount, departure_reason="Because")
    facts = {"application_id": make_decidable(house.stage).pk, "line": line, "by": house.officer}
    assert refused(services.put_on_list, deliberation.pk, **facts) == (422, "amount")


def test_what_is_on_another_list_or_of_another_call_is_not_listed(house):
    there = make_line(make_deliberation(house.call, lines=0)).application
    abroad = make_decidable(make_funded_call().stages.get())
    unread = make_reviewed(house.stage)
    deliberation = make_deliberation(house.call, lines=0)
    for application in (there, abroad, unread):
        facts = {"application_id": application.pk, "line": Line(Outcome.APPROVE, usd(MONEY)), "by": house.officer}
        assert refused(services.put_on_list, deliberation.pk, **facts) == (422, "application")


def test_the_list_stands_still_before_the_body(house):
    deliberation = make_deliberation(house.call, state=S.SUBMITTED_TO_BODY)
    application = deliberation.decisions.get().application
    line = Line(Outcome.APPROVE, usd(MONEY))
    facts = {"application_id": application.pk, "by": house.officer}
    assert refused(services.put_on_list, deliberation.pk, line=line, **facts) == (409, "")
    assert refused(services.take_off_list, deliberation.pk, **facts) == (409, "")


def test_who_prepared_listed_or_proposed_does_not_approve(house):
    deliberation = make_deliberation(house.call, lines=0, approvals=0, prepared_by=house.clerk)
    lister = make_person("Lou Lister", Role.CLERK, fund=house.call.fund)
    chair_too = make_person("Cleo Chair", Role.CHAIR, Role.MANAGER, fund=house.call.fund)
    make_line(deliberation, make_decidable(house.stage, by=chair_too), listed_by=lister)
    services.submit_to_body(deliberation.pk, by=house.officer)
    for person in (house.clerk, lister, chair_too):
        assert refused(services.approve_deliberation, deliberation.pk, by=person) == (403, "")
    services.approve_deliberation(deliberation.pk, by=house.manager)


def test_one_person_is_one_approval(house):
    deliberation = make_deliberation(house.call, state=S.SUBMITTED_TO_BODY, approvals=0)
    for _time in range(2):
        services.approve_deliberation(deliberation.pk, by=house.manager)
    assert deliberation.approvals.count() == 1
    assert refused(services.adopt, deliberation.pk, by=house.clerk) == (409, "")


def test_a_conflict_declared_afterwards_voids_the_approval(house):
    deliberation = make_deliberation(house.call, state=S.SUBMITTED_TO_BODY)
    make_conflict(deliberation.approvals.first().by, deliberation.decisions.get().application.organisation)
    assert refused(services.adopt, deliberation.pk, by=house.clerk) == (409, "")


@pytest.mark.parametrize(
    "act",
    [
        services.approve_deliberation,
        services.adopt,
        services.reject,
        partial(services.send_back, reason="The sums are wrong."),
    ],
)
def test_nobody_with_a_conflict_decides(house, act):
    deliberation = make_deliberation(house.call, state=S.SUBMITTED_TO_BODY)
    make_conflict(house.clerk, deliberation.decisions.get().application.organisation)
    assert refused(act, deliberation.pk, by=house.clerk) == (403, "")
    assert Deliberation.objects.get(pk=deliberation.pk).state == S.SUBMITTED_TO_BODY


def test_nobody_with_a_conflict_brings_a_list_before_the_body(house):
    deliberation = make_deliberation(house.call, state=S.PREPARED)
    make_conflict(house.officer, deliberation.decisions.get().application.organisation)
    assert refused(services.submit_to_body, deliberation.pk, by=house.officer) == (403, "")
    assert Deliberation.objects.get(pk=deliberation.pk).state == S.PREPARED


def test_an_adopted_list_holds_its_money_and_stages_every_application(house):
    deliberation = make_deliberation(house.call, state=S.SUBMITTED_TO_BODY, lines=2)
    no = make_line(deliberation, outcome=Outcome.DECLINE)
    before = may_promise(house.call.purpose)
    services.adopt(deliberation.pk, by=house.clerk)
    assert may_promise(house.call.purpose) == before - usd(2 * MONEY)
    states = Application.objects.filter(decisions__deliberation=deliberation).values_list("state", flat=True)
    assert sorted(states) == ["approved", "approved", "declined"]
    assert Application.objects.get(pk=no.application_id).staged_from == ApplicationState.NOT_RECOMMENDED
    assert not Application.objects.filter(released_at__isnull=False).exists()
    assert not list(holds_without_a_decision())


def test_money_held_by_a_decision_is_not_awarded_elsewhere(house):
    make_deliberation(house.call, state=S.ADOPTED)
    rest = may_promise(house.call.purpose)
    with pytest.raises(Refusal):
        award(house.call.purpose, rest.minor + 1)
    award(house.call.purpose, rest.minor)


@pytest.mark.parametrize(
    "call_facts", [{"raised": MONEY * 2 - 1}, {"budget_minor": MONEY * 2 - 1, "maximum_minor": MONEY}]
)
def test_more_than_there_is_to_promise_is_refused_and_changes_nothing(call_facts):
    deliberation = make_deliberation(make_funded_call(**call_facts), state=S.SUBMITTED_TO_BODY, lines=2)
    clerk = make_person("", Role.CLERK, fund=deliberation.call.fund)
    assert refused(services.adopt, deliberation.pk, by=clerk) == (409, "")
    assert Deliberation.objects.get(pk=deliberation.pk).state == S.SUBMITTED_TO_BODY
    assert not BudgetHold.objects.exists()
    assert not Application.objects.filter(state=ApplicationState.APPROVED).exists()


def test_a_reserve_moves_up_with_a_reason_or_ends(house):
    deliberation = make_deliberation(house.call, lines=0, approvals=0)
    up, down = (make_decidable(house.stage, Proposal.RESERVE) for _number in range(2))
    listed(house, deliberation, up, Line(Outcome.APPROVE, usd(MONEY), departure_reason="Money came free."))
    listed(house, deliberation, down, Line(Outcome.DECLINE))
    services.submit_to_body(deliberation.pk, by=house.officer)
    for name in ("One", "Two"):
        approver = make_person(name, Role.MANAGER, fund=house.call.fund)
        services.approve_deliberation(deliberation.pk, by=approver)
    services.adopt(deliberation.pk, by=house.clerk)
    acts = Entry.objects.filter(subject_kind="applications.application").values_list("action", flat=True)
    assert sorted(acts) == ["applications.expire_reserve", "applications.promote"]


def test_a_decision_taken_back_frees_its_money_and_its_application(house):
    deliberation = make_deliberation(house.call, state=S.ADOPTED)
    application = deliberation.decisions.get().application
    before = may_promise(house.call.purpose)
    facts = {"reason": "The organisation was dissolved.", "by": house.clerk}
    assert refused(services.take_back, application.pk, reason="", by=house.clerk) == (422, "reason")
    assert refused(services.take_back, application.pk, reason="Why", by=house.officer) == (403, "")
    services.take_back(application.pk, **facts)
    application = Application.objects.get(pk=application.pk)
    assert application.state == ApplicationState.RECOMMENDED
    assert may_promise(house.call.purpose) == before + usd(MONEY)
    again = make_deliberation(house.call, lines=0)
    listed(house, again, application, Line(Outcome.APPROVE, usd(MONEY)))
    assert Decision.objects.filter(application=application, is_effective=True).count() == 1
    assert not list(holds_without_a_decision())


def test_what_was_announced_is_not_taken_back(house):
    application = make_deliberation(house.call, state=S.RELEASED).decisions.get().application
    assert refused(services.take_back, application.pk, reason="Why", by=house.clerk) == (409, "")


def test_a_later_proposal_takes_the_place_of_the_first_which_stays_on_record(house):
    application = make_decidable(house.stage, Proposal.RESERVE)
    services.take_back(application.pk, reason="The panel met again.", by=house.clerk)
    services.recommend(application.pk, advice=FOR, by=house.chair)
    assert application.recommendations.count() == 2
    assert application.recommendations.get(replaced_at__isnull=True).proposal == Proposal.RECOMMEND
