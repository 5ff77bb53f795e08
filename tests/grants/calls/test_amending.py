"""What an open call's form may take on: whoever answered all of it has nothing to put right after."""

import pytest

from fundportal.access import Role
from fundportal.refusals import Refusal
from grants.calls import services
from grants.calls.models import Stage
from grants.calls.queries import compare
from grants.questionnaires.definition import Definition
from tests.factories.calls import make_call
from tests.factories.people import make_person
from tests.factories.questionnaires import add_a_question, reword

TEXT = {"key": "story", "kind": "long_text", "labels": {"en": "Story"}, "word_limit": 100}
NUMBER = {"key": "people", "kind": "number", "labels": {"en": "People"}, "minimum": "9", "maximum": "100"}
CHOICE = {"key": "who", "kind": "choice", "labels": {"en": "Who"}, "choices": [{"key": "a"}, {"key": "b"}]}
FILE = {"key": "plan", "kind": "file", "labels": {"en": "Plan"}, "accept": ["pdf"], "is_required": False}


def form(*questions, title="One"):
    return Definition.read({"sections": [{"key": "one", "titles": {"en": title}, "questions": list(questions)}]})


ALLOWED = {
    "words": (TEXT, TEXT | {"labels": {"en": "Your story"}}),
    "help": (TEXT, TEXT | {"helps": {"en": "In your words"}}),
    "more words": (TEXT, TEXT | {"word_limit": 200}),
    "any number of words": (TEXT, TEXT | {"word_limit": None}),
    "optional": (TEXT, TEXT | {"is_required": False}),
    "a lower floor": (NUMBER, NUMBER | {"minimum": "8"}),
    "a higher ceiling": (NUMBER, NUMBER | {"maximum": "1000"}),
    "another choice": (CHOICE, CHOICE | {"choices": [*CHOICE["choices"], {"key": "c"}]}),
    "more kinds of files": (FILE, FILE | {"accept": ["pdf", "docx"]}),
    "every kind of file": (FILE, FILE | {"accept": []}),
}
FORBIDDEN = {
    "another kind": (TEXT, TEXT | {"kind": "short_text"}),
    "another role": (TEXT, TEXT | {"role": "summary"}),
    "a condition": (TEXT, TEXT | {"condition": {"question": "who", "is": ["a"]}}),
    "fewer words": (TEXT, TEXT | {"word_limit": 99}),
    "required": (FILE, FILE | {"is_required": True}),
    "a higher floor": (NUMBER, NUMBER | {"minimum": "10"}),
    "a lower ceiling": (NUMBER, NUMBER | {"maximum": "99"}),
    "a choice fewer": (CHOICE, CHOICE | {"choices": CHOICE["choices"][:1]}),
    "a choice exchanged": (CHOICE, CHOICE | {"choices": [{"key": "a"}, {"key": "c"}]}),
    "fewer kinds of files": (FILE | {"accept": []}, FILE),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_question_may_become_clearer_or_wider(name):
    before, after = ALLOWED[name]
    change = compare(form(before), form(after))
    assert (change.objections, len(change.clearer), change.added) == ((), 1, ())


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_question_may_not_become_another_or_narrower(name):
    before, after = FORBIDDEN[name]
    assert len(compare(form(before), form(after)).objections) == 1


def test_questions_may_be_added_when_optional_and_never_go_away_or_move():
    optional, asked = FILE, TEXT
    assert compare(form(asked), form(asked, optional)).added == ("Plan",)
    assert len(compare(form(optional), form(optional, asked)).objections) == 1
    assert len(compare(form(asked, optional), form(asked)).objections) == 1
    moved = {"sections": [{"key": "one", "questions": [TEXT]}, {"key": "two", "questions": [FILE]}]}
    assert len(compare(form(asked, optional), Definition.read(moved)).objections) == 1


def test_the_same_form_is_no_change_and_a_title_is_one():
    assert compare(form(TEXT), form(TEXT)).is_empty
    assert compare(form(TEXT), form(TEXT, title="First")).clearer == ("First",)


@pytest.fixture
def stage(db):
    return make_call().stages.select_related("questionnaire", "call__fund").get()


@pytest.fixture
def manager(stage):
    return make_person("", Role.MANAGER, fund=stage.call.fund)


def refused(stage, by):
    with pytest.raises(Refusal) as caught:
        services.amend_form(stage.pk, by=by)
    assert Stage.objects.get().form_version_id == stage.form_version_id
    return caught.value


def test_the_stage_asks_by_the_new_version_from_then_on(stage, manager):
    add_a_question(stage)
    version = services.amend_form(stage.pk, by=manager)
    assert Stage.objects.get().form_version == version
    assert "website" in version.form.by_key
    assert version.number == 2
    again = Stage.objects.get()
    assert "already" in str(refused(again, manager))


def test_an_objection_changes_nothing(stage, manager):
    reword(stage.questionnaire, "summary", word_limit=5)
    assert "less room" in str(refused(stage, manager))
    assert stage.questionnaire.versions.count() == 1


def test_an_incomplete_form_is_not_published(stage, manager):
    add_a_question(stage, labels={"en": "Website"})
    assert refused(stage, manager).status == 409


def test_a_stage_that_is_over_keeps_its_form(manager, stage):
    add_a_question(stage)
    Stage.objects.filter(pk=stage.pk).update(deadline_wall="2020-01-01T00:00")
    assert "no more applications" in str(refused(stage, manager))
