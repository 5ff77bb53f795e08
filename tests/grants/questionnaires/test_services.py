from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.refusals import NotAllowed, Refusal
from grants.questionnaires import services
from grants.questionnaires.definition import Definition, Question, Section
from grants.questionnaires.models import FormVersion, Questionnaire
from grants.questionnaires.starter import starter
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import make_form_version, make_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_person("Olga Demo", Role.OFFICER)


def keys(form):
    return [[question.key for question in section.questions] for section in form.form.sections]


def test_a_form_begins_empty_or_with_the_usual_sections(officer):
    fund = make_fund(settlement_currency="EUR")
    empty = services.create_questionnaire(fund.pk, name="Empty", by=officer)
    usual = services.create_questionnaire(fund.pk, name="Usual", by=officer, from_starter=True)
    assert empty.form == Definition()
    assert usual.form == starter("EUR")
    assert Entry.objects.filter(action="forms.create", actor=officer).count() == 2


def test_a_copy_in_another_fund_takes_its_currency(officer):
    form = make_questionnaire()
    copy = services.copy_questionnaire(
        form.pk, fund_id=make_fund(settlement_currency="CAD").pk, name="Copy", by=officer
    )
    assert copy.form == starter("CAD")
    assert copy.name == "Copy"


PARTS = {
    services.add_section: {"section": Section("new", {"en": "New"})},
    services.change_section: {"section": Section("money", {"en": "Money"})},
    services.move_section: {"key": "money", "direction": "up"},
    services.remove_section: {"key": "money"},
    services.add_question: {"section_key": "you", "question": Question("more", "date")},
    services.change_question: {"question": Question("people", "short_text")},
    services.move_question: {"key": "amount", "direction": "down"},
    services.remove_question: {"key": "amount"},
    services.save_definition: {"definition": {"sections": []}},
    services.rename_questionnaire: {"name": "Another name"},
}


@pytest.mark.parametrize("act", PARTS, ids=lambda act: act.__name__)
def test_each_change_counts_up_the_version_and_is_recorded(act, officer):
    form = make_questionnaire()
    changed = act(form.pk, **PARTS[act], version=1, by=officer)
    assert (changed.version, changed.updated_by) == (2, officer)
    assert (changed.definition, changed.name) != (form.definition, form.name)
    assert Entry.objects.get(subject_id=str(form.pk)).facts["version"] == 2


@pytest.mark.parametrize("act", PARTS, ids=lambda act: act.__name__)
def test_a_stale_version_is_refused_and_changes_nothing(act, officer):
    form = make_questionnaire(version=3, updated_by=make_person("Bruno Demo"))
    with pytest.raises(Refusal, match="Bruno Demo changed this form meanwhile") as refused:
        act(form.pk, **PARTS[act], version=2, by=officer)
    assert refused.value.status == 409
    assert Questionnaire.objects.get().definition == form.definition


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.MANAGER}])
def test_other_roles_change_no_form(role):
    form, person = make_questionnaire(), make_person("Nobody Demo", role)
    for act, facts in PARTS.items():
        with pytest.raises(NotAllowed):
            act(form.pk, **facts, version=1, by=person)
    with pytest.raises(NotAllowed):
        services.freeze(form.pk, by=person)


def test_an_officer_of_another_fund_changes_no_form():
    form = make_questionnaire()
    stranger = make_person("Olga Demo", Role.OFFICER, fund=make_fund())
    with pytest.raises(NotAllowed):
        services.remove_section(form.pk, key="you", version=1, by=stranger)
    with pytest.raises(NotAllowed):
        services.create_questionnaire(form.fund_id, name="Mine", by=stranger)
    with pytest.raises(Questionnaire.DoesNotExist):
        services.copy_questionnaire(form.pk, fund_id=form.fund_id, name="Mine", by=stranger)


def test_what_is_no_definition_is_refused(officer):
    form = make_questionnaire()
    with pytest.raises(Refusal) as refused:
        services.save_definition(form.pk, definition={"sections": [{"key": "A B"}]}, version=1, by=officer)
    assert refused.value.status == 422


def test_a_question_moves_past_the_edge_of_its_section(officer):
    form = make_questionnaire()
    services.move_question(form.pk, key="amount", direction="up", version=1, by=officer)
    form.refresh_from_db()
    assert keys(form)[0][-1] == "amount"
    services.move_question(form.pk, key="amount", direction="down", version=2, by=officer)
    form.refresh_from_db()
    assert form.form == starter()
    services.move_question(form.pk, key="title", direction="up", version=3, by=officer)
    form.refresh_from_db()
    assert form.form == starter()


def test_freezing_twice_without_a_change_is_one_version(officer):
    form = make_questionnaire()
    first = services.freeze(form.pk, by=officer)
    assert services.freeze(form.pk, by=officer, languages=["en"]) == first
    services.remove_question(form.pk, key="papers", version=1, by=officer)
    second = services.freeze(form.pk, by=officer)
    assert (first.number, second.number) == (1, 2)
    assert "papers" in first.form.by_key
    assert "papers" not in second.form.by_key
    assert Entry.objects.filter(action="forms.freeze").count() == 2


def test_an_incomplete_form_is_not_published(officer):
    french = starter()
    half = replace(french.sections[0], titles={"fr": "Le projet"})
    form = make_questionnaire(form=Definition((half, *french.sections[1:])))
    with pytest.raises(Refusal, match="has no title in English"):
        services.freeze(form.pk, by=officer)
    services.freeze(form.pk, by=officer, languages=["fr"])


@pytest.mark.parametrize("change", [lambda one: one.delete(), lambda one: FormVersion.objects.update(number=9)])
def test_a_published_version_never_changes(change):
    made = make_form_version()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(made)
    assert FormVersion.objects.get().definition == made.definition
