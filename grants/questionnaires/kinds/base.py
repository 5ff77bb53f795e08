"""What each kind of question knows: how an answer is typed, kept as JSON, checked and read back."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from grants.questionnaires.definition import Question

Answer = Any
UNKEEPABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MOST_TYPED: Final = 200


@dataclass(frozen=True)
class Kind:
    """How one question is answered; none of its methods raises for any JSON whatever.

    `read` turns what came from the browser into an answer and keeps what it cannot make out, so that a draft loses
    nothing. `unreadable` says what is wrong with an answer's shape, `outside` what is wrong with its content and is
    only asked about readable ones; both answer "" when nothing is.
    """

    question: Question

    def widget(self) -> forms.Widget:
        raise NotImplementedError

    def read(self, typed: Any) -> Answer | None:
        """None where nothing was typed."""
        raise NotImplementedError

    def typed(self, answer: Answer) -> Any:
        """What stands in the control for this answer; the opposite of `read`."""
        return answer if isinstance(answer, str) else ""

    def unreadable(self, answer: Answer) -> str:
        raise NotImplementedError

    def outside(self, answer: Answer) -> str:  # noqa: ARG002  (most kinds have limits, and those read it)
        return ""

    def missing(self) -> str:
        return _("This is not answered yet. A few words are enough to begin.")

    def value(self, answer: Answer) -> Any:
        """What a read-only page shows of a readable answer: a text, Money, a day, or a list of lines."""
        return answer

    def shown(self, answer: Answer) -> Any:
        """The value, or of an answer that is still being typed the words it holds: a reader misses nothing."""
        return words_held(answer) if self.unreadable(answer) else self.value(answer)

    def words(self, answer: Answer) -> str:
        """The same as one plain text, for letters and comparisons."""
        shown = self.shown(answer)
        return shown if isinstance(shown, str) else self.written(shown)

    def written(self, value: Any) -> str:
        """A value of this kind in words."""
        return str(value)


def words_held(answer: Answer, *, deepest: int = 5) -> str:
    """Every text in a piece of JSON."""
    if isinstance(answer, str):
        return kept(answer)
    parts = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ()
    return " · ".join(filter(None, (words_held(part, deepest=deepest - 1) for part in parts if deepest)))


def kept(text: object, *, most: int | None = None) -> str:
    """The text without signs that a database cannot keep, its line ends made one."""
    if not isinstance(text, str):
        return ""
    plain = UNKEEPABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return plain if most is None else plain[:most].strip()


def is_keepable(text: object) -> bool:
    return isinstance(text, str) and not UNKEEPABLE.search(text)


def not_readable() -> str:
    return _("This answer cannot be read. Give it once more.")
