"""The budget as a grid of boxes, with what its lines add up to against what is asked for."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from fundportal.money import Money, currency
from fundportal.money.formatting import locale_of
from grants.questionnaires.definition import QuestionRole
from grants.questionnaires.kinds import kind_of, total
from grants.questionnaires.kinds.figures import is_minor
from grants.questionnaires.kinds.widgets import MOST_LINES
from grants.questionnaires.numbers import show_number

FEWEST_ROWS = 3


@dataclass(frozen=True)
class GridRow:
    number: int
    what: str
    amount: str
    why: str

    @property
    def place(self) -> int:
        return self.number - 1


@dataclass(frozen=True)
class Grid:
    """`asked_id` is the box with what is asked for, "" when it stands on another page."""

    key: str
    rows: list[GridRow]
    currency: str
    total: Money
    asked: Money | None
    asked_id: str
    described_by: str

    @property
    def sum_text(self) -> str:
        return figure(self.total)

    @property
    def asked_minor(self) -> str:
        return "" if self.asked is None else str(self.asked.minor)

    @property
    def words(self) -> dict[str, str]:
        """With {amount} where the difference or the sum goes; the browser fills in the same."""
        return {
            "same": _("as much as you ask for"),
            "less": _("{amount} less than you ask for"),
            "more": _("{amount} more than you ask for"),
            "repair": _("Ask for {amount} instead").replace("{amount}", f"{self.currency}\u00a0{{amount}}"),
        }

    @property
    def comparison(self) -> str:
        if self.asked is None:
            return ""
        gap = self.total.minor - self.asked.minor
        word = "same" if gap == 0 else "less" if gap < 0 else "more"
        return self.words[word].format(amount=figure(Money(abs(gap), self.currency)))

    @property
    def repair(self) -> str:
        return self.words["repair"].format(amount=self.sum_text)

    @property
    def can_repair(self) -> bool:
        return bool(self.asked_id) and self.asked is not None and self.total.minor > 0

    @property
    def needs_repair(self) -> bool:
        return self.can_repair and self.total != self.asked

    @property
    def signs(self) -> dict[str, Any]:
        """How amounts are typed and written in this language."""
        symbols = locale_of().number_symbols["latn"]
        return {
            "decimal": symbols["decimal"],
            "group": figure(Money(10**7, "JPY"))[2],
            "exponent": currency(self.currency).exponent,
        }


def grid(bound: BoundField) -> Grid:
    question, form = bound.field.question, bound.form
    held = bound.value() or []
    rows = [GridRow(number, **_texts(line)) for number, line in enumerate(held, start=1)]
    while len(rows) < min(MOST_LINES, max(FEWEST_ROWS, len(held) + 1)):
        rows.append(GridRow(len(rows) + 1, "", "", ""))
    amount = form.definition.with_role(QuestionRole.AMOUNT) if question.role == QuestionRole.BUDGET else None
    is_same_money = amount is not None and amount.currency == question.currency
    return Grid(
        key=question.key,
        rows=rows,
        currency=question.currency,
        total=total(question, kind_of(question).read(held)),
        asked=_asked(form, amount.key, question.currency) if is_same_money else None,
        asked_id=form[amount.key].auto_id if is_same_money and amount.key in form.fields else "",
        described_by=f"{bound.auto_id}-error" if bound.errors else "",
    )


def figure(money: Money) -> str:
    """Without its currency, which stands in the head of the column; cents only where there are some."""
    return show_number(f"{money.decimal:f}" if not money.is_whole else f"{money.decimal:.0f}")


def _asked(form: Any, key: str, code: str) -> Money | None:
    held = form.merged.get(key)
    minor = held.get("minor") if isinstance(held, dict) else None
    return Money(minor, code) if is_minor(minor) else None


def _texts(line: dict[str, str]) -> dict[str, str]:
    return {part: line.get(part, "") for part in ("what", "amount", "why")}
