"""A letter in the fund's own words: fields are filled, nothing runs, nobody loses what counts."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import translation

from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.funds.models import Fund
from fundportal.mail import texts
from fundportal.mail.checks import faults
from fundportal.mail.editable import all_declared, declared
from fundportal.mail.models import LetterText
from fundportal.mail.own import Words, filled, sampled
from fundportal.mail.services import write
from fundportal.mail.standard import standard_words
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.letters import LETTER, make_text
from tests.factories.people import make_fund, make_person

WORDS = Words("Good news on {reference}", "Yes: {amount}", "Dear {grantee},\n\nwe are glad.\n\n{link}")
CONTEXT: dict[str, Any] = {
    "application": {"reference": "PW27-0001", "title": "A <b>kitchen</b>", "organisation": {"name": "A & B {amount}"}},
    "call": "Welcome",
    "amount": "$42,000",
    "conditions": "",
    "remark": "",
    "feedback": {"marks": [], "strong": None},
    "url": "https://example.org/?a=1&b=2",
}
APPROVED = declared(LETTER)


def letter(fund: Fund | None, key: str = "one", **facts: Any) -> Any:
    defaults = {"to": "dana@example.org", "language": "en", "context": CONTEXT}
    return write(LETTER, key=key, fund=fund, **(defaults | facts))


def html(body: str, **context: Any) -> str:
    return filled(APPROVED, CONTEXT | context).html(body)


def text(body: str, **context: Any) -> str:
    return filled(APPROVED, CONTEXT | context).text(body)


@pytest.mark.django_db
def test_a_letter_goes_out_in_the_words_of_its_fund_and_language_alone():
    fund = make_fund()
    own = make_text(fund)
    sent = letter(fund)
    assert (sent.subject, sent.own_text) == ("Good news on PW27-0001", own)
    assert "Yes: $42,000 for A & B {amount}" in sent.text_body
    assert "we are glad." in sent.html_body
    assert "Something wrong? Answer this mail" in sent.html_body
    for other in (letter(fund, "french", language="fr"), letter(make_fund(), "elsewhere"), letter(None, "none")):
        assert other.own_text is None
        assert "glad" not in other.text_body


@pytest.mark.django_db
def test_the_last_version_counts_and_the_standard_text_can_come_back():
    fund = make_fund()
    make_text(fund)
    make_text(fund, number=2, subject="Second words")
    assert letter(fund).subject == "Second words"
    make_text(fund, number=3, is_standard=True)
    assert letter(fund, "two").subject == "PW27-0001: $42,000 for your project"
    assert letter(fund).subject == "Second words", "what was written stays"


@pytest.mark.django_db
def test_a_letter_without_a_field_that_every_reader_needs_goes_out_in_the_standard_words():
    fund = make_fund()
    make_text(fund)
    sent = letter(fund, context=CONTEXT | {"amount": ""})
    assert sent.own_text is None
    assert "Good news" not in sent.subject


@pytest.mark.parametrize(
    "typed",
    ["<script>x</script>", "{% load x %}", "{{ amount }}", "%(amount)s", "{amount.__class__}", "$amount", "{0}"],
)
def test_what_staff_type_is_text_and_never_runs(typed: str):
    written = html(f"Hello {typed}")
    assert "<script" not in written
    assert "$42,000" not in written or "{{ $42,000 }}" not in typed
    assert text(f"Hello {typed}") == f"Hello {typed}"


def test_a_field_between_two_braces_is_still_only_text():
    assert text("{{amount}}") == "{$42,000}"
    assert faults(APPROVED, replace(WORDS, body="{{amount}} {link} {amount}"))["body"].startswith("A brace stands here")


def test_values_are_escaped_and_their_own_braces_are_not_filled_again():
    assert html("For “{title}” of {grantee}") == "<p>For “A &lt;b&gt;kitchen&lt;/b&gt;” of A &amp; B {amount}</p>"


def test_an_address_is_a_button_on_its_own_line_and_a_link_in_a_sentence():
    address = "https://example.org/?a=1&amp;b=2"
    assert html("{link}") == f'<p><a class="button" href="{address}">Open the application</a></p>'
    assert html("See {link}.") == f'<p>See <a href="{address}">{address}</a>.</p>'


def test_lines_and_paragraphs_stay_as_they_were_typed():
    assert html("One\r\ntwo\r\n\r\n\r\nthree") == "<p>One<br>two</p>\n<p>three</p>"
    assert text("One\r\ntwo\r\n\r\n\r\nthree") == "One\ntwo\n\nthree"


def test_a_line_with_an_empty_field_is_left_out_with_the_line_that_leads_to_it():
    body = "For “{call}”.\nBest: {strongest}\n\nIt comes with this condition:\n{conditions}\n\n{marks}\n\nEnd"
    assert text(body) == "For “Welcome”.\n\nEnd"
    assert html(body) == "<p>For “Welcome”.</p>\n<p>End</p>"
    assert "this condition:\nTwo cities" in text(body, conditions="Two cities")


def test_a_part_is_made_by_its_own_templates():
    marks = [{"title": "Need <1>", "score": "4.5", "meaning": "shown"}]
    feedback = {"marks": marks, "strong": None}
    assert "- Need <1>, 4.5: shown" in text("{marks}", feedback=feedback)
    assert "<li>Need &lt;1&gt;, 4.5: shown</li>" in html("{marks}", feedback=feedback)


def test_a_list_has_a_line_for_each():
    asked = declared("applications/info_requested")
    values = filled(asked, {"titles": ["One", "<Two>"], "reason": "x"})
    assert values.text("- {parts}") == "- One\n- <Two>"
    assert values.html("- {parts}") == "<ul><li>One</li><li>&lt;Two&gt;</li></ul>"


FAULTS = {
    ("body", ""): "Write something here, or go back to the standard text.",
    ("subject", "   "): "Write something here, or go back to the standard text.",
    ("body", "{amout} {link}"): "This letter has no field {amout}. The fields it has stand beside the text.",
    ("subject", "{"): "A brace stands here that belongs to no field. Fields are written like {grantee}.",
    (
        "body",
        "{% url 'x' %} {link}",
    ): "A brace stands here that belongs to no field. Fields are written like {grantee}.",
    ("body", "We are glad."): "Every reader needs {link}: write it into the text.",
    ("body", "See {marks}: {link}"): "{marks} is a list: it stands in the text, on a line of its own.",
    ("subject", "{marks}"): "{marks} is a list: it stands in the text, on a line of its own.",
}


@pytest.mark.parametrize(("box", "typed"), FAULTS)
def test_each_fault_has_one_sentence_beside_its_box(box: str, typed: str):
    assert faults(APPROVED, replace(WORDS, **{box: typed})) == {box: FAULTS[box, typed]}


def test_what_every_reader_needs_may_stand_in_the_first_sentence_but_not_in_the_subject_alone():
    assert faults(APPROVED, WORDS) == {}
    moved = replace(WORDS, subject="{amount}", heading="Yes")
    assert faults(APPROVED, moved) == {"body": "Every reader needs {amount}: write it into the text."}
    bare = replace(WORDS, heading="Yes", body="Yes")
    assert faults(APPROVED, bare) == {"body": "Every reader needs {amount}, {link}: write them into the text."}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("template", [each.template for each in all_declared()])
def test_every_standard_text_can_be_kept_as_it_stands_and_says_something_in_every_field(template: str, language: str):
    each = declared(template)
    words = standard_words(each, language)
    assert faults(each, words) == {}
    with translation.override(language):
        sample = sampled(each)
        said = sample.line(words.subject + words.heading) + sample.text(words.body) + sample.html(words.body)
    assert "{" not in said
    assert all(sample.values[field.name] for field in each.fields)


@pytest.fixture
def mona(db: None) -> Any:
    return make_person("Mona Manager", Role.MANAGER, fund=make_fund())


def fund_of(person: Any) -> Fund:
    return person.role_grants.get().fund


def test_a_manager_writes_version_after_version(mona: Any):
    fund = fund_of(mona)
    for number in (1, 2):
        made = texts.write_text(fund.pk, LETTER, "en", words=WORDS, version=number - 1, by=mona)
        assert (made.number, made.written_by, made.words) == (number, mona, WORDS)
    back = texts.return_to_standard(fund.pk, LETTER, "en", version=2, by=mona)
    assert (back.number, back.words) == (3, None)
    rows = Entry.objects.filter(fund=fund).order_by("pk").values_list("action", flat=True)
    assert list(rows) == ["letters.write", "letters.write", "letters.reset"]


@pytest.mark.parametrize("version", [0, 2])
def test_a_stale_version_is_refused_and_changes_nothing(mona: Any, version: int):
    fund = fund_of(mona)
    make_text(fund)
    with pytest.raises(Refusal, match="Somebody saved another version") as caught:
        texts.write_text(fund.pk, LETTER, "en", words=WORDS, version=version, by=mona)
    assert caught.value.status == 409
    with pytest.raises(Refusal, match="Somebody saved another version"):
        texts.return_to_standard(fund.pk, LETTER, "en", version=version, by=mona)
    assert LetterText.objects.count() == 1


def test_words_with_a_fault_are_refused_beside_their_box(mona: Any):
    with pytest.raises(Refusal, match="no field") as caught:
        texts.write_text(fund_of(mona).pk, LETTER, "en", words=replace(WORDS, subject="{x}"), version=0, by=mona)
    assert (caught.value.status, caught.value.field) == (422, "subject")


@pytest.mark.parametrize(("template", "language"), [("accounts/login_code", "en"), (LETTER, "xx")])
def test_only_declared_letters_in_known_languages_are_worded(mona: Any, template: str, language: str):
    with pytest.raises(Refusal, match="always goes out in the standard text"):
        texts.write_text(fund_of(mona).pk, template, language, words=WORDS, version=0, by=mona)


def test_what_is_standard_already_does_not_go_back(mona: Any):
    with pytest.raises(Refusal, match="standard text already"):
        texts.return_to_standard(fund_of(mona).pk, LETTER, "en", version=0, by=mona)


@pytest.mark.parametrize("role", set(Role) - {Role.MANAGER})
def test_no_other_role_words_a_letter(db: None, role: Role):
    fund = make_fund()
    with pytest.raises(NotAllowed):
        texts.write_text(fund.pk, LETTER, "en", words=WORDS, version=0, by=make_person("Robin", role, fund=fund))


def test_a_manager_of_another_fund_words_nothing_here(mona: Any):
    fund = make_fund()
    with pytest.raises(NotAllowed):
        texts.write_text(fund.pk, LETTER, "en", words=WORDS, version=0, by=mona)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"number": 1}, "a_letter_has_each_version_of_its_text_once|UNIQUE"),
        ({"number": 0}, "versions_of_a_letter_text_start_at_one"),
        ({"number": 2, "body": ""}, "a_letter_text_has_words_or_is_the_standard_one"),
        ({"number": 2, "is_standard": True, "body": "x"}, "a_letter_text_has_words_or_is_the_standard_one"),
    ],
)
def test_the_database_keeps_the_rules_of_a_text(facts: dict[str, Any], name: str):
    fund = make_fund()
    make_text(fund)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_text(fund, **facts)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE mail_lettertext SET body = 'x'", "DELETE FROM mail_lettertext"])
def test_a_version_is_never_rewritten(statement: str):
    make_text(make_fund())
    with pytest.raises((IntegrityError, InternalError), match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
