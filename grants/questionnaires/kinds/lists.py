"""A choice, files, a budget: answers of several parts."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.money import Money, format_money
from grants.questionnaires.definition import Question
from grants.questionnaires.kinds.base import MOST_TYPED, Answer, Kind, is_keepable, kept, not_readable
from grants.questionnaires.kinds.figures import is_minor, read_minor, typed_minor, unreadable_minor
from grants.questionnaires.kinds.texts import LONGEST_LINE
from grants.questionnaires.kinds.widgets import MOST_LINES, BudgetInput, FilesInput

MOST_CHOICES: Final = 100
MOST_FILES: Final = 10
LONGEST_TOKEN: Final = 64


class Choices(Kind):
    """Kept as the key of the choice, or as a list of keys where several may be chosen."""

    def widget(self) -> forms.Widget:
        pairs = [(choice.key, choice.label) for choice in self.question.choices]
        return (
            forms.CheckboxSelectMultiple(choices=pairs) if self.question.is_many else forms.RadioSelect(choices=pairs)
        )

    def read(self, typed: Any) -> Answer | None:
        if self.question.is_many:
            held = typed if isinstance(typed, list | tuple) else []
            keys = [kept(key, most=MOST_TYPED) for key in held[:MOST_CHOICES]]
            return list(dict.fromkeys(filter(None, keys))) or None
        return kept(typed, most=MOST_TYPED) or None

    def typed(self, answer: Answer) -> Any:
        return chosen(answer) if self.question.is_many else super().typed(answer)

    def unreadable(self, answer: Answer) -> str:
        shape = list if self.question.is_many else str
        is_readable = isinstance(answer, shape) and bool(answer) and len(chosen(answer)) <= MOST_CHOICES
        are_keys = isinstance(answer, str) or (is_readable and all(map(is_keepable, answer)))
        return "" if is_readable and are_keys else not_readable()

    def outside(self, answer: Answer) -> str:
        offered = {choice.key for choice in self.question.choices}
        return "" if set(chosen(answer)) <= offered else _("Choose again: the answers offered have changed.")

    def missing(self) -> str:
        return _("Tick at least one answer.") if self.question.is_many else _("Choose an answer.")

    def value(self, answer: Answer) -> Any:
        """The labels, and of what is no longer offered its key."""
        labels = {choice.key: choice.label for choice in self.question.choices}
        return [labels.get(key, key) for key in chosen(answer)]

    def written(self, value: Any) -> str:
        return "\n".join(value)


class Files(Kind):
    """Kept as tokens of uploads; whether those are checked and whose they are, the caller knows.

    Where one file is asked for, the last one takes the place of those before it.
    """

    def widget(self) -> forms.Widget:
        return FilesInput()

    def read(self, typed: Any) -> Answer | None:
        held = typed if isinstance(typed, list | tuple) else []
        tokens = [kept(token, most=LONGEST_TOKEN) for token in held]
        found = list(dict.fromkeys(filter(None, tokens)))
        return (found if self.question.is_many else found[-1:]) or None

    def typed(self, answer: Answer) -> Any:
        return chosen(answer) if isinstance(answer, list) else []

    def unreadable(self, answer: Answer) -> str:
        is_list = isinstance(answer, list) and bool(answer) and all(map(is_keepable, answer))
        return "" if is_list and len(set(answer)) == len(answer) else not_readable()

    def outside(self, answer: Answer) -> str:
        most = MOST_FILES if self.question.is_many else 1
        sentence = ngettext("Keep %(most)s file and remove the others.", "Keep at most %(most)s files.", most)
        return sentence % {"most": most} if len(answer) > most else ""

    def missing(self) -> str:
        return _("Add a file here.")

    def written(self, value: Any) -> str:
        return "\n".join(value)


@dataclass(frozen=True)
class BudgetLine:
    """`amount` is None while it is not written; `typed` holds figures that could not be made out."""

    what: str
    amount: Money | None
    why: str
    typed: str = ""


@dataclass(frozen=True)
class BudgetSheet:
    lines: tuple[BudgetLine, ...]
    total: Money


class Budget(Kind):
    """Kept as a list of {"what", "minor", "why"}; a line may lack its amount or carry {"typed"} while it is written."""

    def widget(self) -> forms.Widget:
        return BudgetInput()

    def read(self, typed: Any) -> Answer | None:
        held = typed if isinstance(typed, list) else []
        lines = [_line(each, self.question.currency) for each in held[:MOST_LINES] if isinstance(each, dict)]
        return [line for line in lines if any(value not in ("", None) for value in line.values())] or None

    def typed(self, answer: Answer) -> Any:
        held = answer if isinstance(answer, list) else []
        lines = [line for line in held[:MOST_LINES] if isinstance(line, dict)]
        return [
            {
                "what": kept(line.get("what")),
                "amount": typed_minor(line, self.question.currency),
                "why": kept(line.get("why")),
            }
            for line in lines
        ]

    def unreadable(self, answer: Answer) -> str:
        if not isinstance(answer, list) or not answer or len(answer) > MOST_LINES:
            return not_readable()
        for number, line in enumerate(answer, start=1):
            if not isinstance(line, dict) or not (is_keepable(line.get("what")) and is_keepable(line.get("why"))):
                return not_readable()
            if (has_amount(line) or "typed" in line) and (sentence := unreadable_minor(line, self.question.currency)):
                return _("Line %(number)s: %(sentence)s") % {"number": number, "sentence": sentence}
        return ""

    def outside(self, answer: Answer) -> str:
        for number, line in enumerate(answer, start=1):
            if not line["what"]:
                return _("Line %(number)s does not say what it pays for.") % {"number": number}
            if not has_amount(line):
                return _("Line %(number)s has no amount.") % {"number": number}
            if max(len(line["what"]), len(line["why"])) > LONGEST_LINE:
                return _("Line %(number)s is too long. Keep it to a sentence.") % {"number": number}
        return ""

    def missing(self) -> str:
        return _("Write at least one line: what it pays for, and how much.")

    def value(self, answer: Answer) -> Any:
        lines = [_shown_line(line, self.question.currency) for line in answer if isinstance(line, dict)]
        return BudgetSheet(tuple(lines), total(self.question, answer))

    def shown(self, answer: Answer) -> Any:
        return self.value(answer) if isinstance(answer, list) else super().shown(answer)

    def written(self, value: Any) -> str:
        return "\n".join(" · ".join(filter(None, _parts(line))) for line in value.lines)


def _shown_line(line: dict[str, Any], currency: str) -> BudgetLine:
    amount = Money(line["minor"], currency) if is_minor(line.get("minor")) else None
    return BudgetLine(kept(line.get("what")), amount, kept(line.get("why")), kept(line.get("typed")))


def _parts(line: BudgetLine) -> tuple[str, ...]:
    return line.what, format_money(line.amount) if line.amount is not None else line.typed, line.why


def total(question: Question, answer: Answer) -> Money:
    """What the readable lines add up to, of any JSON."""
    lines = answer if isinstance(answer, list) else []
    amounts = [line["minor"] for line in lines if isinstance(line, dict) and is_minor(line.get("minor"))]
    return Money(sum(amounts), question.currency)


def has_amount(line: dict[str, Any]) -> bool:
    return line.get("minor") is not None


def chosen(answer: Answer) -> list[str]:
    """The keys of any answer to a choice, in the order in which they are kept."""
    if isinstance(answer, str):
        return [answer]
    return [key for key in answer if isinstance(key, str)] if isinstance(answer, list) else []


def _line(typed: dict[str, Any], currency: str) -> dict[str, Any]:
    line: dict[str, Any] = {"what": kept(typed.get("what")), "minor": None, "why": kept(typed.get("why"))}
    amount = kept(typed.get("amount"), most=MOST_TYPED)
    return line | read_minor(amount, currency) if amount else line
