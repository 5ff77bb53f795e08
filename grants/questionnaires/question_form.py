"""The form for one question: its words in each language, and only the settings that its kind has."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.documents.kinds import KINDS as FILE_KINDS
from fundportal.money import CURRENCIES, AmountError, Money, parse_amount
from fundportal.money.formatting import format_plain
from grants.questionnaires.conditions import condition_values
from grants.questionnaires.definition import Choice, Condition, Definition, Question, QuestionKind, QuestionRole
from grants.questionnaires.editing import new_key
from grants.questionnaires.forms import Versioned, in_languages
from grants.questionnaires.numbers import read_number, show_number
from grants.questionnaires.queries import ROLE_KINDS

SPARE_CHOICES = 4
SETTINGS = {
    QuestionKind.SHORT_TEXT: ("role",),
    QuestionKind.LONG_TEXT: ("role", "word_limit"),
    QuestionKind.NUMBER: ("minimum", "maximum"),
    QuestionKind.MONEY: ("role", "currency", "minimum", "maximum"),
    QuestionKind.DATE: ("minimum", "maximum"),
    QuestionKind.CHOICE: ("is_many",),
    QuestionKind.FILE: ("is_many", "accept"),
    QuestionKind.BUDGET: ("role", "currency"),
    QuestionKind.DECLARATION: (),
    QuestionKind.INDICATOR: (),
}


class QuestionForm(Versioned):
    """`QuestionForm(definition=…, question=…, currency=…)`; `made()` gives the question as it shall be.

    `question` is the present one, or a bare one of the kind to add; `currency` is the fund's, for new amounts.
    """

    is_required = forms.BooleanField(label=gettext_lazy("Everybody who is asked has to answer"), required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("What other pages read from it"),
        required=False,
        help_text=gettext_lazy("A form has one title, and at most one summary, amount and budget."),
    )
    word_limit = forms.IntegerField(
        label=gettext_lazy("Most words"), required=False, min_value=1, max_value=10_000, widget=forms.TextInput
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=[(code, code) for code in sorted(CURRENCIES)])
    minimum = forms.CharField(label=gettext_lazy("Smallest"), required=False, max_length=40)
    maximum = forms.CharField(label=gettext_lazy("Largest"), required=False, max_length=40)
    is_many = forms.BooleanField(label=gettext_lazy("Several may be given"), required=False)
    accept = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of files"),
        required=False,
        choices=[(ending, f".{ending}") for ending in FILE_KINDS],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked means all of them."),
    )
    condition = forms.MultipleChoiceField(
        label=gettext_lazy("Ask it only after one of these answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked means everybody is asked. All ticks belong to one question."),
    )

    def __init__(self, *args: Any, definition: Definition, question: Question, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self.question = definition, question
        for name in {"role", "word_limit", "currency", "minimum", "maximum", "is_many", "accept"} - set(self._settings):
            del self.fields[name]
        self.add_texts("label", _("Question"), is_required=True)
        self.add_texts("help", _("Help under the question"))
        self.choice_keys = self._choice_keys()
        for place in range(len(self.choice_keys)):
            self.add_texts(f"choice_{place}", _("Choice %(number)s") % {"number": place + 1}, rows=1)
        self._fill(currency)

    def made(self, key: str) -> Question:
        """The question under this key; call it on a valid form."""
        held = self.cleaned_data
        settings = {name: held[name] for name in self._settings if name != "accept"}
        return Question(
            key=key,
            kind=self.question.kind,
            labels=self.texts("label"),
            helps=self.texts("help"),
            is_required=held["is_required"],
            choices=tuple(self._choices()),
            accept=tuple(held.get("accept", ())),
            condition=held["condition"],
            **settings,
        )

    @property
    def rows(self) -> list[list[BoundField]]:
        """Texts side by side, then choices, then each setting by itself."""
        pairs = [self.pair("label"), self.pair("help")]
        pairs += [self.pair(f"choice_{place}") for place in range(len(self.choice_keys))]
        return pairs + [[self[name]] for name in (*self._settings, "is_required", "condition") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        for name in ("minimum", "maximum"):
            if self.cleaned_data.get(name):
                self._read_limit(name)
        return self.cleaned_data

    def clean_condition(self) -> Condition | None:
        picked = [value.split("=", 1) for value in self.cleaned_data["condition"]]
        sources = {source for source, _value in picked}
        if len(sources) > 1:
            raise ValidationError(_("Tick answers of one question only."))
        return Condition(sources.pop(), tuple(value for _source, value in picked)) if picked else None

    @property
    def _settings(self) -> tuple[str, ...]:
        return SETTINGS[QuestionKind(self.question.kind)]

    def _fill(self, currency: str) -> None:
        held = self.question
        if "role" in self.fields:
            fitting = [role for role, kind in ROLE_KINDS.items() if kind == held.kind]
            self.fields["role"].choices = [(role.value, role.label) for role in QuestionRole if role in ("", *fitting)]
        self.fields["condition"].choices = list(self._condition_choices())
        if held.kind == QuestionKind.DATE:
            for name in ("minimum", "maximum"):
                self.fields[name].widget = forms.DateInput(attrs={"type": "date"})
        names = [name for name in self._settings if name not in {"minimum", "maximum"}]
        self.initial |= {name: getattr(held, name) for name in (*names, "is_required")}
        self.initial |= {name: self._limit_shown(getattr(held, name)) for name in ("minimum", "maximum")}
        self.initial |= {"currency": held.currency or currency} | self._texts_held()
        if held.condition:
            self.initial["condition"] = [f"{held.condition.question}={value}" for value in held.condition.values]

    def _texts_held(self) -> dict[str, str]:
        held = in_languages("label", self.question.labels) | in_languages("help", self.question.helps)
        for place, choice in enumerate(self.question.choices):
            held |= in_languages(f"choice_{place}", choice.labels)
        return held

    def _condition_choices(self) -> Iterator[tuple[str, str]]:
        for source in self.definition.questions:
            if source.key != self.question.key:
                for value, label in condition_values(source):
                    words = {"answer": label or value, "question": source.label or source.key}
                    yield f"{source.key}={value}", _("“%(answer)s” to “%(question)s”") % words

    def _choice_keys(self) -> list[str]:
        """The present choices keep their keys, since answers are kept by them; then come empty lines."""
        if self.question.kind != QuestionKind.CHOICE:
            return []
        keys = [choice.key for choice in self.question.choices]
        for _place in range(SPARE_CHOICES):
            keys.append(new_key(keys, "choice"))
        return keys

    def _choices(self) -> Iterator[Choice]:
        for place, key in enumerate(self.choice_keys):
            if labels := self.texts(f"choice_{place}"):
                yield Choice(key, labels)

    def _read_limit(self, name: str) -> None:
        text, kind = self.cleaned_data[name], self.question.kind
        try:
            if kind == QuestionKind.MONEY:
                self.cleaned_data[name] = str(parse_amount(text, self.cleaned_data.get("currency", "")).minor)
            elif kind == QuestionKind.DATE:
                self.cleaned_data[name] = date.fromisoformat(text).isoformat()
            else:
                self.cleaned_data[name] = _number(text)
        except AmountError as refused:
            self.add_error(name, refused.sentence)
        except ValueError:
            self.add_error(name, _("Type it in figures, or leave it empty."))

    def _limit_shown(self, limit: str) -> str:
        if limit and self.question.kind == QuestionKind.MONEY:
            return format_plain(Money(int(limit), self.question.currency))
        return show_number(limit, grouped=False) if limit and self.question.kind == QuestionKind.NUMBER else limit


def _number(text: str) -> str:
    number = read_number(text)
    if number is None:
        raise ValueError(text)
    return number
