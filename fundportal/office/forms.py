from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fundportal.accounts.models import User
from fundportal.accounts.queries import people_at_work
from fundportal.accounts.states import RoleState
from fundportal.funds.models import Fund
from fundportal.mail.own import Words
from fundportal.mail.states import LetterState
from fundportal.office.kinds import kind_choices
from fundportal.organisations.models import Organisation
from fundportal.search import LONGEST

A_DAY = {"invalid": _("Write the day like 2026-11-22.")}


def day_field(label: object) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, error_messages=A_DAY)


class Search(forms.Form):
    """A GET form: what it does not understand, it leaves out."""

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class RecordSearch(Search):
    """Each box narrows by a column that the database finds by itself."""

    fund = forms.ChoiceField(label=_("Fund"), required=False)
    by = forms.CharField(label=_("By whom"), required=False, max_length=100)
    what = forms.CharField(label=_("What happened"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind of thing"), required=False)
    about = forms.CharField(label=_("Reference or name"), required=False, max_length=100)
    since = day_field(_("From"))
    until = day_field(_("Until"))

    def __init__(self, *args: Any, funds: Iterable[Fund], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = [("", _("All")), *((fund.code, fund.name) for fund in funds)]
        self.fields["kind"].choices = [("", _("All")), *kind_choices()]

    def told(self) -> dict[str, str]:
        """The filters that were understood, in words for the record and for an address."""
        return {name: str(value) for name, value in self.asked().items() if value}

    def address_of_export(self) -> str:
        return f"{reverse('office:record_export')}?{urlencode(self.told())}".rstrip("?")


class EverythingSearch(Search):
    words = forms.CharField(label=_("Search"), required=False, max_length=LONGEST)

    @property
    def typed(self) -> str:
        """Without needless blanks; empty where no text can be made of it."""
        return " ".join((self.asked()["words"] or "").split())


class PeopleSearch(Search):
    words = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Roles"), required=False, choices=[("", _("All")), *RoleState.choices])


class LetterSearch(Search):
    words = forms.CharField(label=_("Address or subject"), required=False, max_length=100)
    state = forms.ChoiceField(required=False, choices=LetterState.choices, widget=forms.HiddenInput)


class TextSearch(Search):
    fund = forms.ChoiceField(label=_("Fund"), required=False)

    def __init__(self, *args: Any, funds: Iterable[Fund], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = [(fund.code, fund.name) for fund in funds]


A_TEXT = {"required": _("Write something here, or go back to the standard text.")}


class LetterTextForm(forms.Form):
    """What a letter says; `version` is the one the writer began from."""

    subject = forms.CharField(label=_("Subject"), max_length=200, error_messages=A_TEXT)
    heading = forms.CharField(
        label=_("First sentence"),
        max_length=200,
        help_text=_("In large letters above the text."),
        error_messages=A_TEXT,
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        error_messages=A_TEXT,
        help_text=_("An empty line begins a new paragraph. A line with a field that is empty in a letter is left out."),
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    @property
    def words(self) -> Words:
        return Words(*(self.cleaned_data[name] for name in ("subject", "heading", "body")))


class StaffConflictForm(forms.Form):
    """Whoever works here may be bound, to any organisation."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose the organisation.")},
    )
    reason = forms.CharField(
        label=_("What ties them"),
        max_length=300,
        error_messages={"required": _("Say in a few words what ties this person to the organisation.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_at_work()
        self.fields["organisation"].queryset = Organisation.objects.order_by("name", "pk")
