"""Every act on a report from every state, by every role: who may not gets 403, what may not be gets 409."""

from collections.abc import Callable
from functools import partial

import pytest

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.refusals import Refusal
from grants.awards.models import ReportDue
from grants.awards.states import ReportState
from grants.reports import services
from tests.factories.organisations import join, make_conflict, make_member
from tests.factories.people import make_fund, make_person
from tests.factories.reports import make_report, signatory_of
from tests.grants.rows import answered, undone

pytestmark = pytest.mark.django_db

R = ReportState
Act = Callable[[ReportDue, User], object]
FACTS = services.PublicFacts({"en": "Food.", "fr": "À manger."}, shows_results=True, shows_spending=False)
READERS, PUBLISHERS = (Role.OFFICER, Role.MANAGER), (Role.OFFICER, Role.EDITOR)


def sent(report: ReportDue, by: User) -> object:
    draft = getattr(report, "draft", None)
    return services.submit_report(report.pk, version=draft.version if draft else 0, by=by)


def published(report: ReportDue, by: User) -> object:
    return services.clear_for_publication(report.pk, facts=FACTS, version=0, by=by)


OFFICE: dict[str, tuple[Act, tuple[str, ...], tuple[str, ...], str]] = {
    "ask": (
        lambda one, by: services.ask_for_changes(one.pk, revision=1, reason="Who paid for the ovens?", by=by),
        READERS,
        (R.SUBMITTED,),
        R.CHANGES_REQUESTED,
    ),
    "accept": (
        lambda one, by: services.accept_report(one.pk, revision=1, feedback="Thank you, clear and short.", by=by),
        READERS,
        (R.SUBMITTED,),
        R.ACCEPTED,
    ),
    "waive": (
        lambda one, by: services.waive_report(one.pk, reason="The project ended sooner.", by=by),
        (Role.MANAGER,),
        (R.SCHEDULED, R.OPEN, R.CHANGES_REQUESTED),
        R.WAIVED,
    ),
    "publish": (published, PUBLISHERS, (R.ACCEPTED,), R.ACCEPTED),
}


def somebody(role: str, report: ReportDue) -> User:
    return make_person(f"{role.title()} Tester", Role(role), fund=report.award.fund)


def tried(do: Act, one: ReportDue, by: User) -> tuple[int, str, list[tuple[str, str]]]:
    """The answer, the state afterwards and what was recorded: when it was refused, of anything at all."""
    with undone():
        before = set(Entry.objects.values_list("pk", flat=True))
        status = answered(do, one, by)
        rows = Entry.objects.exclude(pk__in=before)
        if status == 200:
            rows = rows.filter(subject_kind="awards.reportdue", subject_id=str(one.pk))
        recorded = [(row.before, row.after) for row in rows]
        return status, ReportDue.objects.get(pk=one.pk).state, recorded


@pytest.mark.parametrize("state", R)
def test_the_office_acts_only_from_these_states(house, state):
    report = make_report(house.award, state=state)
    for act, (do, roles, sources, target) in OFFICE.items():
        expected = (200, target, [(state, target)]) if state in sources else (409, state, [])
        assert (act, tried(do, report, somebody(roles[0], report))) == (act, expected)


@pytest.mark.parametrize("act", OFFICE)
def test_the_office_acts_only_in_these_roles(house, act):
    do, roles, sources, target = OFFICE[act]
    report = make_report(house.award, state=sources[0])
    for role in Role:
        status, state, _recorded = tried(do, report, somebody(role, report))
        assert (role, status, state) == (role, *((200, target) if role in roles else (403, sources[0])))


@pytest.mark.parametrize("act", OFFICE)
def test_nobody_with_a_tie_and_nobody_of_another_fund_acts(house, act):
    do, roles, sources, _target = OFFICE[act]
    report = make_report(house.award, state=sources[0])
    hostile, working_there, elsewhere = (somebody(roles[0], report) for _each in range(3))
    make_conflict(hostile, report.award.organisation)
    join(working_there, report.award.organisation)
    elsewhere.role_grants.update(fund=make_fund())
    ties = {"a conflict": hostile, "a membership": working_there, "another fund": elsewhere}
    assert {tie: answered(do, report, by) for tie, by in ties.items()} == dict.fromkeys(ties, 403)


@pytest.mark.parametrize("state", R)
def test_a_report_is_sent_only_while_it_is_with_the_grantee(house, state):
    report = make_report(house.award, state=state)
    by = signatory_of(report)
    if state == R.SUBMITTED:
        assert sent(report, by).number == 1  # the same twice is once
    elif state in {R.OPEN, R.CHANGES_REQUESTED}:
        sent(report, by)
        assert ReportDue.objects.get(pk=report.pk).state == R.SUBMITTED
    else:
        with pytest.raises(Refusal) as refused:
            sent(report, by)
        assert refused.value.status == 409
        assert ReportDue.objects.get(pk=report.pk).state == state


def test_only_the_organisations_own_people_write_and_send(house):
    report = make_report(house.award)
    people = {role: somebody(role, report) for role in Role}
    people |= {"another organisation": make_member(make_report().award.organisation)}
    write = partial(services.save_report, report.pk, part="learnt", content={"lesson": "x"}, version=1)
    for act in (partial(services.submit_report, report.pk, version=1), write):
        assert {who: answered(act, by=by) for who, by in people.items()} == dict.fromkeys(people, 403)
    assert ReportDue.objects.get(pk=report.pk).state == R.OPEN


@pytest.mark.parametrize("state", R)
def test_a_part_is_written_only_while_the_report_is_with_the_grantee(house, state):
    report = make_report(house.award, state=state)
    save = partial(services.save_report, report.pk, part="learnt", version=9, by=signatory_of(report))
    if state in {R.OPEN, R.CHANGES_REQUESTED}:
        assert save(content={"lesson": "Ask sooner."}).answers["lesson"] == "Ask sooner."
        return
    with pytest.raises(Refusal) as refused:
        save(content={"lesson": "Ask sooner."})
    assert refused.value.status == 409


@pytest.mark.parametrize(("act", "field"), [("ask", "reason"), ("accept", "feedback"), ("waive", "reason")])
def test_the_office_never_moves_a_report_without_words(house, act, field):
    report = make_report(house.award, state=OFFICE[act][2][0])
    by = somebody(OFFICE[act][1][0], report)
    silent = {
        "ask": partial(services.ask_for_changes, revision=1, reason="  "),
        "accept": partial(services.accept_report, revision=1, feedback="  "),
        "waive": partial(services.waive_report, reason="  "),
    }
    with pytest.raises(Refusal) as refused:
        silent[act](report.pk, by=by)
    assert (refused.value.status, refused.value.field) == (422, field)
    assert ReportDue.objects.get(pk=report.pk).state == report.state
