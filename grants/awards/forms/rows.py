"""Rows of boxes, as many as the page shows: the payments of an offer, its reports, the lines of its budget.

A row that is left empty counts for nothing. A button adds one more and keeps what was typed; no script is needed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.forms import BoundField

from fundportal.money import Money

MOST_ROWS: Final = 40


@dataclass(frozen=True)
class Kind:
    """One group of rows: its boxes, and what it is called. `head` names a row by its number, "Payment %(number)s"."""

    prefix: str
    form: type[forms.Form]
    title: object
    help_text: object
    head: object
    more: object
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """One control of a row, with the label that a screen reader says: "Payment 1, amount"."""

    bound: BoundField
    label: str

    @property
    def control(self) -> Any:
        faulty = {"aria-describedby": self.error_id, "aria-invalid": "true"} if self.bound.errors else {}
        return self.bound.as_widget(attrs=faulty)

    @property
    def error_id(self) -> str:
        return f"{self.bound.auto_id}-error"


@dataclass(frozen=True)
class Row:
    number: int
    head: str
    boxes: list[Box]
    faults: list[str]


@dataclass
class Rows:
    """`data` is what was posted, none on a fresh page; `initial` one mapping for each row that is filled already.

    `spare` rows stand empty at the end of a fresh page.
    """

    kind: Kind
    data: Any = None
    initial: Sequence[Mapping[str, Any]] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    spare: int = 1
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.initial) + self.spare if self.data is None else posted_count(self.kind, self.data)
        self.forms = [self._form(number) for number in range(max(1, min(MOST_ROWS, count)))]

    @property
    def lines(self) -> list[Row]:
        return [self._line(number, form) for number, form in enumerate(self.forms, start=1)]

    @property
    def columns(self) -> list[BoundField]:
        return list(self.forms[0].visible_fields())

    @property
    def filled(self) -> dict[int, dict[str, Any]]:
        """What was typed, by the number the row shows; only of a bound group that is valid."""
        cleaned = {number: form.cleaned_data for number, form in enumerate(self.forms, start=1) if form.has_changed()}
        return {number: held for number, held in cleaned.items() if held}

    @property
    def total(self) -> Money | None:
        """What the readable amounts add up to, none where the rows carry no amount."""
        currency = self.options.get("currency", "")
        if not currency or "amount" not in self.forms[0].fields:
            return None
        return sum(filter(None, map(self._amount, self.forms)), Money.zero(currency))

    def is_valid(self) -> bool:
        looked_at = [form.is_valid() for form in self.forms]
        return all(looked_at) and not self.faults

    def bound_fields(self) -> Iterator[BoundField]:
        for form in self.forms:
            yield from form

    def add_error(self, number: int, name: str | None, sentence: str) -> None:
        self.forms[number - 1].add_error(name, sentence)

    def _form(self, number: int) -> forms.Form:
        held = self.initial[number] if self.data is None and number < len(self.initial) else None
        shared = {"prefix": f"{self.kind.prefix}-{number}", "initial": held, "empty_permitted": True}
        return self.kind.form(self.data, use_required_attribute=False, **shared, **self.options)

    def _line(self, number: int, form: forms.Form) -> Row:
        head = str(self.kind.head) % {"number": number}
        boxes = [Box(bound, f"{head}, {str(bound.label).lower()}") for bound in form.visible_fields()]
        return Row(number, head, boxes, [str(fault) for fault in form.non_field_errors()])

    def _amount(self, form: forms.Form) -> Money | None:
        if not form.is_bound:
            held = form.initial.get("amount")
        else:
            form.is_valid()
            held = form.cleaned_data.get("amount")
        return held if isinstance(held, Money) else None


def posted_count(kind: Kind, data: Any) -> int:
    count = 0
    while count < MOST_ROWS and any(key in data for key in _keys(kind, count).values()):
        count += 1
    return count


def typed_rows(kind: Kind, data: Any) -> list[dict[str, Any]]:
    """As they were typed, right or wrong, to be shown again."""
    found = [_keys(kind, number) for number in range(posted_count(kind, data))]
    return [{name: data.get(key, "") for name, key in keys.items()} for keys in found]


def _keys(kind: Kind, number: int) -> dict[str, str]:
    return {name: f"{kind.prefix}-{number}-{name}" for name in kind.fields}
