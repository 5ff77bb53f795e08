from django import forms
from django.utils.translation import gettext_lazy as _

from grants.calls.forms.texts import WallField

LONGEST = 600


class ReopenForm(forms.Form):
    deadline = WallField(label=_("New deadline"))
    reason = forms.CharField(
        label=_("Why, in public"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in public why the call opens again.")},
    )
