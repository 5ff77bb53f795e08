"""What the letters say, as the office shows it: which are in the fund's own words, and one of them with its fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fundportal.funds.models import Fund
from fundportal.languages import LANGUAGES, direction
from fundportal.mail.editable import Editable, all_declared
from fundportal.mail.models import LetterText
from fundportal.mail.own import Words, sampled
from fundportal.mail.queries import current_texts, versions_of
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.words import DAY_FORMAT

NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class ShownField:
    written: str
    words: object
    is_required: bool


@dataclass(frozen=True)
class Preview:
    """The letter with sample values, in its own language."""

    language: str
    direction: str
    subject: str
    heading: str
    html: SafeString
    text: str


def texts_table(fund: Fund) -> Ledger:
    """A row for each letter, a column for each language: the standard text, or since when the fund's own."""
    own = {(text.template, text.language): text for text in current_texts(fund)}
    columns = [Column(_("Letter")), *(Column(language_name(code)) for code in LANGUAGES)]
    rows = [
        [
            Cell(letter.title, detail=letter.when),
            *(_cell(fund, letter, code, own.get((letter.template, code))) for code in LANGUAGES),
        ]
        for letter in all_declared()
    ]
    return Ledger(_("Letters and what they say"), columns, rows, has_hidden_caption=True)


def text_url(fund: Fund, template: str, language: str, page: str = "text") -> str:
    return reverse(f"office:{page}", args=[fund.code, *template.split("/"), language])


def language_name(code: str) -> str:
    return translation.gettext(NAMES[code])


def shown_fields(letter: Editable) -> list[ShownField]:
    """Those that every reader needs first."""
    ordered = sorted(letter.fields, key=lambda field: not field.is_required)
    return [ShownField(field.written, field.words, field.is_required) for field in ordered]


def preview_of(letter: Editable, language: str, words: Words) -> Preview:
    with translation.override(language):
        sample = sampled(letter)
        return Preview(
            language=language,
            direction=direction(language),
            subject=sample.line(words.subject),
            heading=sample.line(words.heading),
            html=sample.html(words.body),
            text=sample.text(words.body),
        )


def versions_table(fund: Fund, template: str, language: str) -> Ledger:
    """Every version that was ever kept, newest first; each can be opened and used again."""
    address = text_url(fund, template, language)
    columns = [Column(_("Version")), Column(_("Subject")), Column(_("By whom")), Column(_("When"))]
    rows = [_version(text, address) for text in versions_of(fund, template, language)]
    return Ledger(_("Versions"), columns, rows)


def _version(text: LetterText, address: str) -> list[Cell]:
    url = "" if text.is_standard else f"{address}?version={text.number}"
    return [
        Cell(_("Version %(number)s") % {"number": text.number}, url=url),
        Cell(_("Back to the standard text") if text.is_standard else text.subject),
        Cell(str(text.written_by)),
        Cell(date_format(text.written_at, DAY_FORMAT)),
    ]


def _cell(fund: Fund, letter: Editable, language: str, own: LetterText | None) -> Cell:
    url = text_url(fund, letter.template, language)
    if own is None or own.is_standard:
        return Cell(_("Standard text"), url=url)
    day = date_format(own.written_at, DAY_FORMAT)
    return Cell(_("Version %(number)s") % {"number": own.number}, url=url, detail=day)


def chosen(funds: Iterable[Fund], code: str) -> Fund | None:
    """The fund asked for, else the first."""
    found = list(funds)
    return next((fund for fund in found if fund.code == code), found[0] if found else None)
