"""The amount of a running award is lowered, and a payment is added."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fundportal.money import Money
from fundportal.money.forms import AmountField
from grants.awards.forms.acts import ReasonForm
from grants.awards.forms.plan import day_field
from grants.awards.services import ConditionTerms, TrancheTerms
from grants.awards.states import ConditionKind


class LowerForm(ReasonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["difference"] = AmountField(label=_("By how much"), currency=currency)
        self.order_fields(["difference", "reason"])

    @property
    def difference(self) -> Money:
        amount: Money = self.cleaned_data["difference"]
        return -amount


class NewTrancheForm(forms.Form):
    planned_on = day_field(_("Earliest day"))
    text = forms.CharField(
        label=_("What it waits for"),
        help_text=_("Empty where it waits for nothing but its day."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tranches"] = AmountField(label=_("Amount"), currency=currency)
        self.order_fields(["tranches", "planned_on", "text"])

    @property
    def terms(self) -> TrancheTerms:
        held = self.cleaned_data
        waits = (ConditionTerms(ConditionKind.MILESTONE, held["text"]),) if held["text"] else ()
        return TrancheTerms(held["tranches"], held["planned_on"], waits)
