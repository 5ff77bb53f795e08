from dataclasses import replace

import pytest

from fundportal.access import Role
from grants.questionnaires import editing
from grants.questionnaires.conditions import condition_values
from grants.questionnaires.definition import Choice, Condition, Definition, Question, Section
from grants.questionnaires.queries import forms_for, problems
from grants.questionnaires.starter import starter
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import make_form_version, make_questionnaire

EN = {"en": "Words"}


def changed(key, **facts):
    form = starter()
    return editing.with_changed_question(form, replace(form.by_key[key], **facts))


def only(*questions):
    return Definition((Section("s", EN, questions=questions),))


TITLE = Question("title", "short_text", EN, role="title")


def test_the_starter_lacks_nothing_in_its_two_languages():
    assert problems(starter(), ["en", "fr"]) == []


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (Definition(), "There is no section yet. Add one."),
        (Definition((Section("s", EN),)), "The section “Words” asks nothing. Add a question or remove it."),
        (Definition((Section("s", {}, questions=(TITLE,)),)), "The section “s” has no title in English."),
        (only(replace(TITLE, labels={})), "“title” has no wording in English."),
        (only(TITLE, Question("a", "date", EN, {"fr": "Aide"})), "The help of “Words” has no wording in English."),
        (only(TITLE, Question("a", "choice", EN)), "“Words” needs at least two choices."),
        (
            only(TITLE, Question("a", "choice", EN, choices=(Choice("x", EN), Choice("y")))),
            "A choice of “Words” has no wording in English.",
        ),
        (changed("amount", role=""), "The budget has nothing to add up to: no question is what is asked for."),
        (changed("summary", role="title"), "Only one question may be “The project's title”."),
        (changed("change", role="amount"), "is not of the kind that “What is asked for” needs."),
        (changed("title", is_required=False), "Everybody has to be asked for the project's title."),
        (changed("title", role=""), "No question is the project's title. Lists and letters need it."),
        (changed("funders", condition=Condition("gone", ("yes",))), "waits for an answer that nobody can give."),
        (changed("funders", condition=Condition("other_funders", ("maybe",))), "that nobody can give."),
        (changed("other_funders", condition=Condition("other_funders", ("yes",))), "waits for a question that waits"),
    ],
)
def test_what_a_form_lacks_is_said_in_a_sentence(form, sentence):
    assert sentence in " ".join(problems(form, ["en"]))


def test_a_language_counts_only_when_it_is_asked_for():
    form = only(TITLE)
    assert problems(form, ["en"]) == []
    assert problems(form, ["en", "fr"]) == [
        "The section “Words” has no title in French.",
        "“Words” has no wording in French.",
    ]


def test_others_may_wait_for_choices_and_declarations():
    form = starter()
    assert condition_values(form.by_key["other_funders"]) == [("yes", "Yes"), ("no", "No")]
    assert condition_values(form.by_key["declaration"]) == [("yes", "Confirmed")]
    assert condition_values(form.by_key["title"]) == []


@pytest.mark.django_db
def test_a_role_sees_the_forms_of_its_fund_only():
    ours, theirs = make_questionnaire(), make_questionnaire()
    make_form_version(ours)
    make_form_version(ours)
    officer = make_person("Olga Demo", Role.OFFICER, fund=ours.fund)
    assert [(form.pk, form.last_version) for form in forms_for(officer)] == [(ours.pk, 2)]
    assert theirs not in forms_for(officer)
    assert not forms_for(make_person("Rosa Demo", Role.REVIEWER)).exists()
    assert forms_for(make_person("Ada Demo", Role.AUDITOR)).count() == 2
    assert not forms_for(make_person("Mona Demo", Role.OFFICER, fund=make_fund())).exists()
