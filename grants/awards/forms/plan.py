"""What one row of the offer asks: a payment, what it waits for, a report, a figure, a line of the budget."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.money.forms import TYPED_BY_HAND, AmountField
from grants.awards.forms.rows import Kind
from grants.awards.states import ConditionKind, ReportKind
from grants.questionnaires.models import FormVersion
from grants.questionnaires.numbers import read_number, show_number

LARGEST: Final = Decimal(10) ** 13  # what the column holds before its two decimals
PLACES: Final = 2
PICKED = {"": gettext_lazy("Choose")}


def day_field(label: object, help_text: object = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Choose a day, like 2027-01-31."),
        },
    )


class DatesForm(forms.Form):
    starts_on = day_field(gettext_lazy("The grant starts"))
    ends_on = day_field(gettext_lazy("The grant ends"))
    respond_by = day_field(gettext_lazy("The grantee answers by"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TrancheRow(forms.Form):
    planned_on = day_field(gettext_lazy("Earliest day"))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = AmountField(label=gettext_lazy("Amount"), currency=currency)
        self.order_fields(["amount", "planned_on"])


class ConditionRow(forms.Form):
    tranche = forms.IntegerField(
        label=gettext_lazy("For payment"),
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Name the payment by its number.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=(*PICKED.items(), *ConditionKind.choices),
        error_messages={"required": gettext_lazy("Choose what it waits for.")},
    )
    text = forms.CharField(label=gettext_lazy("In words"), max_length=500, required=False)
    report = forms.IntegerField(
        label=gettext_lazy("Report number"),
        min_value=1,
        max_value=99,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    due_on = day_field(gettext_lazy("Day"), required=False)

    def clean(self) -> dict[str, Any]:
        held = super().clean() or self.cleaned_data
        kind = held.get("kind")
        if kind == ConditionKind.REPORT_ACCEPTED and not held.get("report"):
            self.add_error("report", _("Name the report by its number."))
        if kind == ConditionKind.DATE and not held.get("due_on"):
            self.add_error("due_on", _("Choose a day."))
        if kind in (ConditionKind.MILESTONE, ConditionKind.DOCUMENT) and not held.get("text"):
            self.add_error("text", _("Say in words what has to be there."))
        return held


class ReportRow(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=(*PICKED.items(), *ReportKind.choices))
    period_starts_on = day_field(gettext_lazy("From"))
    period_ends_on = day_field(gettext_lazy("To"))
    due_on = day_field(gettext_lazy("Due"))
    form_version = forms.ChoiceField(
        label=gettext_lazy("Form"), error_messages={"required": gettext_lazy("Choose a form.")}
    )

    def __init__(self, *args: Any, versions: Sequence[FormVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_version"].choices = [*PICKED.items(), *((str(one.pk), named(one)) for one in versions)]


class FigureField(forms.CharField):
    """A number as this language writes it, kept as Decimal; what is no number stays as it was typed."""

    def to_python(self, value: Any) -> Decimal | None:
        text = super().to_python(value)
        if not text:
            return None
        number = read_number(text)
        if not number:
            raise ValidationError(_("Type a number in figures, like 12."))
        figure = Decimal(number)
        if abs(figure) >= LARGEST or figure != round(figure, PLACES):
            raise ValidationError(_("Type a number with two decimals at the most."))
        return figure

    def validate(self, value: Any) -> None:
        """Nothing is as good as a number."""

    def prepare_value(self, value: Any) -> Any:
        return show_number(f"{value.normalize():f}", grouped=False) if isinstance(value, Decimal) else value


def figure_field(label: object) -> FigureField:
    made = FigureField(label=label, required=False, empty_value=None, widget=forms.TextInput(attrs=TYPED_BY_HAND))
    made.validators = []  # they read texts; the number's own reading says it better
    return made


class IndicatorRow(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("What is counted"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what is counted.")},
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=60, required=False)
    baseline = figure_field(gettext_lazy("At the start"))
    target = figure_field(gettext_lazy("Aim"))


class BudgetRow(forms.Form):
    heading = forms.CharField(
        label=gettext_lazy("For what"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what the money is for.")},
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = AmountField(label=gettext_lazy("Amount"), currency=currency)


GROUPS = (
    Kind(
        "tranches",
        TrancheRow,
        gettext_lazy("Payments"),
        gettext_lazy("Each may be asked for from its day on, once what it waits for is there."),
        gettext_lazy("Payment %(number)s"),
        gettext_lazy("Add a payment"),
        ("amount", "planned_on"),
    ),
    Kind(
        "conditions",
        ConditionRow,
        gettext_lazy("What payments wait for"),
        gettext_lazy("Name the payment, and for an accepted report the report, by the numbers on this page."),
        gettext_lazy("Condition %(number)s"),
        gettext_lazy("Add a condition"),
        ("tranche", "kind", "text", "report", "due_on"),
    ),
    Kind(
        "reports",
        ReportRow,
        gettext_lazy("Reports"),
        gettext_lazy("One of them is the final report."),
        gettext_lazy("Report %(number)s"),
        gettext_lazy("Add a report"),
        ("kind", "period_starts_on", "period_ends_on", "due_on", "form_version"),
    ),
    Kind(
        "indicators",
        IndicatorRow,
        gettext_lazy("What is counted"),
        gettext_lazy("A few figures that every report tells: where they stand today, and the aim."),
        gettext_lazy("Figure %(number)s"),
        gettext_lazy("Add a figure"),
        ("name", "unit", "baseline", "target"),
    ),
    Kind(
        "budget",
        BudgetRow,
        gettext_lazy("Agreed budget"),
        gettext_lazy("Taken from the application. Reports tell the spending line by line."),
        gettext_lazy("Line %(number)s"),
        gettext_lazy("Add a line"),
        ("heading", "amount"),
    ),
)


def named(version: FormVersion) -> str:
    words = {"name": version.questionnaire.name, "number": version.number}
    return _("%(name)s, version %(number)s") % words
