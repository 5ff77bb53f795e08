"""What is typed becomes JSON, what is half typed stays, and a form shows what is saved."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from grants.questionnaires import editing
from grants.questionnaires.answers import SectionForm, problems
from grants.questionnaires.definition import Choice, Condition, Definition, Question, Section
from grants.questionnaires.section_form import PreviewForm
from grants.questionnaires.starter import starter
from tests.factories.questionnaires import make_answers

PROJECT, MONEY, YOU = range(3)
EN = {"en": "Words"}


def fill(text, section=MONEY, *, answers=None, form=None, files=None):
    form = form or starter()
    return SectionForm(form.sections[section], form, answers or {}, QueryDict(text), files)


def one(kind, text, **facts):
    form = Definition((Section("s", EN, questions=(Question("q", kind, EN, **facts),)),))
    return fill(text, 0, form=form)


@pytest.mark.parametrize(
    ("kind", "facts", "text", "answer"),
    [
        ("short_text", {}, "a-q=+A%0D%0Akitchen%00++", "A kitchen"),
        ("long_text", {}, "a-q=One%0D%0A%0D%0ATwo+", "One\n\nTwo"),
        ("number", {}, "a-q=1,200.50", "1200.5"),
        ("number", {}, "a-q=%E2%88%923", "-3"),
        ("number", {}, "a-q=%D9%A1%D9%A2", "12"),
        ("money", {"currency": "JPY"}, "a-q=1,200", {"minor": 1200, "currency": "JPY"}),
        ("money", {"currency": "KWD"}, "a-q=1.5", {"minor": 1500, "currency": "KWD"}),
        ("date", {}, "a-q=2027-02-28", "2027-02-28"),
        ("choice", {"choices": (Choice("x"), Choice("y"))}, "a-q=y", "y"),
        ("choice", {"choices": (Choice("x"), Choice("y")), "is_many": True}, "a-q=x&a-q=y&a-q=x", ["x", "y"]),
        ("file", {"is_many": True}, "a-q=one&a-q=two&a-q=six&a-q-drop=one", ["two", "six"]),
        ("file", {}, "a-q=old&a-q=new", ["new"]),
        ("declaration", {}, "a-q=on", True),
        (
            "budget",
            {"currency": "USD"},
            "a-q-0-what=Cook&a-q-0-amount=1500&a-q-4-what=Food&a-q-4-why=Twice",
            [{"what": "Cook", "minor": 150000, "why": ""}, {"what": "Food", "minor": None, "why": "Twice"}],
        ),
        ("indicator", {}, "a-q-baseline=0&a-q-value=7", {"baseline": "0", "value": "7"}),
    ],
)
def test_what_is_typed_becomes_an_answer(kind, facts, text, answer):
    form = one(kind, text, **facts)
    assert form.is_valid()
    assert form.answers == {"q": answer}


@pytest.mark.parametrize(
    ("kind", "facts", "text", "answer", "sentence"),
    [
        ("number", {}, "a-q=a+dozen", "a dozen", "Type a number in figures, like 12."),
        ("number", {}, "a-q=1,2,3", "1,2,3", "Type a number in figures, like 12."),
        ("money", {"currency": "USD"}, "a-q=2oo", {"typed": "2oo", "currency": "USD"}, "Type the amount in figures"),
        ("money", {"currency": "USD"}, "a-q=-5", {"typed": "-5", "currency": "USD"}, "without a minus sign"),
        ("date", {}, "a-q=next+week", "next week", "Type a day like 2027-01-31"),
        ("date", {}, "a-q=2027-02-30", "2027-02-30", "Type a day like 2027-01-31"),
        (
            "budget",
            {"currency": "USD"},
            "a-q-0-what=Cook&a-q-0-amount=12&a-q-1-amount=lots",
            [{"what": "Cook", "minor": 1200, "why": ""}, {"what": "", "minor": None, "why": "", "typed": "lots"}],
            "Line 2: Type the amount in figures",
        ),
        ("indicator", {}, "a-q-value=many", {"value": "many"}, "Type numbers in figures"),
    ],
)
def test_what_cannot_be_made_out_is_pointed_at_and_kept(kind, facts, text, answer, sentence):
    form = one(kind, text, **facts)
    assert not form.is_valid()
    assert sentence in form.errors["q"][0]
    assert form.answers == {"q": answer}
    again = SectionForm(form.section, form.definition, form.merged)
    assert again["q"].value() == form["q"].value()


def test_an_empty_section_is_a_draft_like_any_other():
    form = fill("")
    assert form.is_valid()
    assert form.answers == {}
    assert fill("", answers=make_answers()).merged.keys() == make_answers().keys() - {
        "amount",
        "budget",
        "other_funders",
    }


def test_a_draft_may_be_too_long_for_sending():
    form = one("long_text", "a-q=one+two+three", word_limit=2)
    assert form.is_valid()
    assert problems(form.definition, form.answers) == {"q": "This is 3 words long. The most is 2 words."}


def test_a_saved_section_comes_back_as_it_was_typed():
    form = starter()
    for section in form.sections:
        shown = SectionForm(section, form, make_answers())
        assert not shown.is_bound
        assert shown.answers == {key: answer for key, answer in make_answers().items() if key in shown.fields}


def test_amounts_and_numbers_are_shown_as_the_language_writes_them():
    form = one("number", "")
    with translation.override("fr"):
        assert SectionForm(form.section, form.definition, {"q": "1200.5"})["q"].value() == "1200,5"
        assert one("number", "a-q=1%C2%A0200,5").answers == {"q": "1200.5"}
        assert one("money", "a-q=12,50", currency="EUR").answers["q"]["minor"] == 1250


def test_answers_of_other_sections_stay():
    merged = fill("a-amount=100", answers=make_answers()).merged
    assert merged["title"] == make_answers()["title"]
    assert merged["amount"] == {"minor": 10000, "currency": "USD"}
    assert "budget" not in merged


def test_problems_of_saved_answers_are_pointed_at_and_the_answers_shown():
    form, answers = starter(), make_answers(amount={"minor": 100, "currency": "USD"}, other_funders=None)
    found = problems(form, answers)
    shown = SectionForm(form.sections[MONEY], form, answers, problems=found)
    assert set(shown.errors) == {"budget", "other_funders"}
    assert shown["amount"].value() == "1"
    assert shown.answers == {key: answers[key] for key in ("amount", "budget")}


def test_a_question_that_waits_on_this_page_is_there_and_on_another_page_is_not():
    form = starter()
    assert "funders" in SectionForm(form.sections[MONEY], form, {}).fields
    apart = editing.with_moved_question(form, "funders", "down")
    apart = editing.with_moved_question(apart, "funders", "down")
    assert apart.section_of("funders").key == "you"
    assert "funders" not in SectionForm(apart.sections[YOU], apart, {}).fields
    assert "funders" in SectionForm(apart.sections[YOU], apart, {"other_funders": "yes"}).fields
    assert "funders" in PreviewForm(apart.sections[YOU], apart, {}).fields


def test_an_answer_that_is_not_asked_for_any_more_is_kept():
    form = editing.with_moved_question(starter(), "funders", "down")
    form = editing.with_moved_question(form, "funders", "down")
    kept = fill("a-people=3", YOU, form=form, answers={"funders": "The city"}).merged
    assert kept == {"funders": "The city", "people": "3"}


def test_questions_that_wait_for_each_other_are_no_endless_loop():
    loop = starter().by_key["other_funders"]
    form = editing.with_changed_question(starter(), replace(loop, condition=Condition("other_funders", ("yes",))))
    assert not {"other_funders", "funders"} & set(SectionForm(form.sections[MONEY], form, {}).fields)


def test_asking_for_the_sum_puts_it_into_the_amount():
    form = fill("a-amount=2oo&a-budget-0-what=Cook&a-budget-0-amount=12.50&ask-for-the-sum=budget")
    assert form.is_valid()
    assert form.wants_to_stay
    assert form.answers["amount"] == {"minor": 1250, "currency": "USD"}
    assert form["amount"].value() == "12.50"
    assert fill("a-amount=3&ask-for-the-sum=nothing").answers["amount"]["minor"] == 300


def test_new_files_are_handed_to_whoever_receives_them():
    files = MultiValueDict({"a-papers-new": [SimpleUploadedFile("a.pdf", b"x"), SimpleUploadedFile("b.pdf", b"y")]})
    form = fill("a-papers=old", YOU, files=files)
    assert {key: [file.name for file in found] for key, found in form.new_files.items()} == {
        "papers": ["a.pdf", "b.pdf"]
    }
    assert form.accept_of("papers") == ("pdf", "docx", "odt", "jpg", "png")
    form.attach("papers", "new")
    form.refuse_file("papers", "This file is empty.")
    assert form.answers["papers"] == ["old", "new"]
    assert form.errors["papers"] == ["This file is empty."]
