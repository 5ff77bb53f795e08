"""From a letter's three templates, or the fund's own words, to subject, text and HTML in one language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.utils import translation
from django.utils.safestring import mark_safe

from fundportal.funds.models import Fund
from fundportal.languages import direction
from fundportal.mail.editable import declared
from fundportal.mail.inline import dark_rules, inline, stylesheet
from fundportal.mail.own import Filled, Words, filled
from fundportal.mail.palette import dark, light
from fundportal.mail.standard import legal_of

OWN = "own"
LONGEST_SUBJECT = 250


@dataclass(frozen=True)
class Wording:
    """`is_own`: the fund's words and not the standard ones."""

    subject: str
    text: str
    html: str
    is_own: bool = False


def word(
    template: str, *, language: str, fund: Fund | None, context: dict[str, Any], own: Words | None = None
) -> Wording:
    """Templates see `context` and `letter` (subject, language, direction, sender, is_practice …).

    A letter in which a field that every reader needs has no value goes out in the standard words.
    """
    with translation.override(language):
        values = {**context, "letter": _frame(language, fund)}
        letter = declared(template) if own else None
        fields = filled(letter, context) if letter else None
        if own and fields and fields.has_all_required():
            return _in_own_words(template, own, fields, values)
        values["letter"]["subject"] = " ".join(_render(template, "subject.txt", values).split())
        return _worded(template, values)


def _in_own_words(template: str, own: Words, fields: Filled, values: dict[str, Any]) -> Wording:
    values["letter"]["subject"] = fields.line(own.subject)[:LONGEST_SUBJECT]
    values["own"] = {
        "heading": fields.line(own.heading),
        "text": fields.text(own.body),
        "html": fields.html(own.body),
        "legal": legal_of(template, "txt", values),
        "legal_html": mark_safe(legal_of(template, "html", values)),  # noqa: S308  (a template of ours, escaped by itself)
    }
    return _worded(OWN, values, is_own=True)


def _worded(template: str, values: dict[str, Any], *, is_own: bool = False) -> Wording:
    letter = values["letter"]
    text = _render(template, "body.txt", values).strip() + "\n"
    styles = stylesheet(light(letter["theme"]), direction=letter["direction"])
    return Wording(letter["subject"], text, inline(_render(template, "body.html", values), styles), is_own)


def _frame(language: str, fund: Fund | None) -> dict[str, Any]:
    theme = fund.theme if fund else ""
    return {
        "language": language,
        "direction": direction(language),
        "answers_to": fund.contact_email if fund else "",
        "is_practice": fund.is_practice if fund else False,
        "theme": theme,
        "sender": fund.name if fund else settings.WAGTAIL_SITE_NAME,
        "dark_rules": dark_rules(dark(theme)),
    }


def _render(template: str, part: str, values: dict[str, Any]) -> str:
    """Text parts are not HTML: nothing in them is escaped."""
    found = engines["django"].engine.get_template(f"emails/{template}/{part}")
    return found.render(Context(dict(values), autoescape=part.endswith(".html")))
