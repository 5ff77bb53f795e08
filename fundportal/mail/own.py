"""A letter in the fund's own words: plain paragraphs with named fields, nothing that runs.

Fields are replaced by hand, never by a template engine or `str.format`: what staff write is text, and every sign of it
is escaped in HTML. A field of several lines stands on a line of its own. A line with a field that is empty in this
letter is left out, and with it a line before it that ends with a colon ("It comes with this condition:").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.template import Context, engines
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from fundportal.mail.editable import STANDS_ALONE, Editable, Field, Kind

FIELD: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
ALONE: Final = re.compile(r"(?:[-•]\s*)?\{([a-z][a-z0-9_]*)\}")
PARAGRAPH: Final = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Words:
    """What a fund says in one letter: a subject, the sentence in large letters, and the text."""

    subject: str
    heading: str
    body: str


@dataclass(frozen=True)
class Filled:
    """The fields of one letter with their values: text, a list of lines, or the context of a part."""

    letter: Editable
    values: Mapping[str, Any]

    def has_all_required(self) -> bool:
        return all(self.values.get(field.name) for field in self.letter.required)

    def line(self, text: str) -> str:
        """One line: subject and heading."""
        return " ".join(FIELD.sub(lambda found: self._inline(found[1]), text).split())

    def text(self, body: str) -> str:
        return "\n\n".join("\n".join(self._text_lines(part)) for part in self._paragraphs(body))

    def html(self, body: str) -> SafeString:
        parts = [block for part in self._paragraphs(body) for block in self._blocks(part)]
        return format_html_join("\n", "{}", ((part,) for part in parts))

    def _paragraphs(self, body: str) -> Iterator[list[str]]:
        for paragraph in PARAGRAPH.split(body.replace("\r\n", "\n").strip()):
            if lines := self._said(paragraph.split("\n")):
                yield lines

    def _said(self, lines: list[str]) -> list[str]:
        said: list[str] = []
        is_left_out = False
        for line in reversed(lines):
            leads_nowhere = is_left_out and line.rstrip().endswith(":")
            is_left_out = leads_nowhere or any(not self.values.get(name) for name in FIELD.findall(line))
            if not is_left_out:
                said.insert(0, line)
        return said

    def _text_lines(self, paragraph: list[str]) -> Iterator[str]:
        for line in paragraph:
            field = self._alone(line)
            if field is None or field.kind not in STANDS_ALONE:
                yield FIELD.sub(lambda found: self._inline(found[1]), line)
            elif field.kind is Kind.PART:
                yield _part(field, "txt", self.values[field.name]).strip()
            else:
                yield from (f"- {each}" for each in self.values[field.name])

    def _blocks(self, paragraph: list[str]) -> Iterator[SafeString]:
        """The paragraph cut where something stands on a line of its own."""
        plain: list[str] = []
        for line in paragraph:
            field = self._alone(line)
            if field is None or field.kind not in {*STANDS_ALONE, Kind.LINK}:
                plain.append(line)
                continue
            yield from self._plain(plain)
            plain = []
            yield self._block(field)
        yield from self._plain(plain)

    def _plain(self, lines: list[str]) -> Iterator[SafeString]:
        if lines:
            broken = format_html_join(mark_safe("<br>"), "{}", ((self._escaped(line),) for line in lines))
            yield format_html("<p>{}</p>", broken)

    def _block(self, field: Field) -> SafeString:
        value = self.values[field.name]
        if field.kind is Kind.LINK:
            return format_html('<p><a class="button" href="{}">{}</a></p>', value, field.label)
        if field.kind is Kind.PART:
            return _part(field, "html", value)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in value)))

    def _escaped(self, line: str) -> SafeString:
        """Staff's words and the fields' values alike; an address in a sentence becomes a link."""
        pieces, end = [], 0
        for found in FIELD.finditer(line):
            pieces += [(line[end : found.start()],), (self._linked(found[1]),)]
            end = found.end()
        return format_html_join("", "{}", [*pieces, (line[end:],)])

    def _linked(self, name: str) -> str:
        if self.letter.by_name[name].kind is Kind.LINK:
            return format_html('<a href="{0}">{0}</a>', self.values[name])
        return _with_breaks(self._inline(name))

    def _inline(self, name: str) -> str:
        value = self.values.get(name, "")
        return "; ".join(value) if isinstance(value, list) else str(value)

    def _alone(self, line: str) -> Field | None:
        found = ALONE.fullmatch(line.strip())
        return self.letter.by_name.get(found[1]) if found else None


def filled(letter: Editable, context: Mapping[str, Any]) -> Filled:
    """A real letter."""
    return Filled(letter, {each.name: _value(each, context) for each in letter.fields})


def sampled(letter: Editable) -> Filled:
    """As it might be, in the active language."""
    return Filled(letter, {each.name: _sample(each) for each in letter.fields})


def _value(field: Field, context: Mapping[str, Any]) -> Any:
    """A part that says nothing in this letter is as empty as a field without a value."""
    if field.kind is Kind.PART:
        return context if _part(field, "txt", context).strip() else ""
    return field.value(context)


def _sample(field: Field) -> Any:
    if field.kind is Kind.PART:
        return field.sample
    return [str(each) for each in field.sample] if field.kind is Kind.LINES else str(field.sample)


def _part(field: Field, suffix: str, context: Mapping[str, Any]) -> SafeString:
    template = engines["django"].engine.get_template(f"emails/{field.part}.{suffix}")
    return template.render(Context(dict(context), autoescape=suffix == "html"))


def _with_breaks(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.splitlines()))
