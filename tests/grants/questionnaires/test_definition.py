from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.questionnaires.definition import Definition, DefinitionError, fingerprint
from grants.questionnaires.editing import with_changed_question
from grants.questionnaires.starter import in_currency, starter

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_the_starter_is_the_same_after_writing_and_reading():
    made = starter()
    assert Definition.read(made.as_json()) == made
    assert [section.key for section in made.sections] == ["project", "money", "you"]


def test_the_starter_takes_the_currency_of_the_fund():
    assert {question.currency for question in starter("EUR").questions} == {"", "EUR"}


def test_limits_in_one_currency_are_not_carried_into_another():
    form = with_changed_question(starter(), replace(starter().by_key["amount"], minimum="100000"))
    assert in_currency(form, "JPY").by_key["amount"].minimum == ""
    assert in_currency(form, "USD") == form


def test_what_has_its_usual_value_is_not_written():
    written = starter().as_json()["sections"][0]["questions"][0]
    assert set(written) == {"key", "kind", "role", "labels", "helps"}


def test_a_fingerprint_does_not_depend_on_the_order_of_keys():
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})


def test_a_condition_may_be_written_with_one_value():
    question = {"key": "b", "kind": "short_text", "condition": {"question": "a", "is": "yes"}}
    read = Definition.read({"sections": [{"key": "s", "questions": [question]}]})
    assert read.by_key["b"].condition.values == ("yes",)


@pytest.mark.parametrize(
    "question",
    [
        {"kind": "short_text"},
        {"key": "Not A Key", "kind": "short_text"},
        {"key": "a", "kind": "riddle"},
        {"key": "a", "kind": "long_text", "word_limit": 0},
        {"key": "a", "kind": "long_text", "word_limit": True},
        {"key": "a", "kind": "choice", "choices": {"key": "a"}},
        {"key": "a", "kind": "short_text", "labels": {"en": 1}},
    ],
)
def test_a_question_out_of_shape_is_refused(question):
    with pytest.raises(DefinitionError):
        Definition.read({"sections": [{"key": "s", "questions": [question]}]})


def test_two_questions_of_one_key_are_refused():
    questions = [{"key": "a", "kind": "date"}]
    with pytest.raises(DefinitionError, match="twice"):
        Definition.read({"sections": [{"key": "s", "questions": questions}, {"key": "t", "questions": questions}]})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON | st.fixed_dictionaries({"sections": JSON}))
def test_any_json_is_read_or_refused(raw):
    try:
        made = Definition.read(raw)
    except DefinitionError:
        return
    assert Definition.read(made.as_json()) == made
