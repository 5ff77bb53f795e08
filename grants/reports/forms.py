"""The two tables that a grantee fills in, and what the office writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.funds.models import Fund
from fundportal.money.forms import TYPED_BY_HAND
from grants.questionnaires.kinds.base import MOST_TYPED, kept
from grants.questionnaires.kinds.figures import read_minor, typed_minor, unreadable_minor
from grants.questionnaires.numbers import is_number, read_number, show_number
from grants.reports.figures import ResultLine, SpendingLine
from grants.reports.models import Publication
from grants.reports.queries.pages import ReportFilter
from grants.reports.services import PublicFacts

OLD_PAGE = gettext_lazy("This page has grown old. Open it again.")
LONGEST_NOTE = 500
LONGEST_REASON = 500
LONGEST_TEXT = 4_000
Typed = dict[str, dict[str, Any]]


class VersionForm(forms.Form):
    """Which version of the draft the page showed."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages={"invalid": OLD_PAGE, "required": OLD_PAGE},
    )


@dataclass(frozen=True)
class Row:
    """One line of a table with its two boxes."""

    line: Any
    figure: BoundField
    note: BoundField


class TableForm(forms.Form):
    """A box for the figure and one for a note on each line of the agreement.

    `content` is what was typed, readable or not, so that a draft may always be saved; `is_valid()` is False where a
    figure cannot be made out. `problems` (by the name of the box) are pointed at in what is saved.
    """

    use_required_attribute = False
    figure_name = ""

    def __init__(
        self, lines: Sequence[Any], data: Mapping[str, Any] | None = None, *, problems: Mapping[str, str] | None = None
    ) -> None:
        self.lines, self.problems = lines, problems or {}
        saved = {name: text for line in lines for name, text in self._saved(line).items()}
        super().__init__(saved if self.problems and data is None else data, initial=saved)
        for line in lines:
            self.fields |= self._boxes(line)

    @property
    def rows(self) -> list[Row]:
        return [Row(one, self[f"{self.figure_name}-{one.key}"], self[f"note-{one.key}"]) for one in self.lines]

    @property
    def content(self) -> Typed:
        return {line.key: held for line in self.lines if (held := self._read(line))}

    def clean(self) -> None:
        for line in self.lines:
            box = f"{self.figure_name}-{line.key}"
            if sentence := self._unreadable(self._read(line), line):
                self.add_error(box, sentence)
        for box, sentence in self.problems.items():
            if box in self.fields and box not in self.errors:
                self.add_error(box, sentence)

    def _figure(self, line: Any) -> str:
        return kept(self.data.get(f"{self.figure_name}-{line.key}"), most=MOST_TYPED)

    def _note(self, line: Any) -> dict[str, str]:
        note = kept(self.data.get(f"note-{line.key}"), most=LONGEST_NOTE)
        return {"note": note} if note else {}

    def _boxes(self, line: Any) -> dict[str, forms.Field]:
        figure = forms.CharField(label=self._figure_label(line), widget=forms.TextInput(TYPED_BY_HAND), required=False)
        note_label = _("%(line)s, note") % {"line": self._name(line)}
        lines = forms.Textarea({"rows": 1, "maxlength": LONGEST_NOTE, "dir": "auto"})
        note = forms.CharField(label=note_label, widget=lines, required=False)
        return {f"{self.figure_name}-{line.key}": figure, f"note-{line.key}": note}

    def _name(self, line: Any) -> str:
        raise NotImplementedError

    def _figure_label(self, line: Any) -> str:
        raise NotImplementedError

    def _saved(self, line: Any) -> dict[str, str]:
        raise NotImplementedError

    def _read(self, line: Any) -> dict[str, Any]:
        raise NotImplementedError

    def _unreadable(self, held: dict[str, Any], line: Any) -> str:
        raise NotImplementedError


class ResultsForm(TableForm):
    """What was reached, for each agreed indicator."""

    figure_name = "value"

    def _name(self, line: ResultLine) -> str:
        return line.name

    def _figure_label(self, line: ResultLine) -> str:
        return _("%(line)s, reached so far") % {"line": line.name}

    def _saved(self, line: ResultLine) -> dict[str, str]:
        value = show_number(line.value, grouped=False) if is_number(line.value) else line.value
        return {f"value-{line.key}": value, f"note-{line.key}": line.note}

    def _read(self, line: ResultLine) -> dict[str, Any]:
        text = self._figure(line)
        return ({"value": read_number(text) or text} if text else {}) | self._note(line)

    def _unreadable(self, held: dict[str, Any], line: ResultLine) -> str:  # noqa: ARG002  (amounts need their currency)
        return "" if is_number(held.get("value", "0")) else _("Type a number in figures, like 12.")


class SpendingForm(TableForm):
    """What was spent since the grant began, for each heading of the agreed budget."""

    figure_name = "spent"

    def _name(self, line: SpendingLine) -> str:
        return line.heading

    def _figure_label(self, line: SpendingLine) -> str:
        words = {"line": line.heading, "currency": line.planned.currency}
        return _("%(line)s, spent so far in %(currency)s") % words

    def _saved(self, line: SpendingLine) -> dict[str, str]:
        held = {"minor": line.spent.minor} if line.spent is not None else {"typed": line.typed}
        return {f"spent-{line.key}": typed_minor(held, line.planned.currency), f"note-{line.key}": line.note}

    def _read(self, line: SpendingLine) -> dict[str, Any]:
        text = self._figure(line)
        return (read_minor(text, line.planned.currency) if text else {}) | self._note(line)

    def _unreadable(self, held: dict[str, Any], line: SpendingLine) -> str:
        return unreadable_minor(held, line.planned.currency) if "typed" in held else ""


class OfficeForm(forms.Form):
    """Several of these stand on one page, so the ids of their fields carry the form's name."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{type(self).__name__.lower()}_%s", **kwargs)

    @property
    def read(self) -> int:
        """The number of the version that the person read."""
        return self.cleaned_data.get("revision") or 0


def _words(label: object, help_text: object, most: int = LONGEST_TEXT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write a sentence or two.")},
    )


class AskForm(OfficeForm):
    reason = _words(gettext_lazy("What should change"), gettext_lazy("The grantee reads your words in the letter."))


class AcceptForm(OfficeForm):
    feedback = _words(
        gettext_lazy("Your answer to the grantee"),
        gettext_lazy("They wrote this for you: say what you read, what helped, what you take from it."),
    )


class WaiveForm(OfficeForm):
    reason = _words(
        gettext_lazy("Why it is not needed"),
        gettext_lazy("The grantee reads your words in the letter."),
        LONGEST_REASON,
    )


class PublishForm(forms.Form):
    """A plain summary in each language of the site, and what stands beside it."""

    shows_results = forms.BooleanField(label=gettext_lazy("Show the results in figures"), required=False)
    shows_spending = forms.BooleanField(label=gettext_lazy("Show budget and spending"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, error_messages={"required": OLD_PAGE})

    def __init__(self, *args: Any, standing: Publication | None = None, **kwargs: Any) -> None:
        held = {name: getattr(standing, name, True) for name in ("shows_results", "shows_spending")}
        held |= {"version": standing.version if standing else 0}
        texts = standing.summaries if standing else {}
        held |= {f"summary_{code}": texts.get(code, "") for code, _name in settings.LANGUAGES}
        super().__init__(*args, initial=held, **kwargs)
        for code, name in settings.LANGUAGES:
            label = _("Summary in %(language)s") % {"language": name}
            self.fields[f"summary_{code}"] = _words(label, _("Two to five sentences in plain words."))
            self.fields[f"summary_{code}"].widget.attrs |= {"lang": code}
        self.order_fields([f"summary_{code}" for code, _name in settings.LANGUAGES])

    @property
    def facts(self) -> PublicFacts:
        held = self.cleaned_data
        texts = {code: held[f"summary_{code}"] for code, _name in settings.LANGUAGES}
        return PublicFacts(texts, shows_results=held["shows_results"], shows_spending=held["shows_spending"])


class FilterForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("Grantee, place or reference"), required=False, max_length=100)
    state = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def wanted(self) -> ReportFilter:
        """What cannot be made out narrows nothing."""
        held = self.cleaned_data if self.is_valid() else {}
        return ReportFilter(words=held.get("words", ""), state=held.get("state", ""))


class StartFormForm(forms.Form):
    """A report form of a fund, with the usual questions in it."""

    name = forms.CharField(
        label=gettext_lazy("What the office calls it"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give it a name.")},
    )
    fund = forms.ModelChoiceField(label=gettext_lazy("Fund"), queryset=Fund.objects.none(), empty_label=None)

    def __init__(self, *args: Any, funds: QuerySet[Fund], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds
