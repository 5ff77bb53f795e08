from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.funds.models import Purpose
from fundportal.money.forms import AmountField
from fundportal.organisations.models import Kind
from grants.calls.forms.texts import A_TEXT, gathered, in_each_language, rows_of, spread
from grants.calls.models import Call
from grants.calls.models.call import PREFIX
from grants.calls.services import rules_from
from grants.calls.services.writing import AMOUNTS, ANNOUNCED_ONCE, NUMBERS
from grants.calls.states import Topic

TAKEN_WORDS = ("new",)
CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", gettext_lazy("Use small letters, digits and hyphens."))


class PurposeField(forms.ModelChoiceField):
    def label_from_instance(self, purpose: Purpose) -> str:
        return _("%(fund)s: %(purpose)s") % {"fund": purpose.fund.name, "purpose": purpose.name}


class StartForm(forms.Form):
    """What a call cannot be without: whose money, how it is called, and the codes it goes by."""

    purpose = PurposeField(label=gettext_lazy("Whose money, for what"), queryset=Purpose.objects.none())
    code = forms.CharField(
        label=gettext_lazy("Address of its page"),
        max_length=50,
        validators=[CODE],
        help_text=gettext_lazy("Small letters, digits and hyphens, like welcome-2027. It never changes."),
    )
    prefix = forms.CharField(
        label=gettext_lazy("Beginning of references"),
        max_length=8,
        validators=[PREFIX],
        help_text=gettext_lazy("Capital letters and digits, like PW27: the first application is then PW27-0001."),
    )

    def __init__(self, *args: Any, purposes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].queryset = purposes
        self.fields |= in_each_language("titles", _("Title"))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code in TAKEN_WORDS:
            raise forms.ValidationError(_("Another page has this address. Choose another."))
        return code

    @property
    def titles(self) -> dict[str, str]:
        return gathered("titles", self.cleaned_data)


class CallForm(forms.Form):
    """Everything of a call but its stages. What was announced once is left out, since it stays as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_of(call), **kwargs)
        self.call = call
        self.fields |= _public_fields()
        if call.is_draft:
            self.fields |= _money_fields(call) | _applicant_fields()
        self.fields |= _assessment_fields()

    @property
    def groups(self) -> list[tuple[str, list[list[BoundField]]]]:
        """Rows of boxes under their headings, in reading order."""
        headed = [
            (_("What the page says"), ("titles", "summaries", *(f"texts_{topic}" for topic in Topic), "decision")),
            (_("The money"), AMOUNTS),
            (_("Who may apply, and what it takes"), ANNOUNCED_ONCE[len(AMOUNTS) :]),
            (_("How it is screened and assessed"), ("reviewers", "conflict", "rules")),
        ]
        found = [
            (title, [box for box in self.visible_fields() if box.name.startswith(names)]) for title, names in headed
        ]
        return [(title, rows_of(boxes)) for title, boxes in found if boxes]

    @property
    def facts(self) -> dict[str, Any]:
        held = self.cleaned_data
        texts = {topic.value: gathered(f"texts_{topic}", held) for topic in Topic}
        facts = {name: held[name] for name in (*ANNOUNCED_ONCE, *NUMBERS) if name in held}
        lines = {code: held[f"rules_{code}"].splitlines() for code, _language in settings.LANGUAGES}
        rules = rules_from({code: [line.strip() for line in each if line.strip()] for code, each in lines.items()})
        return facts | {
            "titles": gathered("titles", held),
            "summaries": gathered("summaries", held),
            "texts": {topic: each for topic, each in texts.items() if each},
            "screening_rules": rules,
        }


def initial_of(call: Call) -> dict[str, Any]:
    """What the boxes show of a call as it stands."""
    shown: dict[str, Any] = {name: getattr(call, name) for name in (*ANNOUNCED_ONCE, *NUMBERS, "version")}
    shown |= spread("titles", call.titles) | spread("summaries", call.summaries)
    for topic in Topic:
        shown |= spread(f"texts_{topic}", call.texts.get(topic, {}))
    rules = call.screening_rules
    lines = {code: [rule["texts"].get(code, "") for rule in rules] for code, _language in settings.LANGUAGES}
    return shown | spread("rules", {code: "\n".join(each) for code, each in lines.items()})


def _public_fields() -> dict[str, forms.Field]:
    fields = in_each_language("titles", _("Title")) | in_each_language("summaries", _("Summary"), rows=2, longest=600)
    for topic in Topic:
        fields |= in_each_language(f"texts_{topic}", topic.label, rows=5, longest=A_TEXT)
    day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    label = _("Applicants hear by")
    return fields | {"decision_by_on": forms.DateField(label=label, required=False, widget=day)}


def _money_fields(call: Call) -> dict[str, forms.Field]:
    labels = {"budget": _("Money in all"), "minimum": _("Smallest grant"), "maximum": _("Largest grant")}
    return {name: AmountField(label=label, required=False, currency=call.currency) for name, label in labels.items()}


def _applicant_fields() -> dict[str, forms.Field]:
    ticks = forms.CheckboxSelectMultiple
    return {
        "applicant_kinds": forms.MultipleChoiceField(
            label=_("Who may apply"), required=False, choices=Kind.choices, widget=ticks
        ),
        "languages": forms.MultipleChoiceField(
            label=_("Languages of the call"), required=False, choices=settings.LANGUAGES, widget=ticks
        ),
        "most_per_organisation": _whole(_("Applications of one organisation"), least=1, most=20, required=True),
        "needs_signatory": forms.BooleanField(label=_("Only a signatory may send an application"), required=False),
        "burden_hours": _whole(_("Hours an application takes"), least=1, most=500),
    }


def _assessment_fields() -> dict[str, forms.Field]:
    return {
        "reviewers_wanted": _whole(_("Reviewers of each application"), least=1, most=9, required=True),
        "conflict_window_days": _whole(_("Days in which reviewers declare conflicts"), least=0, most=60),
        **in_each_language("rules", _("Check list for screening, one line each"), rows=5, longest=A_TEXT),
    }


def _whole(label: str, *, least: int, most: int, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most)
