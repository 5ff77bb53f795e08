"""Letters carry their look with them, say the same in text, and read from the right side."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import get_template

from fundportal.mail.inline import inline, stylesheet
from fundportal.mail.palette import THEMES, dark, light
from fundportal.mail.wording import word
from tests.factories.people import make_fund

LETTERS: dict[str, dict[str, Any]] = {
    "accounts/login_code": {"code": "ABC123"},
    "accounts/password_reset": {"url": "https://example.org/reset/?a=1&b=2"},
    "accounts/welcome": {
        "site_name": "Fund portal",
        "first_name": "D'Arcy",
        "added_by": "Paula & Co",
        "url": "https://example.org/",
    },
    "documents/not_checked": {"name": "letter.pdf", "url": "https://example.org/"},
    "accounts/role_granted": {"role": "Fund officer", "scope": "City Fund", "url": "https://example.org/"},
    "accounts/security_notice": {"sentence": "Your password was changed.", "moment": "1 May 2026 10:00", "ip": "::1"},
}


class Words(HTMLParser):
    """The words of the visible part."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_hidden = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.is_hidden = tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self.is_hidden:
            self.found += data.split()


def test_every_element_gets_the_style_of_its_tag_and_classes() -> None:
    html = inline('<p class="small soft">A &amp; b<br></p>', {"p": "margin:0", ".soft": "color:#475156"})
    assert html == '<p class="small soft" style="margin:0;color:#475156">A &amp; b<br></p>'


def test_what_has_no_style_stays_as_it_was() -> None:
    page = '<!doctype html><html lang="en"><a href="/?a=1&amp;b=2">&#8364;</a></html>'
    assert inline(page, {}) == page


def test_styles_hold_neither_variables_nor_logical_properties() -> None:
    for theme in [*THEMES, ""]:
        rules = ";".join(stylesheet(light(theme), direction="ltr").values())
        assert not re.search(r"var\(|light-dark|inline-|-start|-end", rules)


def test_a_letter_in_arabic_starts_at_the_right() -> None:
    assert "text-align:right" in stylesheet(light(""), direction="rtl")["th"]
    assert "text-align:left" in stylesheet(light(""), direction="ltr")["th"]


def test_the_dark_tokens_differ_from_the_light_ones() -> None:
    assert dark("bicf").paper != light("bicf").paper


def test_a_fund_has_its_bar_and_a_practice_fund_says_that_no_money_moved(db: None) -> None:
    fund = make_fund(theme="gcf", is_practice=True)
    wording = word("accounts/login_code", language="en", fund=fund, context={"code": "A"})
    assert f"border-top:12px solid {light('gcf').bar}" in wording.html
    assert "Sandbox: no money moved." in wording.html
    assert "Sandbox: no money moved." in wording.text
    assert "a person reads it" in wording.text


def test_a_letter_of_the_house_promises_no_answer() -> None:
    wording = word("accounts/login_code", language="en", fund=None, context={"code": "A"})
    assert "a person reads it" not in wording.text
    assert "Sandbox" not in wording.text


@pytest.mark.parametrize("template", LETTERS)
def test_the_text_part_says_the_same_words(template: str) -> None:
    wording = word(template, language="en", fund=None, context=LETTERS[template])
    words = Words()
    words.feed(wording.html)
    missing = [one for one in words.found if one not in wording.text]
    assert missing == []


@pytest.mark.parametrize("template", LETTERS)
def test_every_letter_has_one_heading_a_language_and_no_picture(template: str) -> None:
    wording = word(template, language="fr", fund=None, context=LETTERS[template])
    assert wording.html.count("<h1") == 1
    assert '<html lang="fr" dir="ltr">' in wording.html
    assert "<img" not in wording.html
    assert "\n" not in wording.subject


def test_nothing_is_escaped_in_the_text_part_and_everything_in_the_html() -> None:
    wording = word("accounts/welcome", language="en", fund=None, context=LETTERS["accounts/welcome"])
    assert "Welcome, D'Arcy." in wording.text
    assert "Paula & Co" in wording.text
    assert "Paula &amp; Co" in wording.html


def test_the_frame_of_letters_is_made_for_mail_programs() -> None:
    source = get_template("emails/base_html.html").template.source
    assert "<script" not in source
    assert "stylesheet" not in source
