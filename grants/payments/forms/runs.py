from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from fundportal.money import format_money
from fundportal.templatetags.controls import Choice
from grants.awards.models import Tranche
from grants.payments.queries.run_pages import account_of
from grants.payments.tables.runs import payment_name


class RunForm(forms.Form):
    """`tranches` are those that may go out of this account. All are ticked at first."""

    pay_on = forms.DateField(
        label=_("Pay on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day the bank is asked to pay."),
        error_messages={"required": _("Choose a day.")},
    )
    tranches = forms.TypedMultipleChoiceField(
        label=_("Payments"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one payment."),
            "invalid_choice": _("One of these payments can no longer go out of this account."),
        },
    )

    def __init__(self, *arguments: Any, tranches: list[Tranche], today: date, **options: Any) -> None:
        initial = {"pay_on": today, "tranches": [each.pk for each in tranches]}
        super().__init__(*arguments, initial=initial, **options)
        self.fields["tranches"].choices = [(each.pk, _choice(each)) for each in tranches]

    @property
    def has_choices(self) -> bool:
        return bool(self.fields["tranches"].choices)


def _choice(tranche: Tranche) -> Choice:
    account = account_of(tranche)
    words = {"payment": payment_name(tranche), "account": account.masked if account else ""}
    label = f"{tranche.award.organisation.name}: {format_money(tranche.amount)}"
    return Choice(label, _t("%(payment)s, to %(account)s") % words)
