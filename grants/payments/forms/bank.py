"""What a person types of an account, and what whoever verifies it says. Numbers are checked by the service."""

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fundportal.money.currencies import CURRENCIES
from fundportal.organisations.forms import countries
from grants.payments.account_facts import LONGEST_HOLDER, AccountFacts

NUMBER = {"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}
LONGEST_NUMBER = 60  # with the spaces and dots that people put in


def currencies() -> list[tuple[str, str]]:
    """Codes of ISO 4217 with their names in the reader's language."""
    names = Locale.parse(get_language() or "en", sep="-").currencies
    return [("", _("Choose a currency")), *((code, f"{code}, {names.get(code, code)}") for code in sorted(CURRENCIES))]


def _number(label: object, help_text: object = "", longest: int = LONGEST_NUMBER) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=longest, help_text=help_text, widget=forms.TextInput(NUMBER)
    )


class AccountForm(forms.Form):
    holder = forms.CharField(
        label=_("Account holder"),
        max_length=LONGEST_HOLDER,
        help_text=_("The name in which the bank keeps the account."),
        error_messages={"required": _("Type the name in which the account is kept.")},
    )
    country = forms.ChoiceField(
        label=_("Country of the bank"),
        choices=countries,
        error_messages={"required": _("Choose the country of your bank.")},
    )
    currency = forms.ChoiceField(
        label=_("Currency of the account"),
        choices=currencies,
        error_messages={"required": _("Choose the currency in which the account is kept.")},
    )
    iban = _number(_("IBAN"), _("Spaces do not matter."))
    routing_number = _number(_("Routing number"), _("Nine digits."))
    account_number = _number(_("Account number"))
    bic = _number(_("BIC"), _("Also called SWIFT code: 8 or 11 characters."))

    @property
    def facts(self) -> AccountFacts:
        return AccountFacts(**self.cleaned_data)


class VerifyForm(forms.Form):
    note = forms.CharField(
        label=_("How you checked them"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Whom you called at a number you knew before, or which paper of the bank you saw."),
        error_messages={
            "required": _(
                "Say how you checked them: whom you called at a number you knew before, or which paper you saw."
            )
        },
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why.")},
    )
