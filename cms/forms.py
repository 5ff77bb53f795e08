"""What the register and the list of grants can be narrowed by, as a reader types and picks it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants import public
from grants.public import Filters, GrantFilters

LONGEST_WORDS = 80


class RegisterForm(forms.Form):
    """A value that nobody can mean (a year in letters, an unknown kind) narrows nothing, and breaks nothing."""

    words = forms.CharField(label=_("Words"), required=False, max_length=LONGEST_WORDS)
    country = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.ChoiceField(label=_("Kind of pledge"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, choices: public.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries, kinds = list(choices.countries), list(choices.kinds)
        years = [(year, str(year)) for year in choices.years]
        self.fields["words"].widget = forms.TextInput(attrs={"type": "search"})
        self.fields["country"].choices = [("", _("All %(number)d") % {"number": len(countries)}), *countries]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]
        self.fields["year"].choices = [("", _("All years")), *years]

    def filters(self) -> Filters:
        self.full_clean()
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return Filters(**told, backed=self.data.get("backed") == "1")


class GrantForm(forms.Form):
    """As forgiving as the other: what nobody can mean narrows nothing."""

    words = forms.CharField(label=_("Words"), required=False, max_length=LONGEST_WORDS)
    fund = forms.ChoiceField(label=_("Fund"), required=False)
    call = forms.ChoiceField(label=_("Call"), required=False)
    year = forms.TypedChoiceField(label=_("Year of the decision"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, choices: public.GrantChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget = forms.TextInput(attrs={"type": "search"})
        self.fields["fund"].choices = [("", _("All funds")), *choices.funds]
        self.fields["call"].choices = [("", _("All calls")), *choices.calls]
        self.fields["year"].choices = [("", _("All years")), *((year, str(year)) for year in choices.years)]

    def filters(self) -> GrantFilters:
        self.full_clean()
        return GrantFilters(**{name: value for name, value in self.cleaned_data.items() if value})
