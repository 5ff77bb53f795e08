from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.calls.states import CallState


class CallSearch(forms.Form):
    """What narrows the list of calls. A value that does not exist narrows nothing."""

    words = forms.CharField(label=_("Title or code"), required=False, max_length=100)
    state = forms.ChoiceField(required=False, choices=CallState, widget=forms.HiddenInput)

    @property
    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
