"""What a line of the statement is, said by a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from fundportal.funds.models import Purpose
from fundportal.money import format_money
from fundportal.templatetags.controls import Choice
from grants.payments.models import BankLine, Instruction
from grants.payments.tables.runs import payment_name


class MatchForm(forms.Form):
    instruction = forms.TypedChoiceField(
        label=_("Payment"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the payment."),
            "invalid_choice": _("This payment does not fit the line any more. Choose again."),
        },
    )

    def __init__(self, *arguments: Any, payments: list[Instruction], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["instruction"].choices = [(each.pk, _choice(each)) for each in payments]


class ExplainForm(forms.Form):
    """A charge where money went out, interest where it came in: the sign says which."""

    purpose = forms.TypedChoiceField(
        label=_("Purpose"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the purpose."),
            "invalid_choice": _("Choose a purpose of this fund."),
        },
    )

    def __init__(self, *arguments: Any, line: BankLine, **options: Any) -> None:
        super().__init__(*arguments, **options)
        purposes = Purpose.objects.filter(fund=line.bank_account.fund_id).order_by("position", "code")
        self.fields["purpose"].choices = [(each.pk, each.name) for each in purposes]


class ReturnForm(forms.Form):
    """Money that a grantee did not spend and sends back."""

    reference = forms.CharField(
        label=_("Reference of the grant"),
        max_length=24,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Type the reference of the grant.")},
    )


def _choice(payment: Instruction) -> Choice:
    words = {"payment": payment_name(payment.tranche), "obligation": payment.obligation}
    label = f"{payment.tranche.award.organisation.name}: {format_money(payment.amount)}"
    return Choice(label, _t("%(payment)s, end-to-end reference %(obligation)s") % words)
