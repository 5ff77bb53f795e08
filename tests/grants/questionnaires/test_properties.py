"""Whatever JSON stands in the answers, nothing is raised: every page can be shown and every fault has a sentence."""

import json
import random

from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.questionnaires.answers import SectionForm, differences, problems, reachable, sheet
from grants.questionnaires.definition import Condition, Definition, Question, QuestionKind, Section
from grants.questionnaires.kinds import kind_of
from grants.questionnaires.starter import starter
from tests.factories.questionnaires import make_answers

FORM = Definition(
    (
        *starter().sections,
        Section("more", {"en": "More"}, questions=(Question("figure", "indicator"), Question("line", "short_text"))),
    )
)
KEYS = st.sampled_from([*FORM.by_key, "unknown"])
TEXTS = st.text(st.characters()) | st.sampled_from(["\x00", "\ud800", "9" * 6000, "x " * 7_000, "yes", "12.5", "NaN"])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**4000, max_value=10**4001)
    | st.floats()
    | TEXTS
    | st.sampled_from(["2027-02-30", "2027-W01-1", "-0", "1e5", "٣"])
)
INNER = st.sampled_from(["minor", "currency", "typed", "what", "why", "baseline", "target", "value"])
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(INNER | TEXTS, inner, max_size=5),
    max_leaves=15,
)
ANSWERS = st.dictionaries(KEYS, JSON, max_size=8) | JSON
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@PATIENT
@given(ANSWERS)
def test_any_answers_give_problems_and_pages(answers):
    found = problems(FORM, answers, uploads_clean=["known"])
    assert all(isinstance(sentence, str) and sentence for sentence in found.values())
    assert set(found) <= reachable(FORM, answers)
    rows = [row for section in sheet(FORM, answers) for row in section.rows]
    assert {row.key for row in rows} == reachable(FORM, answers)
    assert all(isinstance(row.text, str) and row.template for row in rows)
    assert differences(FORM, answers, answers) == []
    differences(FORM, answers, make_answers())


@PATIENT
@given(ANSWERS)
def test_any_answers_are_shown_in_the_form(answers):
    for section in FORM.sections:
        form = SectionForm(section, FORM, answers, problems=problems(FORM, answers))
        for bound in form:
            bound.value()
        assert set(form.errors) <= set(form.fields)


NAMES = st.sampled_from(
    [
        *(f"a-{key}" for key in FORM.by_key),
        *("a-budget-0-what", "a-budget-0-amount", "a-budget-59-why", "a-budget-60-what", "a-figure-value"),
        *("a-papers-drop", "ask-for-the-sum", "more-lines"),
    ]
)


@PATIENT
@given(
    st.dictionaries(NAMES, st.lists(TEXTS | st.just("budget"), min_size=1, max_size=3)), st.sampled_from(["en", "fr"])
)
def test_whatever_is_posted_can_be_stored_and_is_the_same_when_posted_again(posted, language):
    data = QueryDict(mutable=True)
    for name, values in posted.items():
        data.setlist(name, values)
    with translation.override(language):
        for section in FORM.sections:
            form = SectionForm(section, FORM, {}, data)
            stored = json.dumps(form.answers)
            assert "\\u0000" not in stored
            assert "\\ud800" not in stored
            again = SectionForm(section, FORM, form.merged)
            assert {key: kind_of(FORM.by_key[key]).read(again[key].value()) for key in form.answers} == form.answers


@st.composite
def forms(draw):
    """Forms whose questions wait for each other in any way, loops among them."""
    keys = [f"q{number}" for number in range(draw(st.integers(1, 7)))]
    questions = []
    for key in keys:
        on = draw(st.none() | st.sampled_from([*keys, "gone"]))
        condition = Condition(on, tuple(draw(st.lists(st.sampled_from("ab"), max_size=2)))) if on else None
        questions.append(Question(key, QuestionKind.CHOICE, condition=condition))
    return questions, {key: draw(st.sampled_from(["a", "b", "c"])) for key in keys}


@PATIENT
@given(forms(), st.randoms(use_true_random=False))
def test_what_is_asked_depends_on_no_order(drawn, dice: random.Random):
    questions, answers = drawn
    asked = reachable(Definition((Section("s", questions=tuple(questions)),)), answers)
    dice.shuffle(questions)
    place = dice.randrange(len(questions) + 1)
    parts = (Section("s", questions=tuple(questions[:place])), Section("t", questions=tuple(questions[place:])))
    mixed = list(answers.items())
    dice.shuffle(mixed)
    assert reachable(Definition(parts), dict(mixed)) == asked


@PATIENT
@given(forms())
def test_every_question_asked_has_its_condition_met(drawn):
    questions, answers = drawn
    asked = reachable(Definition((Section("s", questions=tuple(questions)),)), answers)
    for question in questions:
        if question.key in asked and question.condition:
            assert question.condition.question in asked
            assert answers[question.condition.question] in question.condition.values


def test_a_text_too_long_to_read_is_refused_in_a_sentence():
    found = problems(FORM, make_answers(title="x" * 301, summary="x" * 40_001))
    assert found["title"] == "This is 301 characters long. The most is 300."
    assert found["summary"] == "This is 40001 characters long. The most is 40000."
