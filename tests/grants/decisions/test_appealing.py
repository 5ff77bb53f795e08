"""An appeal against an announced decision: filed within the window, answered by a manager and a clerk together."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed, Refusal
from grants.applications.models import Application
from grants.applications.states import APPEAL_WINDOW, ApplicationState
from grants.decisions import services
from grants.decisions.models import Appeal, Decision
from grants.decisions.states import Answer, AppealState, DeliberationState, Outcome
from tests.factories.applications import make_application
from tests.factories.decisions import make_appeal, make_deliberation
from tests.factories.organisations import make_conflict, make_member, make_signatory
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db
S = ApplicationState
GROUNDS = "Page three was missing."
WHY = "The panel had two pages only."


@pytest.fixture
def declined(house):
    """Announced a moment ago."""
    released = make_deliberation(house.call, state=DeliberationState.RELEASED, outcome=Outcome.DECLINE)
    return Application.objects.get(pk=released.decisions.get().application_id)


def file(application, by=None, grounds=GROUNDS):
    return services.file_appeal(application.pk, grounds=grounds, by=by or application.started_by)


def answer(appeal, by, word=Answer.UPHOLD, reason=WHY):
    return services.answer_appeal(appeal.pk, answer=word, reason=reason, by=by)


def refusal_of(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


def test_two_people_uphold_it_and_it_is_decided_anew(house, declined):
    appeal = file(declined)
    answer(appeal, house.manager)
    assert Application.objects.get(pk=declined.pk).state == S.DECLINED
    services.agree_appeal(appeal.pk, by=house.clerk)
    again = Application.objects.get(pk=declined.pk)
    assert (again.state, again.released_at, again.staged_from) == (S.RECOMMENDED, None, "")
    assert not Decision.objects.get(application=declined).is_effective
    settled = Appeal.objects.get()
    assert (settled.state, settled.agreed_by) == (AppealState.UPHELD, house.clerk)
    rows = Entry.objects.filter(after__gt="").order_by("pk").values_list("action", "before", "after")
    assert list(rows) == [
        ("decisions.settle_appeal", AppealState.FILED, AppealState.UPHELD),
        ("applications.uphold_appeal", S.DECLINED, S.RECOMMENDED),
    ]


def test_two_people_dismiss_it_and_the_decision_stands(house, declined):
    appeal = file(declined)
    answer(appeal, house.clerk, Answer.DISMISS)
    services.agree_appeal(appeal.pk, by=house.manager)
    assert Appeal.objects.get().state == AppealState.DISMISSED
    again = Application.objects.get(pk=declined.pk)
    assert (again.state, again.released_at) == (S.DECLINED, declined.released_at)
    assert Decision.objects.get(application=declined).is_effective


def test_letters_go_both_ways(house, declined):
    tied = make_person("Tia Demo", Role.MANAGER, fund=house.call.fund)
    make_conflict(tied, declined.organisation)
    appeal = file(declined)
    told = dict(Letter.objects.values_list("to_address", "template"))
    assert told[declined.started_by.email] == "applications/news"
    assert {told[house.manager.email], told[house.clerk.email]} == {"decisions/appeal_filed"}
    assert {tied.email, house.officer.email, house.chair.email} & set(told) == set()
    assert GROUNDS not in Letter.objects.get(to_address=house.clerk.email).text_body
    answer(appeal, house.manager, Answer.DISMISS)
    assert Letter.objects.filter(to_address=declined.started_by.email).count() == 1
    services.agree_appeal(appeal.pk, by=house.clerk)
    last = Letter.objects.filter(to_address=declined.started_by.email).latest("pk")
    assert "Your appeal is dismissed" in last.subject
    assert WHY in last.text_body


def test_an_answer_after_the_window_counts_by_the_day_of_filing(house, declined):
    appeal = file(declined)
    with clock.at(clock.now() + APPEAL_WINDOW * 3):
        answer(appeal, house.manager)
        services.agree_appeal(appeal.pk, by=house.clerk)
    assert Application.objects.get(pk=declined.pk).state == S.RECOMMENDED


def test_it_can_be_decided_and_appealed_again(house, declined):
    appeal = file(declined)
    answer(appeal, house.manager)
    services.agree_appeal(appeal.pk, by=house.clerk)
    line = services.Line(outcome=Outcome.DECLINE, departure_reason="The money is gone.")
    second = make_deliberation(house.call, lines=0)
    services.put_on_list(second.pk, application_id=declined.pk, line=line, by=house.officer)
    Application.objects.filter(pk=declined.pk).update(state=S.DECLINED, released_at=clock.now())
    assert file(declined, grounds="Again.") != appeal
    assert Appeal.objects.count() == 2


def test_filing_twice_is_once_and_another_text_is_too_late(declined):
    assert file(declined) == file(declined)
    assert refusal_of(lambda: file(declined, grounds="Something else.")).status == 409
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("state", ApplicationState)
def test_before_an_announcement_every_state_answers_with_the_same_sentence(house, state):
    application = make_application(house.stage, state=state)
    refused = refusal_of(lambda: file(application))
    assert (refused.status, str(refused)) == (409, "There is no decision here whose time to appeal still runs.")


@pytest.mark.parametrize(("minutes", "is_late"), [(-1, False), (1, True)])
def test_the_window_ends(declined, minutes, is_late):
    with clock.at(declined.released_at + APPEAL_WINDOW + timedelta(minutes=minutes)):
        if is_late:
            assert refusal_of(lambda: file(declined)).status == 409
        else:
            assert file(declined).state == AppealState.FILED


def test_an_approval_is_not_appealed(house):
    released = make_deliberation(house.call, state=DeliberationState.RELEASED)
    application = released.decisions.get().application
    assert refusal_of(lambda: file(application)).status == 409


def test_only_whoever_signs_files(house, declined):
    organisation = declined.organisation
    people = [make_member(organisation), make_person(), house.manager, make_signatory(make_application().organisation)]
    assert {refusal_of(lambda who=who: file(declined, who)).status for who in people} == {403}
    assert file(declined, make_signatory(organisation)).state == AppealState.FILED


def test_silence_is_refused_beside_its_box(house, declined):
    silent = refusal_of(lambda: file(declined, grounds=" "))
    assert (silent.status, silent.field) == (422, "grounds")
    appeal = file(declined)
    assert refusal_of(lambda: answer(appeal, house.manager, reason=" ")).field == "reason"
    assert refusal_of(lambda: answer(appeal, house.manager, word="perhaps")).field == "answer"


@pytest.mark.parametrize("role", Role)
def test_who_answers(house, role):
    appeal = make_appeal(house.call)
    person = make_person("", role, fund=house.call.fund)
    if role in {Role.MANAGER, Role.CLERK}:
        assert answer(appeal, person).answered_by == person
    else:
        assert isinstance(refusal_of(lambda: answer(appeal, person)), NotAllowed)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ((Role.MANAGER,), (Role.CLERK,), 200),
        ((Role.CLERK,), (Role.MANAGER,), 200),
        ((Role.MANAGER, Role.CLERK), (Role.MANAGER,), 200),
        ((Role.MANAGER,), (Role.MANAGER,), 403),
        ((Role.CLERK,), (Role.CLERK,), 403),
        ((Role.MANAGER,), (Role.OFFICER,), 403),
    ],
)
def test_the_two_are_a_manager_and_a_clerk(house, first, second, status):
    appeal = make_appeal(house.call)
    one, other = (make_person("", *roles, fund=house.call.fund) for roles in (first, second))
    answer(appeal, one)
    if status == 200:
        assert services.agree_appeal(appeal.pk, by=other).state == AppealState.UPHELD
    else:
        assert refusal_of(lambda: services.agree_appeal(appeal.pk, by=other)).status == status
        assert Appeal.objects.get().state == AppealState.FILED


def test_nobody_agrees_with_themselves_or_before_an_answer(house):
    appeal = make_appeal(house.call)
    both = make_person("", Role.MANAGER, Role.CLERK, fund=house.call.fund)
    assert refusal_of(lambda: services.agree_appeal(appeal.pk, by=both)).status == 409
    answer(appeal, both)
    assert refusal_of(lambda: services.agree_appeal(appeal.pk, by=both)).status == 403


def test_the_second_may_answer_otherwise_and_then_the_first_agrees(house):
    appeal = make_appeal(house.call)
    answer(appeal, house.manager)
    answer(appeal, house.clerk, Answer.DISMISS)
    assert services.agree_appeal(appeal.pk, by=house.manager).state == AppealState.DISMISSED


@pytest.mark.parametrize("who", ["tied", "elsewhere"])
def test_a_tie_or_another_fund_keeps_away(house, who):
    appeal = make_appeal(house.call)
    person = make_person("", Role.MANAGER, fund=house.call.fund if who == "tied" else make_fund())
    if who == "tied":
        make_conflict(person, appeal.application.organisation)
    assert refusal_of(lambda: answer(appeal, person)).status == 403
    answer(appeal, house.clerk)
    assert refusal_of(lambda: services.agree_appeal(appeal.pk, by=person)).status == 403


@pytest.mark.parametrize("state", AppealState)
def test_only_a_filed_appeal_is_answered_and_agreed_to(house, state):
    appeal = make_appeal(house.call, state=state)
    if state == AppealState.FILED:
        answer(appeal, house.manager)
        assert services.agree_appeal(appeal.pk, by=house.clerk).settled_at
        return
    assert refusal_of(lambda: answer(appeal, house.manager)).status == 409
    other = house.clerk if appeal.answered_by_id != house.clerk.pk else house.manager
    assert refusal_of(lambda: services.agree_appeal(appeal.pk, by=other)).status == 409


def test_a_call_with_an_open_appeal_is_not_concluded(house):
    appeal = make_appeal(house.call)
    with clock.at(clock.now() + APPEAL_WINDOW + timedelta(hours=1)):
        assert refusal_of(lambda: services.conclude(house.call.pk, by=house.manager)).status == 409
        answer(appeal, house.manager, Answer.DISMISS)
        services.agree_appeal(appeal.pk, by=house.clerk)
        assert services.conclude(house.call.pk, by=house.manager).decided_at


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("an_appeal_says_what_went_wrong", {"grounds": ""}),
        ("an_answered_appeal_says_by_whom_and_why", {"answer": Answer.UPHOLD}),
        ("an_appeal_is_settled_as_two_people_answered", {"settled_at": clock.now()}),
        # Breaks both rules; SQLite names the first, PostgreSQL the other.
        ("appeal_state_is_known|an_appeal_is_settled_as_two_people_answered", {"state": "lost"}),
    ],
)
def test_the_database_keeps_the_rules(house, name, changes):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_appeal(house.call, **{"state": AppealState.FILED} | changes) if "state" not in changes else (
            Appeal.objects.filter(pk=make_appeal(house.call).pk).update(**changes)
        )


def test_the_database_knows_two_different_people(house):
    appeal = make_appeal(house.call, state=AppealState.UPHELD)
    rule = "nobody_agrees_with_their_own_answer_to_an_appeal"
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(agreed_by=appeal.answered_by)
