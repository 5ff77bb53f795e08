from django import forms
from django.utils.translation import gettext_lazy as _

from grants.calls.forms.texts import WallField


class ExtendForm(forms.Form):
    deadline = WallField(label=_("New deadline"))
    reason = forms.CharField(
        label=_("Why, in public"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in public why the deadline moves.")},
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, in public"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in public why the call is cancelled.")},
    )
