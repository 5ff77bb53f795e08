"""What an organisation's people type: its profile, whom they invite, a conflict."""

import unicodedata
from typing import Any, Final

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fundportal.accounts.forms import ADDRESS, in_our_words
from fundportal.organisations.models import Kind, Organisation, Scheme
from fundportal.organisations.services import Profile

# Codes that the Unicode tables hold beside the countries: unions, test locales, the unknown.
NOT_COUNTRIES: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def countries() -> list[tuple[str, str]]:
    """Codes (ISO 3166) and names in the reader's language, in its alphabet's order as far as accents go."""
    names = Locale.parse(get_language() or "en", sep="-").territories
    found = [(code, name) for code, name in names.items() if code.isalpha() and code not in NOT_COUNTRIES]
    return [("", _("Choose a country")), *sorted(found, key=lambda each: _without_accents(each[1]))]


def country_name(code: str) -> str:
    names = Locale.parse(get_language() or "en", sep="-").territories
    return str(names.get(code, code))


class RegistrationForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("The full name, as it stands in its statutes or on its letters."),
        error_messages={"required": _("Type the name of the organisation.")},
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=Kind.choices)
    country = forms.ChoiceField(
        label=_("Country"), choices=countries, error_messages={"required": _("Choose a country.")}
    )
    city = forms.CharField(label=_("City or town"), max_length=120, required=False)


class ProfileForm(RegistrationForm):
    address = forms.CharField(
        label=_("Postal address"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Type the whole address, like https://example.org")},
    )
    ein = forms.CharField(label=_("EIN"), max_length=40, required=False, help_text=_("In the United States."))
    siret = forms.CharField(label=_("SIRET"), max_length=40, required=False, help_text=_("In France."))
    other = forms.CharField(
        label=_("Number in another register"),
        max_length=40,
        required=False,
        help_text=_("With the name of the register."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        standing = {name: getattr(organisation, name) for name in ("name", "kind", "country", "city", "version")}
        standing |= {"address": organisation.address, "website": organisation.website}
        standing |= {each.scheme: each.value for each in organisation.identifiers.order_by("scheme")}
        super().__init__(*args, initial=standing, **kwargs)

    def profile(self) -> Profile:
        typed = self.cleaned_data
        stated = {name: typed[name] for name in ("name", "kind", "country", "city", "address", "website")}
        return Profile(**stated, identifiers={scheme: typed[scheme] for scheme in Scheme.values})


class InvitationForm(forms.Form):
    full_name = forms.CharField(label=_("Name"), max_length=150, error_messages={"required": _("Type the name.")})
    email = forms.EmailField(label=_("Email address"))
    is_signatory = forms.BooleanField(
        label=_("May sign for the organisation"),
        required=False,
        help_text=_("Sends applications, signs agreements, decides who else is a member."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, email=ADDRESS)


class ConflictForm(forms.Form):
    """`found` are the organisations that match what was looked for."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the organisation."), "invalid_choice": _("Choose the organisation.")},
    )
    reason = forms.CharField(
        label=_("What ties you to it"),
        max_length=300,
        help_text=_("A few words: you work there, somebody close to you does, you advised them."),
        error_messages={"required": _("Say in a few words what ties you to it.")},
    )

    def __init__(self, *args: Any, found: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = found


def _without_accents(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
