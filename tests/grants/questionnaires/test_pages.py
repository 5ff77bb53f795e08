"""How questions and answers look on a page; the page around them belongs to whoever keeps the answers."""

import re
from html import unescape

from django.http import QueryDict
from django.template import engines
from django.utils import translation

from fundportal.documents.models import Upload
from fundportal.documents.states import UploadState
from grants.questionnaires.answers import SectionForm, differences, problems, sheet
from grants.questionnaires.section_form import PreviewForm
from grants.questionnaires.starter import starter
from tests.factories.questionnaires import make_answers

FORM = starter()
PROJECT, MONEY, YOU = FORM.sections


def render(text, **context):
    return engines["django"].from_string("{% load questionnaires %}" + text).render(context)


def fields(form):
    return render("{% section_fields form %}", form=form)


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_a_long_text_has_a_counter_that_says_how_many_words_there_are():
    html = fields(SectionForm(PROJECT, FORM, make_answers()))
    assert 'data-words-of="id_a-summary" data-most="150"' in html
    assert "13 of 150 words" in words(html)
    assert "400 words, 1 too many" in words(fields(SectionForm(PROJECT, FORM, {"change": "x " * 401})))


def test_a_conditional_question_says_when_it_is_asked():
    html = fields(SectionForm(MONEY, FORM, {}))
    assert 'data-when="a-other_funders" data-when-is="yes"' in html
    assert "Only if you answer “Yes” to “Does anybody else pay towards it?”." in words(html)


def test_short_choices_are_tiles_and_long_ones_a_list():
    assert 'class="pick pick--4"' in fields(SectionForm(MONEY, FORM, {}))
    assert 'class="pick' not in fields(SectionForm(PROJECT, FORM, {}))


def test_optional_questions_are_marked():
    assert re.findall(r"[^.?]*\(optional\)", words(fields(PreviewForm(MONEY, FORM)))) == [
        " All they pay together (optional)"
    ]


def test_the_budget_says_what_its_lines_add_up_to_and_offers_to_ask_for_that():
    html = fields(SectionForm(MONEY, FORM, make_answers(amount={"minor": 1_850_000, "currency": "USD"})))
    assert "Sum of lines 20,000 1,500 more than you ask for" in words(html)
    assert "Ask for USD\u00a020,000 instead" in html
    assert "hidden" not in html.split('name="ask-for-the-sum"')[1].split(">")[0]
    assert html.count("data-budget-amount") == 3


def test_a_budget_that_adds_up_offers_nothing():
    html = fields(SectionForm(MONEY, FORM, make_answers()))
    assert "Sum of lines 20,000 as much as you ask for" in words(html)
    assert "hidden" in html.split('name="ask-for-the-sum"')[1].split(">")[0]


def test_a_full_budget_has_always_one_line_more():
    line = {"what": "x", "minor": 1, "why": ""}
    assert fields(SectionForm(MONEY, FORM, {"budget": [line] * 5})).count("data-budget-amount") == 6
    assert fields(SectionForm(MONEY, FORM, {"budget": [line] * 60})).count("data-budget-amount") == 60


def test_a_fault_stands_at_its_question():
    form = SectionForm(MONEY, FORM, {}, problems=problems(FORM, {}))
    html = fields(form)
    assert "Type an amount." in words(html)
    assert 'aria-describedby="id_a-budget-error"' in html
    form = SectionForm(MONEY, FORM, {}, QueryDict("a-amount=2oo"))
    assert 'value="2oo"' in fields(form)


def a_file(**facts):
    return Upload(name="statutes.pdf", size=2048, state=UploadState.CLEAN, **facts)


def test_files_have_a_line_each_and_can_be_removed():
    form = SectionForm(YOU, FORM, {"papers": ["t1", "t2"]})
    html = render("{% section_fields form uploads %}", form=form, uploads={"t1": a_file()})
    assert html.count('name="a-papers" value=') == 1
    assert 'name="a-papers-new"' in html
    assert 'accept=".pdf,.docx,.odt,.jpg,.png"' in html
    assert "statutes.pdf 2.0 KB Ready" in words(html)


def test_every_kind_of_answer_can_be_read():
    answers = make_answers(papers=["t1", "t2"], other_funders="yes", funders="The city", others_pay={"typed": "ten"})
    html = render(
        "{% answer_sheet sheet uploads urls 3 %}",
        sheet=sheet(FORM, answers),
        uploads={"t1": a_file()},
        urls={"t1": "/files/1/"},
    )
    text = words(html)
    for part in ("A kitchen that teaches", "$20,000", "A cook for ten months", "1 March 2027", "Confirmed"):
        assert part in text
    assert "All they pay together ten" in text
    assert "Families" not in text
    assert 'href="/files/1/"' in html
    assert "1 file is no longer here." in text
    assert "<h3>The money</h3>" in html


def test_what_is_not_answered_says_so():
    assert words(render("{% answer_sheet sheet %}", sheet=sheet(FORM, {}))).count("Not answered") == 11


def test_a_sheet_is_in_the_language_asked_for():
    rows = {row.key: row for section in sheet(FORM, make_answers(), "fr") for row in section.rows}
    assert rows["who_benefits"].value[0] == "Personnes arrivées depuis moins de deux ans"
    assert rows["starts_on"].text == "1 mars 2027"
    assert translation.get_language() == "en"


def test_what_changed_stands_beside_what_was():
    found = differences(FORM, make_answers(), make_answers(people="13", title=None))
    assert [(one.key, one.before, one.after) for one in found] == [
        ("title", "A kitchen that teaches", ""),
        ("people", "12", "13"),
    ]
    text = words(render("{% answer_differences found %}", found=found))
    assert "Before A kitchen that teaches Now Not answered" in text


def test_all_questions_can_be_read_before_anybody_starts():
    text = words(render("{% question_list form %}", form=FORM))
    for part in (
        "1 What is the project called?",
        "400 words",
        "Several choices",
        "An amount in USD",
        "(optional)",
        "One tick",
    ):
        assert part in text
    assert "Only if you answer “Yes”" in text
    assert "Tick all that fit. People who arrived in the last two years · Families with children" in text
