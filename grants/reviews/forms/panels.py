"""What the office types about a panel, its members, its plan and a review."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.accounts.models import User
from grants.applications.models import Application
from grants.calls.deadlines import instant, wall_of
from grants.calls.forms.texts import A_TEXT, WallField, gathered, in_each_language, spread
from grants.calls.models import Stage
from grants.reviews.models import Panel
from grants.reviews.models.panel import MOST_ASSIGNMENTS, MOST_REVIEWERS
from grants.reviews.services import PanelTerms

LONGEST = 500
AGREEMENT = gettext_lazy(
    "I read for myself, keep what I read to myself, and judge by the criteria of the call. I use what I learn for "
    "nothing else. If I find a tie to an applicant, I say so at once."
)


class TermsForm(forms.Form):
    """`panel` is None before it is opened: the agreement then begins with the house's own words."""

    def __init__(self, *args: Any, stage: Stage, panel: Panel | None, **kwargs: Any) -> None:
        self.zone = stage.zone
        super().__init__(*args, initial=_initial(stage, panel), **kwargs)
        self.fields["answer_by"] = WallField(label=_("Invitations are answered by"))
        self.fields["review_by"] = WallField(label=_("Reviews are handed in by"))
        self.fields["reviewers_wanted"] = forms.IntegerField(
            label=_("Reviewers for each application"), min_value=1, max_value=MOST_REVIEWERS
        )
        self.fields |= in_each_language("agreement", _("What reviewers agree to"), rows=4, longest=A_TEXT)

    @property
    def terms(self) -> PanelTerms:
        held = self.cleaned_data
        return PanelTerms(
            answer_by=instant(held["answer_by"], self.zone),
            review_by=instant(held["review_by"], self.zone),
            agreements=gathered("agreement", held),
            reviewers_wanted=held["reviewers_wanted"],
        )


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return person.full_name


class ApplicationField(forms.ModelChoiceField):
    def label_from_instance(self, application: Application) -> str:
        return f"{application.reference}, {application.organisation.name}"


class MemberForm(forms.Form):
    user = PersonField(
        label=gettext_lazy("Reviewer"), queryset=User.objects.none(), empty_label=gettext_lazy("Choose somebody")
    )
    most_assignments = forms.IntegerField(
        label=gettext_lazy("Reads at most"), min_value=1, max_value=99, initial=MOST_ASSIGNMENTS
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people


class PairForm(forms.Form):
    """One reader for one application, by hand."""

    application = ApplicationField(
        label=gettext_lazy("Application"), queryset=Application.objects.none(), empty_label=gettext_lazy("Choose one")
    )
    reviewer = PersonField(
        label=gettext_lazy("Reviewer"), queryset=User.objects.none(), empty_label=gettext_lazy("Choose somebody")
    )

    def __init__(self, *args: Any, applications: QuerySet[Application], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].queryset = applications
        self.fields["reviewer"].queryset = people


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("What to look at again"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class TakeOffForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why they are taken off"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )


def _initial(stage: Stage, panel: Panel | None) -> dict[str, Any]:
    if panel is None:
        words = {}
        for code in stage.call.languages:
            with translation.override(code):
                words[code] = str(AGREEMENT)
        return {"reviewers_wanted": stage.call.reviewers_wanted} | spread("agreement", words)
    days = {name: wall_of(getattr(panel, name), stage.zone) for name in ("answer_by", "review_by")}
    return {"reviewers_wanted": panel.reviewers_wanted} | days | spread("agreement", panel.agreements)
