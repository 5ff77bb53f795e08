"""The small forms: why, what was found, a name to sign with, what narrows a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fundportal.funds.models import Fund
from grants.awards.queries.lists import AwardFilter
from grants.awards.states import AwardState
from grants.calls.models import Call

LONGEST_REASON = 500
LONGEST_TEXT = 60_000


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The grantee reads this."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say why.")},
    )


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("What was found"),
        help_text=_("Where it can be read, or who saw it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say what was found.")},
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you do without it"),
        help_text=_("The fund reads this."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say why.")},
    )


class ChangeForm(forms.Form):
    reason = forms.CharField(
        label=_("What should change"),
        help_text=_("Name the place, and say what should stand there instead."),
        max_length=4_000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say what should change.")},
    )


class SignForm(forms.Form):
    name_typed = forms.CharField(
        label=_("Your full name"),
        help_text=_("Type it as it stands in your account. This is your signature."),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("Type your full name to sign.")},
    )


def text_field(label: object, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 24, "dir": "auto"}),
        error_messages={"required": _("Write the text.")},
    )


class AgreementForm(forms.Form):
    text = text_field(_("Text of this agreement"), _("For this grantee only. Both sides approve it word for word."))


class WordingForm(forms.Form):
    body = text_field(_("Text of the agreement"), _("Fields stand in braces, like {grantee}."))


class FilterForm(forms.Form):
    """What narrows the list of awards. A value that does not exist narrows nothing."""

    words = forms.CharField(label=_("Grantee, project or reference"), required=False, max_length=100)
    fund = forms.ChoiceField(label=_("Fund"), required=False)
    call = forms.ChoiceField(label=_("Call"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=(("", _("Newest first")), ("answer", _("Answer due first")), ("name", _("By name"))),
    )
    state = forms.ChoiceField(required=False, choices=AwardState, widget=forms.HiddenInput)

    def __init__(self, *args: Any, funds: list[Fund], calls: list[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = [("", _("All")), *((one.code, one.name) for one in funds)]
        self.fields["call"].choices = [("", _("All")), *((one.code, one.title) for one in calls)]

    @property
    def wanted(self) -> AwardFilter:
        self.full_clean()
        held = self.cleaned_data
        return AwardFilter(**{name: held.get(name, "") for name in ("words", "fund", "call", "state", "order")})
