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
from tests.factories.people import make_person
from tests.factories.reports import make_report, signatory_of

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


@pytest.mark.parametrize("state", R)
@pytest.mark.parametrize("act", OFFICE)
def test_the_office_acts_only_from_these_states(act, state):
    do, roles, sources, target = OFFICE[act]
    report = make_report(state=state)
    by, before = somebody(roles[0], report), Entry.objects.count()
    if state in sources:
        do(report, by)
        rows = Entry.objects.filter(subject_kind="awards.reportdue", subject_id=str(report.pk))
        assert [(row.before, row.after) for row in rows] == [(state, target)]
    else:
        with pytest.raises(Refusal) as refused:
            do(report, by)
        assert refused.value.status == 409
        assert Entry.objects.count() == before
    assert ReportDue.objects.get(pk=report.pk).state == (target if state in sources else state)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", OFFICE)
def test_the_office_acts_only_in_these_roles(act, role):
    do, roles, sources, target = OFFICE[act]
    report = make_report(state=sources[0])
    by = somebody(role, report)
    if role in roles:
        do(report, by)
    else:
        with pytest.raises(Refusal) as refused:
            do(report, by)
        assert refused.value.status == 403
    assert ReportDue.objects.get(pk=report.pk).state == (target if role in roles else sources[0])


@pytest.mark.parametrize("act", OFFICE)
@pytest.mark.parametrize("tie", ["a conflict", "a membership", "another fund"])
def test_nobody_with_a_tie_and_nobody_of_another_fund_acts(act, tie):
    do, roles, sources, _target = OFFICE[act]
    report = make_report(state=sources[0])
    by = somebody(roles[0], make_report() if tie == "another fund" else report)
    if tie == "a conflict":
        make_conflict(by, report.award.organisation)
    if tie == "a membership":
        join(by, report.award.organisation)
    with pytest.raises(Refusal) as refused:
        do(report, by)
    assert refused.value.status == 403


@pytest.mark.parametrize("state", R)
def test_a_report_is_sent_only_while_it_is_with_the_grantee(state):
    report = make_report(state=state)
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


@pytest.mark.parametrize("role", [*Role, None])
def test_only_the_organisations_own_people_write_and_send(role):
    report = make_report()
    by = somebody(role, report) if role else make_member(make_report().award.organisation)
    write = partial(services.save_report, report.pk, part="learnt", content={"lesson": "x"}, version=1)
    for act in (partial(services.submit_report, report.pk, version=1), write):
        with pytest.raises(Refusal) as refused:
            act(by=by)
        assert refused.value.status == 403
    assert ReportDue.objects.get(pk=report.pk).state == R.OPEN


@pytest.mark.parametrize("state", R)
def test_a_part_is_written_only_while_the_report_is_with_the_grantee(state):
    report = make_report(state=state)
    save = partial(services.save_report, report.pk, part="learnt", version=9, by=signatory_of(report))
    if state in {R.OPEN, R.CHANGES_REQUESTED}:
        assert save(content={"lesson": "Ask sooner."}).answers["lesson"] == "Ask sooner."
        return
    with pytest.raises(Refusal) as refused:
        save(content={"lesson": "Ask sooner."})
    assert refused.value.status == 409


@pytest.mark.parametrize(("act", "field"), [("ask", "reason"), ("accept", "feedback"), ("waive", "reason")])
def test_the_office_never_moves_a_report_without_words(act, field):
    report = make_report(state=OFFICE[act][2][0])
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
