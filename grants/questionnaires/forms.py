"""Forms with which the office writes forms: a text for each language side by side, one question at a time."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from fundportal.funds.models import Fund
from fundportal.languages import LANGUAGES
from grants.questionnaires.definition import Section
from grants.questionnaires.queries import language_name

EMPTY, USUAL = "empty", "usual"


class Versioned(forms.Form):
    """Carries the version of the questionnaire that the person sees."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def add_texts(self, name: str, label: object, *, rows: int = 2, is_required: bool = False) -> None:
        """One box for each language; where it is required, one of them is enough while the form is being written."""
        for language in LANGUAGES:
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=f"{label}, {language_name(language)}",
                required=is_required and language == LANGUAGES[0],
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
                error_messages={"required": _("Write this in the first language at least.")},
            )

    def texts(self, name: str) -> dict[str, str]:
        found = {language: self.cleaned_data.get(f"{name}_{language}", "") for language in LANGUAGES}
        return {language: " ".join(text.split()) for language, text in found.items() if text.strip()}

    def look_again(self, version: int) -> None:
        """After somebody else saved: what was typed stays, and saving again is meant for their version."""
        self.data = self.data.copy()
        self.data["version"] = version

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """The texts that stand in the form now, where they are not what was typed."""
        texts = [bound for bound in self.visible_fields() if isinstance(bound.field.widget, forms.Textarea)]
        return [(bound.label, bound.initial or "–") for bound in texts if (bound.data or "") != (bound.initial or "")]

    def pair(self, name: str) -> list[BoundField]:
        return [self[f"{name}_{language}"] for language in LANGUAGES]


class SectionTextForm(Versioned):
    def __init__(self, *args: Any, section: Section | None = None, **kwargs: Any) -> None:
        held = section or Section("new")
        super().__init__(*args, **kwargs)
        self.add_texts("title", _("Title of the section"), rows=1, is_required=True)
        self.add_texts("help", _("What to know before answering"))
        self.initial |= in_languages("title", held.titles) | in_languages("help", held.helps)

    def section(self, key: str) -> Section:
        return Section(key, self.texts("title"), self.texts("help"))

    @property
    def rows(self) -> list[list[BoundField]]:
        return [self.pair("title"), self.pair("help")]


class NewForm(forms.Form):
    fund = forms.ModelChoiceField(Fund.objects.none(), label=_("Fund"), empty_label=None)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Only the office sees it."),
        error_messages={"required": _("Give it a name that your colleagues will recognise.")},
    )
    start = forms.ChoiceField(
        label=_("Start with"),
        choices=[(USUAL, _("The three sections most funds start from")), (EMPTY, _("An empty page"))],
        initial=USUAL,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, funds: QuerySet[Fund], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds
        self.fields["fund"].label_from_instance = lambda fund: fund.name


class CopyForm(NewForm):
    start = None


class NameForm(Versioned):
    name = NewForm.base_fields["name"]


def in_languages(name: str, texts: Any) -> dict[str, str]:
    return {f"{name}_{language}": texts.get(language, "") for language in LANGUAGES}
