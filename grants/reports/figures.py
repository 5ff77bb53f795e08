"""What was agreed beside what was reported: the indicators, and the budget line by line.

A revision keeps these lines as they were when it was sent, so that a later change of the agreement rewrites nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from fundportal.money import Money

PER_MILLE: Final = 1000
PER_CENT_IN_PER_MILLE: Final = 10
# A difference of more than a tenth of what was planned is explained.
EXPLAINED_FROM_TENTHS: Final = 10


@dataclass(frozen=True)
class ResultLine:
    """One indicator. Numbers are kept as text ("12.5"), "" where there is none; what cannot be read stays as typed."""

    key: str
    name: str
    unit: str
    baseline: str
    target: str
    value: str = ""
    note: str = ""

    def as_json(self) -> dict[str, str]:
        return dict(vars(self))

    @classmethod
    def read(cls, held: Mapping[str, str]) -> Self:
        return cls(**held)

    def with_reported(self, typed: Mapping[str, Any]) -> Self:
        return type(self)(**vars(self) | {"value": _text(typed.get("value")), "note": _text(typed.get("note"))})


@dataclass(frozen=True)
class SpendingLine:
    """One heading of the agreed budget. `spent` is all money spent on it since the grant began.

    `spent` is None while nothing that can be read was typed; `typed` then holds what was.
    """

    key: str
    heading: str
    planned: Money
    spent: Money | None = None
    note: str = ""
    typed: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "heading": self.heading,
            "planned": self.planned.minor,
            "spent": None if self.spent is None else self.spent.minor,
            "note": self.note,
        }

    @classmethod
    def read(cls, held: Mapping[str, Any], currency: str) -> Self:
        spent = None if held["spent"] is None else Money(held["spent"], currency)
        return cls(held["key"], held["heading"], Money(held["planned"], currency), spent, held["note"])

    @property
    def difference(self) -> Money | None:
        """Above zero where more was spent than planned."""
        return None if self.spent is None else self.spent - self.planned

    @property
    def per_cent(self) -> int | None:
        """The difference in whole per cent of the plan, a half away from zero; None where nothing was planned."""
        if self.difference is None or self.planned.is_zero:
            return None
        tenths = abs(self.difference.minor) * PER_MILLE // self.planned.minor
        whole = (tenths + PER_CENT_IN_PER_MILLE // 2) // PER_CENT_IN_PER_MILLE
        return -whole if self.difference.is_negative else whole

    @property
    def is_over(self) -> bool:
        """By more than a tenth."""
        return self._is_off and self.difference is not None and not self.difference.is_negative

    @property
    def is_under(self) -> bool:
        return self._is_off and self.difference is not None and self.difference.is_negative

    @property
    def _is_off(self) -> bool:
        return self.difference is not None and abs(self.difference.minor) * EXPLAINED_FROM_TENTHS > self.planned.minor

    def needs_a_word(self, *, is_final: bool) -> bool:
        """Underspending is only asked about at the end: halfway through, half the money is not spent yet."""
        return self.is_over or (is_final and self.is_under)


def planned_in_all(lines: Iterable[SpendingLine], currency: str) -> Money:
    return sum((line.planned for line in lines), Money.zero(currency))


def spent_in_all(lines: Iterable[SpendingLine], currency: str) -> Money:
    """Of the lines that can be read."""
    return sum((line.spent for line in lines if line.spent is not None), Money.zero(currency))


def difference_in_all(lines: Iterable[SpendingLine], currency: str) -> Money | None:
    """None while a line cannot be read: a part of the sum would look like money not spent."""
    known = list(lines)
    if any(line.spent is None for line in known):
        return None
    return spent_in_all(known, currency) - planned_in_all(known, currency)


def _text(held: Any) -> str:
    return held if isinstance(held, str) else ""
