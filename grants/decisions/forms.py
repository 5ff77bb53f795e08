from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fundportal.money.forms import AmountField
from grants.calls.deadlines import instant, wall_of
from grants.calls.forms.texts import WallField
from grants.calls.models import Call
from grants.decisions.models import Decision, Deliberation, Recommendation
from grants.decisions.services import Advice, DeliberationFacts, Line
from grants.decisions.states import Answer, Body, Instrument, Outcome, Proposal

LONGEST = 4_000


def _paragraph(label: object, *, required: bool = False, help_text: object = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=LONGEST, widget=forms.Textarea({"rows": rows})
    )


class AdviceForm(forms.Form):
    proposal = forms.ChoiceField(
        label=_("The panel proposes"),
        choices=Proposal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the panel proposes.")},
    )
    reserve_rank = forms.IntegerField(
        label=_("Place on the reserve list"), required=False, min_value=1, max_value=999, help_text=_("For a reserve.")
    )
    rationale = forms.CharField(
        label=_("Why, as the applicant may read it"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say why, in words the applicant may read.")},
    )
    conditions = _paragraph(_("Conditions"), help_text=_("They stand in the letter that says yes."))

    def __init__(self, *arguments: Any, call: Call, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["amount"] = AmountField(
            label=_("Amount"), currency=call.currency, required=False, help_text=_("Empty where nothing is proposed.")
        )
        self.order_fields(["proposal", "amount", "reserve_rank", "rationale", "conditions"])

    @property
    def advice(self) -> Advice:
        return Advice(**self.cleaned_data)


class DeliberationForm(forms.Form):
    body = forms.ChoiceField(label=_("Who decides"), choices=Body.choices)
    instrument = forms.ChoiceField(label=_("Instrument"), choices=Instrument.choices)
    reference = forms.CharField(
        label=_("Reference"), max_length=80, required=False, help_text=_("The body’s own, as soon as there is one.")
    )
    held_on = forms.DateField(
        label=_("Day of the meeting"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    votes_for = forms.IntegerField(label=_("Votes for"), required=False, min_value=0, max_value=9999)
    votes_against = forms.IntegerField(label=_("Votes against"), required=False, min_value=0, max_value=9999)
    abstentions = forms.IntegerField(label=_("Abstentions"), required=False, min_value=0, max_value=9999)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    release_at = WallField(
        label=_("Everybody is told at"), required=False, help_text=_("In the time zone of the fund. All letters leave.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, call: Call, standing: Deliberation | None = None, **options: Any) -> None:
        self.zone = call.fund.time_zone
        super().__init__(*arguments, initial=self._initial(standing), **options)

    @property
    def facts(self) -> DeliberationFacts:
        held = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        wall = held.pop("release_at")
        return DeliberationFacts(**held, release_at=instant(wall, self.zone) if wall else None)

    def _initial(self, standing: Deliberation | None) -> dict[str, Any]:
        if standing is None:
            return {}
        held = {name: getattr(standing, name) for name in self.base_fields}
        return held | {"release_at": wall_of(standing.release_at, self.zone) if standing.release_at else None}


class LineForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is decided.")},
    )
    departure_reason = _paragraph(
        _("Why the body departs from the panel"), help_text=_("Needed where the decision or the amount differs.")
    )
    feedback = _paragraph(
        _("What the letter adds"), help_text=_("In the language of the application. The marks stand there anyway.")
    )

    def __init__(self, *arguments: Any, call: Call, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["amount"] = AmountField(
            label=_("Amount"), currency=call.currency, required=False, help_text=_("Empty where nothing is given.")
        )
        self.order_fields(["outcome", "amount", "departure_reason", "feedback"])

    @property
    def line(self) -> Line:
        return Line(**self.cleaned_data)


def line_as_listed(decision: Decision | None, advice: Recommendation | None) -> dict[str, Any]:
    """What stands on the list, else what the panel proposed; on a reserve the body has its own word to say."""
    if decision is not None:
        names = ("outcome", "amount", "departure_reason", "feedback")
        return {name: getattr(decision, name) for name in names}
    if advice is None or advice.proposal == Proposal.RESERVE:
        return {}
    favoured = advice.proposal == Proposal.RECOMMEND
    return {"outcome": Outcome.APPROVE, "amount": advice.amount} if favoured else {"outcome": Outcome.DECLINE}


class AppealForm(forms.Form):
    grounds = forms.CharField(
        label=_("What went wrong"),
        help_text=_("An appeal is about how it was decided: a rule that was not kept, a fact that was overlooked."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Say what went wrong.")},
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The applicant reads this once a second person agrees, in the language of the application."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say why, in the words the applicant will read.")},
    )


class InvitationForm(forms.Form):
    feedback = forms.CharField(
        label=_("What the next stage can build on"),
        help_text=_("The applicant reads it beside the marks, in the language of the application."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Say what the next stage can build on; the applicant reads it.")},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why.")},
    )
