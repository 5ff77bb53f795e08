"""What a reviewer answers to an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 500


class AcceptForm(forms.Form):
    agrees = forms.BooleanField(
        label=_("I agree to these rules"),
        error_messages={"required": _("Agree to the rules to read, or say that you cannot.")},
    )
    has_no_tie = forms.BooleanField(
        label=_("I have no tie to this organisation"),
        help_text=_("Not by work, money, family or friendship. With a tie, use the box beside this one."),
        error_messages={"required": _("Tick this if you have no tie. If you have one, tell us in the box beside.")},
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you cannot read it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why, so that the office can ask somebody else.")},
    )


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label=_("What ties you to this organisation"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A few words. The text closes for you at once and somebody else reads it."),
        error_messages={"required": _("Say in a few words what ties you to this organisation.")},
    )
