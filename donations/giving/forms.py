from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from donations.campaigns.models import Campaign
from donations.gifts.states import Visibility
from donations.giving.amounts import OTHER, choices, fee_example, in_words, own_amount
from fundportal.funds.models import Purpose
from fundportal.money import Money, currency
from fundportal.templatetags.controls import Choice

LOST: Final = "\N{REPLACEMENT CHARACTER}"
LONGEST_NAME: Final = 200
LONGEST_EMAIL: Final = 254
NAME_LOST: Final = gettext_lazy("Some characters did not arrive. Type your name again.")
EMAIL_SENTENCE: Final = gettext_lazy("Enter your email address with a full ending, like name@example.org")


class GiveForm(forms.Form):
    """The answers of the give page. Fields stand in the order of the page, so the error summary reads like it.

    An amount that is none of the tiles is treated as one that was typed: it is read, refused or kept in the same box.
    """

    amount = forms.ChoiceField(
        label=gettext_lazy("How much"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an amount, or choose Other and type your own.")},
    )
    own = forms.CharField(
        label=gettext_lazy("Another amount"),
        help_text=gettext_lazy("Type it the way you write it: 40, 40.00 or 1,200."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"null_characters_not_allowed": gettext_lazy("Type the amount in figures, like 40.")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what your gift is for."),
            "invalid_choice": gettext_lazy("This campaign does not collect for that. Choose one of these."),
        },
    )
    covers_fee = forms.BooleanField(
        label=gettext_lazy("Add the card cost so that the whole gift reaches the fund"), required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Name for the receipt"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": None}),
        error_messages={
            "required": gettext_lazy("Type the name that shall stand on the receipt."),
            "max_length": gettext_lazy("A receipt has room for 200 letters of a name. Shorten it."),
            "null_characters_not_allowed": NAME_LOST,
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=LONGEST_EMAIL,
        help_text=gettext_lazy("The receipt goes here. Nothing else does unless you ask."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": EMAIL_SENTENCE,
            "invalid": EMAIL_SENTENCE,
            "max_length": EMAIL_SENTENCE,
            "null_characters_not_allowed": EMAIL_SENTENCE,
        },
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("How your name appears in public"),
        choices=Visibility,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose whether your name may appear."),
            "invalid_choice": gettext_lazy("Choose whether your name may appear."),
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        campaign: Campaign,
        purposes: list[Purpose],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.campaign, self.purposes = campaign, purposes
        offered = choices(campaign)
        super().__init__(_as_typed(data, offered), initial=_as_typed(initial, offered), auto_id="%s")
        self._offer("amount", offered)
        self._offer("purpose", [(purpose.code, Choice(purpose.name, purpose.description)) for purpose in purposes])
        self._say_what_it_costs()

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        field: forms.ChoiceField = self.fields[name]  # type: ignore[assignment]  # declared above as one
        field.choices = offered

    def _say_what_it_costs(self) -> None:
        words = {"currency": currency(self.campaign.currency).name(get_language() or "en")}
        words["least"] = in_words(self.campaign.minimum)
        self.fields["amount"].help_text = _("In %(currency)s. The smallest gift is %(least)s.") % words
        self.fields["covers_fee"].help_text = fee_example(self.campaign, self.amount_shown)

    def clean_name(self) -> str:
        """Printable text on one line; a name is not judged further."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"], code="required")
        if LOST in name or not name.isprintable():
            raise ValidationError(NAME_LOST, code="lost")
        return name

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if "amount" in facts and "own" in facts:
            self._clean_amount(facts["amount"], facts["own"])
        return facts

    def _clean_amount(self, tile: str, typed: str) -> None:
        field = "own" if tile == OTHER or typed else "amount"
        try:
            self.cleaned_data["money"] = own_amount(self.campaign, tile, typed)
        except ValidationError as fault:
            self.add_error(field, fault)

    @property
    def money(self) -> Money:
        """The gift without the card cost; only a valid form has one."""
        return self.cleaned_data["money"]

    @property
    def chosen_purpose(self) -> Purpose:
        return next(purpose for purpose in self.purposes if purpose.code == self.cleaned_data["purpose"])

    @property
    def amount_shown(self) -> Money | None:
        """What the summary counts with: the amount on the page, None while there is none that could be given."""
        try:
            return own_amount(self.campaign, str(self["amount"].value() or ""), str(self["own"].value() or ""))
        except ValidationError:
            return None


def _as_typed(data: Mapping[str, Any] | None, offered: list[tuple[str, str]]) -> dict[str, Any] | None:
    """Plain values, the last of each name, with an amount that is no tile moved to the box for other amounts."""
    if data is None:
        return None
    plain = {name: data.get(name) for name in data}
    tile = str(plain.get("amount") or "")
    typed = str(plain.get("own") or "")
    if tile not in dict(offered) and (tile or typed):
        plain |= {"amount": OTHER, "own": typed or tile}
    return plain
