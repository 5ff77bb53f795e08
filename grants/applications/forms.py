from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fundportal.organisations.models import Organisation
from grants.applications.models import Application
from grants.applications.queries import ApplicationFilter, Rule
from grants.applications.states import ApplicationState
from grants.calls.models import Call

OLD_PAGE = _("This page has grown old. Open it again.")
LONGEST_REASON = 2000


def reason_field(label: object, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say why in a sentence."), "max_length": _("Keep it to 2,000 characters.")},
    )


def day_field(label: object, help_text: object = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day, like 2027-01-31.")},
    )


class StartForm(forms.Form):
    """For which organisation, and in which of the call's languages."""

    organisation = forms.ModelChoiceField(
        label=_("Who applies"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose an organisation."), "invalid_choice": _("Choose one of yours.")},
    )
    language = forms.ChoiceField(label=_("The language you write in"))

    def __init__(self, *args: Any, organisations: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        names = dict(settings.LANGUAGES)
        self.fields["language"].choices = [(code, names.get(code, code)) for code in call.languages]


class VersionForm(forms.Form):
    """Which version of the draft the page showed."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages={"invalid": OLD_PAGE, "required": OLD_PAGE},
    )


class CollaboratorForm(forms.Form):
    full_name = forms.CharField(
        label=_("Name"), max_length=150, error_messages={"required": _("Type the name of this person.")}
    )
    email = forms.EmailField(
        label=_("Email address"),
        error_messages={
            "required": _("Type their email address."),
            "invalid": _("Enter an email address with a full ending, like name@example.org"),
        },
    )


class OfficeForm(forms.Form):
    """Several of these stand on one page, so the ids of their fields carry the form's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{type(self).__name__.lower()}_%s", **kwargs)


class ReasonForm(OfficeForm):
    reason = reason_field(_("Why"), _("The applicant reads this."))


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you withdraw"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class HoldForm(ReasonForm):
    ends_on = day_field(_("Somebody looks at it again on"))


class RuleForm(forms.Form):
    """One answered line of the check list."""

    rule = forms.CharField(max_length=60)
    passes = forms.TypedChoiceField(choices=(("yes", ""), ("no", "")), coerce=lambda value: value == "yes")
    note = forms.CharField(required=False, max_length=LONGEST_REASON)


class RequestForm(OfficeForm):
    sections = forms.MultipleChoiceField(
        label=_("Parts that open for the applicant"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part.")},
    )
    reason = reason_field(_("What you need"), _("The applicant reads this."))
    due_on = day_field(_("Answer by"), _("Five working days from now at the earliest."))

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form = application.draft.form_version.form
        self.fields["sections"].choices = [(section.key, section.title) for section in form.sections]


class IneligibleForm(OfficeForm):
    criterion = forms.ChoiceField(label=_("Rule it misses"))
    reason = reason_field(_("Why"), _("The applicant reads this once a second person has agreed."))

    def __init__(self, *args: Any, rules: list[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = [(rule.key, rule.text) for rule in rules]


class DisqualifyForm(OfficeForm):
    evidence = reason_field(_("What was found, and where it can be read"))
    reply = reason_field(_("What the applicant answered"), _("Or when they were asked and did not answer."))


class FilterForm(forms.Form):
    """What narrows the list of applications. A value that does not exist narrows nothing."""

    words = forms.CharField(label=_("Applicant, project or reference"), required=False, max_length=100)
    call = forms.ChoiceField(label=_("Call"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=(("", _("Newest first")), ("waiting", _("Waiting longest first")), ("name", _("By name"))),
    )
    state = forms.ChoiceField(required=False, choices=ApplicationState, widget=forms.HiddenInput)

    def __init__(self, *args: Any, calls: list[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].choices = [("", _("All")), *((one.code, one.title) for one in calls)]

    @property
    def wanted(self) -> ApplicationFilter:
        self.full_clean()
        held = self.cleaned_data
        return ApplicationFilter(
            words=held.get("words", ""),
            call=held.get("call", ""),
            state=held.get("state", ""),
            order=held.get("order", ""),
        )
