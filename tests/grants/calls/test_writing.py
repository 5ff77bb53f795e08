"""Writing a call at its services: facts, stages, criteria; what is stale, fixed or out of order is refused."""

from datetime import UTC, date, datetime

import pytest

from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.calls import queries, services
from grants.calls.models import Call
from grants.calls.services import CriterionFacts, StageFacts
from grants.calls.states import ASSESSING, CLOSED, DRAFT, FORECAST, OPEN, SCORES
from tests.factories.calls import make_call, make_stage
from tests.factories.gifts import make_purpose
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import make_questionnaire

pytestmark = pytest.mark.django_db

OPENS, DEADLINE = datetime.fromisoformat("2027-01-04T09:00"), datetime.fromisoformat("2027-01-29T17:00")


def officer_of(call):
    return make_person("", Role.OFFICER, fund=call.fund)


def refused(act, *arguments, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*arguments, **facts)
    return caught.value


def stage_facts(**facts) -> StageFacts:
    defaults = {"titles": {"en": "One"}, "opens": OPENS, "deadline": DEADLINE, "zone": "America/New_York"}
    return StageFacts(**(defaults | facts))


def test_a_call_begins_in_the_currency_of_the_books():
    fund = make_fund(settlement_currency="EUR")
    purpose = make_purpose(fund)
    officer = make_person("", Role.OFFICER, fund=fund)
    call = services.create_call(
        fund.pk, purpose_id=purpose.pk, code="welcome", prefix="W27", titles={"en": "Welcome"}, by=officer
    )
    assert (call.currency, call.state, call.languages) == ("EUR", DRAFT, ["en"])
    assert Entry.objects.get().action == "calls.create"


def test_codes_and_prefixes_are_taken_once_and_purposes_belong_to_the_fund():
    call = make_call(state=DRAFT)
    facts = {"purpose_id": call.purpose_id, "titles": {}, "by": officer_of(call)}
    begin = services.create_call
    assert refused(begin, call.fund_id, code=call.code, prefix="NEW1", **facts).field == "code"
    assert refused(begin, call.fund_id, code="other", prefix=call.prefix, **facts).field == "prefix"
    facts["purpose_id"] = make_purpose(make_fund()).pk
    assert refused(begin, call.fund_id, code="other", prefix="NEW1", **facts).field == "purpose"


def test_only_what_changed_is_recorded():
    call = make_call(state=DRAFT)
    edited = services.edit_call(
        call.pk, facts={"burden_hours": 12, "languages": call.languages}, version=1, by=officer_of(call)
    )
    assert (edited.burden_hours, edited.version) == (12, 2)
    assert Entry.objects.get().facts == {"changed": ["burden_hours"]}


def test_a_stale_form_is_refused_and_changes_nothing():
    call = make_call(state=DRAFT)
    officer = officer_of(call)
    services.edit_call(call.pk, facts={"burden_hours": 12}, version=1, by=officer)
    assert refused(services.edit_call, call.pk, facts={"burden_hours": 3}, version=1, by=officer).status == 409
    assert Call.objects.get().burden_hours == 12


@pytest.mark.parametrize(
    ("amounts", "field"),
    [
        ((100, 50, 40), "maximum"),
        ((100, 50, 200), "budget"),
        ((0, None, None), "budget"),
        ((None, -1, None), "minimum"),
    ],
)
def test_amounts_out_of_order_are_refused_at_their_field(amounts, field):
    call = make_call(state=DRAFT)
    names = ("budget", "minimum", "maximum")
    money = {name: None if minor is None else Money(minor, "USD") for name, minor in zip(names, amounts, strict=True)}
    refusal = refused(services.edit_call, call.pk, facts=money, version=1, by=officer_of(call))
    assert (refusal.status, refusal.field) == (422, field)


@pytest.mark.parametrize("state", [FORECAST, OPEN, CLOSED])
def test_what_was_announced_stays_while_words_may_become_clearer(state):
    call = make_call(state=state)
    officer = officer_of(call)
    fixed = {"budget": Money(100, "USD"), "applicant_kinds": ["city"], "languages": ["en"], "burden_hours": 1}
    for name, value in fixed.items():
        assert refused(services.edit_call, call.pk, facts={name: value}, version=1, by=officer).status == 409
    clearer = {"titles": {"en": "Clearer", "fr": "Plus clair"}, "decision_by_on": date(2027, 6, 1)}
    assert services.edit_call(call.pk, facts=clearer, version=1, by=officer).title == "Clearer"


@pytest.mark.parametrize("gap", [{"titles": {"en": "Only English"}}, {"texts": {}}, {"decision_by_on": None}])
def test_an_announced_call_does_not_lose_a_text_or_its_day(gap):
    call = make_call(state=OPEN)
    assert refused(services.edit_call, call.pk, facts=gap, version=1, by=officer_of(call)).status == 422


def test_nothing_is_rewritten_once_the_assessment_has_begun():
    call = make_call(state=ASSESSING)
    facts = {"titles": {"en": "Other"}}
    assert refused(services.edit_call, call.pk, facts=facts, version=1, by=officer_of(call)).status == 409


def test_a_check_list_keeps_its_keys_when_a_line_is_put_between():
    first = services.rules_from({"en": ["In a city", "Not for profit"], "fr": ["En ville", "Sans profit"]})
    second = services.rules_from({"en": ["In a city", "Signed", "Not for profit"], "fr": ["En ville", "Signé"]})
    assert [rule["key"] for rule in first] == ["in-a-city", "not-for-profit"]
    assert [rule["key"] for rule in second] == ["in-a-city", "signed", "not-for-profit"]
    assert second[2]["texts"] == {"en": "Not for profit"}


def test_a_stage_is_written_and_written_again():
    call = make_call(state=DRAFT, stages=0)
    officer = officer_of(call)
    form = make_questionnaire(call.fund)
    services.set_stage(call.pk, number=1, facts=stage_facts(questionnaire_id=form.pk), version=1, by=officer)
    stage = services.set_stage(call.pk, number=1, facts=stage_facts(grace_minutes=10), version=2, by=officer)
    assert stage.opens_at == datetime(2027, 1, 4, 14, tzinfo=UTC)
    assert (stage.deadline_wall, stage.grace_minutes, call.stages.count()) == ("2027-01-29T17:00", 10, 1)


def test_a_stage_out_of_order_or_with_foreign_facts_is_refused():
    call = make_call(state=DRAFT, stages=0)
    act = {"version": 1, "by": officer_of(call)}
    foreign = make_questionnaire(make_fund()).pk
    assert refused(services.set_stage, call.pk, number=2, facts=stage_facts(), **act).status == 409
    for facts, field in [
        ({"zone": "Nowhere/Land"}, "zone"),
        ({"deadline": OPENS}, "deadline"),
        ({"questionnaire_id": foreign}, "questionnaire"),
    ]:
        assert refused(services.set_stage, call.pk, number=1, facts=stage_facts(**facts), **act).field == field


def test_the_last_stage_goes_with_its_criteria():
    call = make_call(state=DRAFT, stages=2)
    officer = officer_of(call)
    services.remove_last_stage(call.pk, version=1, by=officer)
    assert [stage.number for stage in call.stages.all()] == [1]
    services.remove_last_stage(call.pk, version=2, by=officer)
    assert refused(services.remove_last_stage, call.pk, version=3, by=officer).status == 409


def test_criteria_are_written_moved_and_removed():
    call = make_call(state=DRAFT, stages=0)
    stage = make_stage(call, criteria=(("need", 60), ("design", 40)))
    officer = officer_of(call)
    facts = CriterionFacts({"en": "Stays"}, 10, anchors={str(score): {"en": "x"} for score in SCORES})
    stays = services.set_criterion(stage.pk, key="stays", facts=facts, version=1, by=officer)
    services.move_criterion(stays.pk, step=-1, version=2, by=officer)
    services.move_criterion(stays.pk, step=-1, version=3, by=officer)
    services.move_criterion(stays.pk, step=-1, version=4, by=officer)
    assert [each.key for each in stage.criteria.order_by("position")] == ["stays", "need", "design"]
    services.remove_criterion(stays.pk, version=5, by=officer)
    assert [each.key for each in stage.criteria.order_by("position")] == ["need", "design"]


@pytest.mark.parametrize("weight", [0, 101])
def test_a_weight_lies_between_1_and_100(weight):
    call = make_call(state=DRAFT)
    facts = CriterionFacts({"en": "Need"}, weight)
    refusal = refused(
        services.set_criterion, call.stages.get().pk, key="need", facts=facts, version=1, by=officer_of(call)
    )
    assert refusal.field == "weight"


@pytest.mark.parametrize("state", [FORECAST, OPEN, CLOSED])
def test_stages_and_weights_stay_once_announced(state):
    call = make_call(state=state)
    stage, act = call.stages.get(), {"version": 1, "by": officer_of(call)}
    criterion = stage.criteria.get(key="need")
    facts = CriterionFacts({"en": "Need"}, 50)
    assert refused(services.set_criterion, stage.pk, key="need", facts=facts, **act).status == 409
    assert refused(services.remove_criterion, criterion.pk, **act).status == 409
    assert refused(services.set_stage, call.pk, number=1, facts=stage_facts(), **act).status == 409
    assert refused(services.remove_last_stage, call.pk, **act).status == 409


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.MANAGER}])
def test_nobody_else_writes(role):
    call = make_call(state=DRAFT)
    person = make_person("", role, fund=call.fund)
    assert refused(services.edit_call, call.pk, facts={}, version=1, by=person).status == 403
    assert refused(services.remove_last_stage, call.pk, version=1, by=person).status == 403


GAPS = {
    "has_its_money": {"budget_minor": None},
    "has_its_applicants": {"applicant_kinds": []},
    "has_its_texts": {"summaries": {"en": "Only English."}},
    "says_what_it_costs": {"burden_hours": None},
    "says_when_it_answers": {"decision_by_on": None},
}


@pytest.mark.parametrize("gap", GAPS)
def test_one_thing_missing_is_one_sentence_and_no_announcement(gap):
    call = make_call(state=DRAFT, **GAPS[gap])
    assert len(queries.missing(call)) == 1
    manager = make_person("", Role.MANAGER, fund=call.fund)
    assert str(refused(services.publish, call.pk, by=manager)) == queries.missing(call)[0]


STAGE_GAPS = {
    "no stage": {"stages": 0},
    "its name": {"titles": {"en": "One"}},
    "its form": {"questionnaire": None},
    "its order": {"opens_at": datetime(2099, 1, 1, tzinfo=UTC)},
    "its deadline": {"deadline_wall": "2020-01-01T10:00", "opens_at": datetime(2019, 1, 1, tzinfo=UTC)},
}


@pytest.mark.parametrize("gap", STAGE_GAPS)
def test_a_gap_in_a_stage_is_one_sentence(gap):
    facts = STAGE_GAPS[gap]
    call = make_call(state=DRAFT, stages=facts.get("stages", 1))
    call.stages.update(**{name: value for name, value in facts.items() if name != "stages"})
    assert len(queries.missing(call)) == 1


def test_a_rubric_adds_up_and_says_what_every_score_means():
    call = make_call(state=DRAFT)
    criterion = call.stages.get().criteria.get(key="need")
    criterion.weight, criterion.anchors = 39, {"0": {"en": "Nothing"}}
    criterion.save()
    assert len(queries.missing(call)) == 2


def test_an_incomplete_form_says_everything_it_lacks():
    call = make_call(state=DRAFT)
    form = call.stages.get().questionnaire
    form.definition = {"sections": [{"key": "one", "titles": {"en": "One"}}]}
    form.save()
    found = queries.missing(call)
    assert found[0] == "A form is not complete in each language of the call."
    assert len(found) > 2
    assert all(sentence.startswith("Form of stage 1: ") for sentence in found[1:])


def test_announcing_freezes_the_form_and_taking_back_lets_it_go():
    call = make_call(state=DRAFT)
    manager = make_person("", Role.MANAGER, fund=call.fund)
    services.publish(call.pk, by=manager)
    frozen = call.stages.get().form_version
    assert frozen.definition == frozen.questionnaire.definition
    services.withdraw(call.pk, by=manager)
    assert call.stages.get().form_version is None
    services.publish(call.pk, by=manager)
    assert call.stages.get().form_version == frozen


def test_a_deadline_moves_only_later_with_a_reason_and_before_the_next_stage():
    call = make_call(stages=2)
    first, second = call.stages.order_by("number")
    act = {"by": make_person("", Role.MANAGER, fund=call.fund)}
    wall = datetime.fromisoformat(first.deadline_wall)
    later = datetime.fromisoformat(second.deadline_wall)
    assert refused(services.extend, first.pk, deadline=wall, reason="A storm.", **act).field == "deadline"
    assert refused(services.extend, first.pk, deadline=later, reason="A storm.", **act).field == "deadline"
    assert refused(services.extend, second.pk, deadline=later.replace(year=2099), reason=" ", **act).field == "reason"
    assert not first.extensions.exists()
    assert refused(services.cancel, call.pk, reason="", **act).field == "reason"
