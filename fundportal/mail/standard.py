"""The standard text of a letter with its fields by name: where a fund begins that wants to say it in its own words."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.template import Context, Template, engines
from django.template.loader_tags import ExtendsNode
from django.utils import translation
from django.utils.formats import date_format

from fundportal.mail.editable import DAY_FORMAT, Editable, Field, Kind
from fundportal.mail.own import Words

LONG_AGO: Final = date(1904, 1, 1)  # days that no letter names stand in for days, since templates format them
GAPS: Final = re.compile(r"\n{3,}")


class _Count(int):
    """A number to whoever counts, its field to whoever reads."""

    written: str

    def __str__(self) -> str:
        return self.written


def standard_words(letter: Editable, language: str) -> Words:
    """Every paragraph that the standard letter may have, those for special cases included."""
    with translation.override(language):
        context, days = _placeholders(letter)
        heading, body = (_block(letter.template, name, context) for name in ("heading", "body"))
        subject = _template(letter.template, "subject.txt").render(_context(context))
        body = _with_parts(letter, body, context)
    lines = (line.rstrip() for line in _named(body, days).strip().splitlines())
    return Words(_one_line(subject, days), _one_line(heading, days), GAPS.sub("\n\n", "\n".join(lines)))


def legal_of(template: str, suffix: str, context: Mapping[str, Any]) -> str:
    """What the standard letter says under its line, which stays when a fund words the letter itself."""
    return _block(template, "legal", context, suffix).strip()


def _placeholders(letter: Editable) -> tuple[dict[str, Any], dict[str, str]]:
    """The letter's context with a field's name wherever its value would stand; and which day stands for which field."""
    context: dict[str, Any] = {}
    for part in (each.sample for each in letter.fields if each.kind is Kind.PART):
        _add(context, part)
    days = {}
    for place, field in enumerate(each for each in letter.fields if each.reads):
        stand_in = _stand_in(field, place)
        if isinstance(stand_in, date):
            days[date_format(stand_in, DAY_FORMAT)] = field.written
        *path, last = field.reads.split(".")
        inside = context
        for step in path:
            inside = inside.setdefault(step, {})
        inside[last] = stand_in
    return context, days


def _add(context: dict[str, Any], sample: Mapping[str, Any]) -> None:
    """What a part reads besides, so that it says in the letter what it says alone."""
    for name, value in sample.items():
        if isinstance(value, Mapping):
            _add(context.setdefault(name, {}), value)
        else:
            context[name] = value


def _stand_in(field: Field, place: int) -> Any:
    if field.kind is Kind.COUNT:
        number = _Count(5)
        number.written = field.written
        return number
    if field.kind is Kind.DAY:
        return LONG_AGO + timedelta(days=place)
    return [field.written] if field.kind is Kind.LINES else field.written


def _named(text: str, days: Mapping[str, str]) -> str:
    for day, name in days.items():
        text = text.replace(day, name)
    return text


def _one_line(text: str, days: Mapping[str, str]) -> str:
    return " ".join(_named(text, days).split())


def _with_parts(letter: Editable, body: str, context: Mapping[str, Any]) -> str:
    """A part's field in the place of what the part says; at the end where the letter does not say it."""
    for field in letter.fields:
        if field.kind is Kind.PART:
            said = _template(field.part, "txt", ".").render(_context(context)).strip()
            body = body.replace(said, field.written, 1) if said and said in body else f"{body}\n\n{field.written}"
    return body


def _block(template: str, name: str, context: Mapping[str, Any], suffix: str = "txt") -> str:
    """One block of a letter, without the frame around it; empty where the letter does not fill it."""
    found = _template(template, f"body.{suffix}")
    (extending,) = found.nodelist.get_nodes_by_type(ExtendsNode)
    block = extending.blocks.get(name)
    if block is None:
        return ""
    values = _context(context, is_html=suffix == "html")
    with values.render_context.push_state(found), values.bind_template(found):
        return str(block.nodelist.render(values))


def _template(folder: str, name: str, separator: str = "/") -> Template:
    return engines["django"].engine.get_template(f"emails/{folder}{separator}{name}")


def _context(values: Mapping[str, Any], *, is_html: bool = False) -> Context:
    return Context(dict(values), autoescape=is_html, use_l10n=None if is_html else False)
