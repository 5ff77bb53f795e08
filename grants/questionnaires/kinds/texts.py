"""A line, a longer text, a declaration."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.questionnaires.kinds.base import Answer, Kind, is_keepable, kept, not_readable

LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 40_000
WORDS_PER_ROW: Final = 25


def words(text: str) -> int:
    """Runs of signs between spaces in which there is a letter or a figure: a lone dash is no word."""
    return sum(any(map(str.isalnum, run)) for run in text.split())


class ShortText(Kind):
    longest = LONGEST_LINE

    def widget(self) -> forms.Widget:
        return forms.TextInput(attrs={"maxlength": self.longest})

    def read(self, typed: Any) -> Answer | None:
        return " ".join(kept(typed).split()) or None

    def unreadable(self, answer: Answer) -> str:
        return "" if is_keepable(answer) else not_readable()

    def outside(self, answer: Answer) -> str:
        if self.question.word_limit and (count := words(answer)) > self.question.word_limit:
            return _too_many_words(count, self.question.word_limit)
        return _too_long(len(answer), self.longest) if len(answer) > self.longest else ""


class LongText(ShortText):
    longest = LONGEST_TEXT

    def widget(self) -> forms.Widget:
        rows = min(14, max(4, (self.question.word_limit or 0) // WORDS_PER_ROW))
        return forms.Textarea(attrs={"rows": rows})

    def read(self, typed: Any) -> Answer | None:
        return kept(typed) or None


class Declaration(Kind):
    """Confirmed or not answered: there is no "no" to keep."""

    def widget(self) -> forms.Widget:
        return forms.CheckboxInput()

    def read(self, typed: Any) -> Answer | None:
        return True if typed is True else None

    def typed(self, answer: Answer) -> Any:
        return answer is True

    def unreadable(self, answer: Answer) -> str:
        return "" if answer is True else not_readable()

    def missing(self) -> str:
        return _("Read this sentence and tick the box to confirm it.")

    def value(self, answer: Answer) -> Any:
        return _("Confirmed") if answer is True else ""


def _too_many_words(count: int, most: int) -> str:
    sentence = ngettext(
        "This is %(count)s words long. The most is %(most)s word.",
        "This is %(count)s words long. The most is %(most)s words.",
        most,
    )
    return sentence % {"count": count, "most": most}


def _too_long(count: int, most: int) -> str:
    return _("This is %(count)s characters long. The most is %(most)s.") % {"count": count, "most": most}
