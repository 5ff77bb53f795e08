from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.campaigns.models import Campaign
from donations.gifts.models import Gift
from donations.gifts.queries import GiftFilter
from donations.gifts.states import GiftState
from fundportal.money.forms import AmountField


class FilterForm(forms.Form):
    """What narrows the list of gifts. A value that does not exist narrows nothing."""

    words = forms.CharField(label=_("Name, address or reference"), required=False, max_length=100)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    state = forms.ChoiceField(required=False, choices=GiftState, widget=forms.HiddenInput)
    refund = forms.ChoiceField(required=False, choices=(("waits", ""),), widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaigns: list[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].choices = [("", _("All")), *((one.code, one.title) for one in campaigns)]

    @property
    def wanted(self) -> GiftFilter:
        self.full_clean()
        held = self.cleaned_data
        return GiftFilter(
            words=held.get("words", ""),
            state=held.get("state", ""),
            campaign=held.get("campaign", ""),
            refund_waits=bool(held.get("refund")),
        )


class RefundForm(forms.Form):
    """`key` makes two clicks one request."""

    key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": _("This page has grown old. Open the gift again.")}
    )
    reason = forms.CharField(
        label=_("Why the money goes back"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Whoever decides reads this, and the auditor. The donor does not."),
        error_messages={
            "required": _("Say in a sentence why the money goes back."),
            "max_length": _("Keep it to 500 characters."),
        },
    )

    def __init__(self, *args: Any, gift: Gift, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = AmountField(label=_("How much to give back"), currency=gift.currency)
        self.order_fields(("key", "amount", "reason"))
