"""A number, an amount, a day, a figure to follow."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.money import AmountError, Money, format_money, parse_amount
from fundportal.money.formatting import format_plain
from fundportal.money.forms import TYPED_BY_HAND
from grants.questionnaires.kinds.base import MOST_TYPED, Answer, Kind, is_keepable, kept, not_readable
from grants.questionnaires.kinds.widgets import IndicatorInput
from grants.questionnaires.numbers import is_number, read_number, show_number

MOST_MINOR: Final = 10**15
PARTS: Final = ("baseline", "target", "value")
DAY_FORMAT: Final = "j F Y"
ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Number(Kind):
    def widget(self) -> forms.Widget:
        return forms.TextInput(attrs=TYPED_BY_HAND)

    def read(self, typed: Any) -> Answer | None:
        text = kept(typed, most=MOST_TYPED)
        return (read_number(text) or text) if text else None

    def typed(self, answer: Answer) -> Any:
        return show_number(answer, grouped=False) if is_number(answer) else super().typed(answer)

    def unreadable(self, answer: Answer) -> str:
        return "" if is_number(answer) else _("Type a number in figures, like 12.")

    def outside(self, answer: Answer) -> str:
        number = Decimal(answer)
        if self.question.minimum and number < Decimal(self.question.minimum):
            return _("The smallest number here is %(number)s.") % {"number": show_number(self.question.minimum)}
        if self.question.maximum and number > Decimal(self.question.maximum):
            return _("The largest number here is %(number)s.") % {"number": show_number(self.question.maximum)}
        return ""

    def missing(self) -> str:
        return _("Type a number. If there is none, type 0.")

    def value(self, answer: Answer) -> Any:
        return show_number(answer)


class Amount(Kind):
    """Kept as {"minor", "currency"}; what cannot be read as an amount is kept as {"typed", "currency"}."""

    def widget(self) -> forms.Widget:
        return forms.TextInput(attrs=TYPED_BY_HAND)

    def read(self, typed: Any) -> Answer | None:
        text = kept(typed, most=MOST_TYPED)
        if not text:
            return None
        return read_minor(text, self.question.currency) | {"currency": self.question.currency}

    def typed(self, answer: Answer) -> Any:
        return typed_minor(answer, self.question.currency)

    def unreadable(self, answer: Answer) -> str:
        if not isinstance(answer, dict) or answer.get("currency") != self.question.currency:
            return not_readable()
        return unreadable_minor(answer, self.question.currency)

    def outside(self, answer: Answer) -> str:
        asked, least, most = answer["minor"], self.question.minimum, self.question.maximum
        if least and asked < int(least):
            return _("The smallest amount is %(amount)s. Type %(plain)s or more.") % self._written(least)
        if most and asked > int(most):
            return _("The largest amount is %(amount)s. Type %(plain)s or less.") % self._written(most)
        return ""

    def _written(self, minor: str) -> dict[str, str]:
        money = Money(int(minor), self.question.currency)
        return {"amount": _short(money), "plain": format_plain(money)}

    def missing(self) -> str:
        return _("Type an amount.")

    def value(self, answer: Answer) -> Any:
        return Money(answer["minor"], self.question.currency)

    def written(self, value: Any) -> str:
        return _short(value)


class Day(Kind):
    def widget(self) -> forms.Widget:
        limits = {"min": self.question.minimum, "max": self.question.maximum}
        return forms.DateInput(attrs={"type": "date"} | {name: day for name, day in limits.items() if day})

    def read(self, typed: Any) -> Answer | None:
        return kept(typed, most=MOST_TYPED) or None

    def unreadable(self, answer: Answer) -> str:
        return "" if day_of(answer) else _("Type a day like 2027-01-31: year, month, day.")

    def outside(self, answer: Answer) -> str:
        day, first, last = day_of(answer), day_of(self.question.minimum), day_of(self.question.maximum)
        if day and first and day < first:
            return _("The first day that fits is %(day)s.") % {"day": date_format(first, DAY_FORMAT)}
        if day and last and day > last:
            return _("The last day that fits is %(day)s.") % {"day": date_format(last, DAY_FORMAT)}
        return ""

    def missing(self) -> str:
        return _("Choose a day. Your best guess is enough.")

    def value(self, answer: Answer) -> Any:
        return date.fromisoformat(answer)

    def written(self, value: Any) -> str:
        return date_format(value, DAY_FORMAT)


class Indicator(Kind):
    """Three numbers kept as text: where it stood, where it shall stand, where it stands."""

    def widget(self) -> forms.Widget:
        return IndicatorInput()

    def read(self, typed: Any) -> Answer | None:
        held = typed if isinstance(typed, dict) else {}
        texts = {part: kept(held.get(part), most=MOST_TYPED) for part in PARTS}
        return {part: read_number(text) or text for part, text in texts.items() if text} or None

    def typed(self, answer: Answer) -> Any:
        held = answer if isinstance(answer, dict) else {}
        return {part: _number_typed(held.get(part)) for part in PARTS}

    def unreadable(self, answer: Answer) -> str:
        if not isinstance(answer, dict) or not set(answer) <= set(PARTS):
            return not_readable()
        return "" if all(map(is_number, answer.values())) else _("Type numbers in figures, like 12.")

    def outside(self, answer: Answer) -> str:
        return self.missing() if self.question.is_required and set(answer) != set(PARTS) else ""

    def missing(self) -> str:
        return _("Fill in all three figures. Type 0 where there is none.")

    def value(self, answer: Answer) -> Any:
        return [(part_label(part), show_number(answer[part])) for part in PARTS if part in answer]

    def written(self, value: Any) -> str:
        return "\n".join(f"{label}: {number}" for label, number in value)


def part_label(part: str) -> str:
    return {"baseline": _("At the start"), "target": _("The aim"), "value": _("Reached")}[part]


def read_minor(text: str, currency: str) -> dict[str, Any]:
    """{"minor": …} or, where it is no amount, {"typed": …} with the person's own figures."""
    try:
        return {"minor": parse_amount(text, currency).minor}
    except AmountError:
        return {"typed": text}


def typed_minor(held: Answer, currency: str) -> str:
    if not isinstance(held, dict):
        return ""
    if is_minor(held.get("minor")):
        return format_plain(Money(held["minor"], currency))
    return held["typed"] if is_keepable(held.get("typed")) else ""


def unreadable_minor(held: dict[str, Any], currency: str) -> str:
    """What to type instead, in the words of whoever read it."""
    if is_minor(held.get("minor")):
        return ""
    try:
        parse_amount(kept(held.get("typed"), most=MOST_TYPED), currency)
    except AmountError as refused:
        return refused.sentence
    return not_readable()


def is_minor(minor: object) -> bool:
    return isinstance(minor, int) and not isinstance(minor, bool) and 0 <= minor <= MOST_MINOR


def day_of(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _number_typed(number: Any) -> str:
    if is_number(number):
        return show_number(number, grouped=False)
    return number if is_keepable(number) else ""


def _short(money: Money) -> str:
    return format_money(money, cents=not money.is_whole)
