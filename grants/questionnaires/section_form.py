"""One section of a form on the screen: what is typed becomes JSON, however much of it is there yet."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from fundportal.money.formatting import format_plain
from grants.questionnaires.conditions import askable
from grants.questionnaires.definition import Definition, Question, QuestionKind, QuestionRole, Section
from grants.questionnaires.kinds import Answer, kind_of, total

PREFIX = "a"
ASK_FOR_THE_SUM = "ask-for-the-sum"
MORE_LINES = "more-lines"


class AnswerField(forms.Field):
    """Cleans to the answer as JSON; refuses only what cannot be read, since a draft may be incomplete."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.kind = kind_of(question)
        super().__init__(
            required=question.is_required,
            label=question.label,
            help_text=question.help_text,
            widget=self.kind.widget(),
        )

    def clean(self, value: Any) -> Answer | None:
        answer = self.kind.read(value)
        if answer is not None and (sentence := self.kind.unreadable(answer)):
            raise forms.ValidationError(sentence)
        return answer


class SavedField(forms.BoundField):
    """Shows what is saved, not what was posted, while problems of saved answers are pointed out."""

    def value(self) -> Any:
        return self.initial if self.form.problems else super().value()


class SectionForm(forms.Form):
    """The questions of one section that are asked, or may be once another answer on this page changes.

    `SectionForm(section, definition, answers)` shows what is saved; with `problems` (from `answers.problems`) it
    points at them. `SectionForm(section, definition, answers, data, files)` reads what was typed: `answers` is then
    the section's JSON, complete or not, `merged` the whole draft's; `is_valid()` is False where something typed
    cannot be made out, and what was typed is in `answers` all the same, so a draft may always be saved.
    `new_files` holds the files that came along: receive each, then `attach` its token.
    """

    use_required_attribute = False
    bound_field_class = SavedField

    def __init__(
        self,
        section: Section,
        definition: Definition,
        answers: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        problems: Mapping[str, str] | None = None,
    ) -> None:
        self.section, self.definition = section, definition
        self.saved = dict(answers) if isinstance(answers, Mapping) else {}
        super().__init__(data, files, prefix=PREFIX)
        asked = self._asked()
        self.fields.update({one.key: AnswerField(one) for one in section.questions if one.key in asked})
        self.initial = {key: field.kind.typed(self.saved.get(key)) for key, field in self.fields.items()}
        self.attached: dict[str, list[str]] = {}
        if self.is_bound:
            self._ask_for_the_sum()
        self.problems = {key: sentence for key, sentence in (problems or {}).items() if key in self.fields}
        if self.problems and not self.is_bound:
            self._point_at_problems()

    @property
    def answers(self) -> dict[str, Answer]:
        """What was typed, as JSON; a question left empty has no key. Without data it is what is saved."""
        if self.problems or not self.is_bound:
            return {key: self.saved[key] for key in self.fields if key in self.saved}
        typed = {key: self._typed(key, field) for key, field in self.fields.items()}
        return {key: answer for key, answer in typed.items() if answer is not None}

    @property
    def merged(self) -> dict[str, Answer]:
        """All answers of the draft, with this section's in the place of the old ones."""
        return {key: answer for key, answer in self.saved.items() if key not in self.fields} | self.answers

    @property
    def new_files(self) -> dict[str, list[Any]]:
        """By question, the files that came with this request; refused by `refuse_file`, kept by `attach`."""
        asked = {key: field for key, field in self.fields.items() if field.question.kind == QuestionKind.FILE}
        return {key: found for key in asked if (found := self._files_of(key))}

    def attach(self, key: str, token: str) -> None:
        """Adds the token of a received file to the answer."""
        self.attached.setdefault(key, []).append(token)

    def refuse_file(self, key: str, sentence: str) -> None:
        self.add_error(key, sentence)

    def accept_of(self, key: str) -> tuple[str, ...]:
        """The endings that the question takes; () for all that the house takes."""
        accept: tuple[str, ...] = self.fields[key].question.accept
        return accept

    @property
    def wants_to_stay(self) -> bool:
        """Saved by "Add a line" or "Ask for … instead": the same section is shown again."""
        return ASK_FOR_THE_SUM in self.data or MORE_LINES in self.data

    def _asked(self) -> Collection[str]:
        return askable(self.section, self.definition, self.saved)

    def _typed(self, key: str, field: AnswerField) -> Answer | None:
        typed = self[key].data
        if key in self.attached:
            typed = [*typed, *self.attached[key]]
        return field.kind.read(typed)

    def _ask_for_the_sum(self) -> None:
        """The button that asks for what the lines add up to writes it into the amount's box."""
        amount = self.definition.with_role(QuestionRole.AMOUNT)
        budget = self.fields.get(str(self.data.get(ASK_FOR_THE_SUM, "")))
        if not amount or not budget or amount.key not in self.fields or budget.question.currency != amount.currency:
            return
        lines = total(budget.question, self._typed(budget.question.key, budget))
        self.data = self.data.copy()
        self.data[self.add_prefix(amount.key)] = format_plain(lines)

    def _files_of(self, key: str) -> list[Any]:
        name = f"{self.add_prefix(key)}-new"
        return [file for file in self.files.getlist(name) if file] if hasattr(self.files, "getlist") else []

    def _point_at_problems(self) -> None:
        self.is_bound = True
        self.cleaned_data = {}
        self._errors = ErrorDict(renderer=self.renderer)
        for key, sentence in self.problems.items():
            self.add_error(key, sentence)

    def full_clean(self) -> None:
        if not self.problems:
            super().full_clean()


class PreviewForm(SectionForm):
    """Every question of the section, whatever it hangs on: how a form looks while nobody has answered yet."""

    def _asked(self) -> Collection[str]:
        return [question.key for question in self.section.questions]
