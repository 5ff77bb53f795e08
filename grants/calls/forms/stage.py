from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from grants.calls.deadlines import wall_clock, wall_of, zones
from grants.calls.forms.texts import WallField, gathered, in_each_language, rows_of, spread
from grants.calls.models import Criterion, Stage
from grants.calls.models.stage import GRACE_MINUTES
from grants.calls.services import CriterionFacts, StageFacts
from grants.calls.states import FULL_WEIGHT, SCORES
from grants.questionnaires.models import Questionnaire

MOST_GRACE = 60


class StageForm(forms.Form):
    """`stage` is None for a new one; `start` holds the call's version and the fund's zone."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, stage: Stage | None, questionnaires: Any, start: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=start | _stage_initial(stage), **kwargs)
        self.fields |= in_each_language("titles", _("Name of the stage"))
        self.fields["opens"] = WallField(label=_("Opens"))
        self.fields["deadline"] = WallField(label=_("Deadline"))
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone of both"), choices=[(name, name.replace("_", " ")) for name in zones()]
        )
        self.fields["grace_minutes"] = forms.IntegerField(
            label=_("Minutes of grace"),
            min_value=0,
            max_value=MOST_GRACE,
            help_text=_("Published, the same for everybody. It covers the queue at the door."),
        )
        self.fields["questionnaire"] = forms.ModelChoiceField(
            label=_("Form"), queryset=questionnaires, required=False, empty_label=_("Chosen later")
        )
        self.fields["is_rolling"] = forms.BooleanField(
            label=_("Applications are assessed as they come, before the deadline"), required=False
        )

    @property
    def rows(self) -> list[list[BoundField]]:
        return rows_of(self.visible_fields())

    @property
    def facts(self) -> StageFacts:
        held = self.cleaned_data
        chosen: Questionnaire | None = held["questionnaire"]
        return StageFacts(
            titles=gathered("titles", held),
            opens=held["opens"],
            deadline=held["deadline"],
            zone=held["zone"],
            questionnaire_id=chosen.pk if chosen else None,
            grace_minutes=held["grace_minutes"],
            is_rolling=held["is_rolling"],
        )


class CriterionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, criterion: Criterion | None, version: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": version} | _criterion_initial(criterion), **kwargs)
        self.fields |= in_each_language("titles", _("Criterion"))
        self.fields |= in_each_language("helps", _("What it means"), rows=2, longest=600)
        self.fields["weight"] = forms.IntegerField(
            label=_("Weight"),
            min_value=1,
            max_value=FULL_WEIGHT,
            help_text=_("The weights of a stage add up to 100."),
        )
        for score in SCORES:
            label = _("What %(score)s of 5 means") % {"score": score}
            self.fields |= in_each_language(f"anchors_{score}", label, longest=300)

    @property
    def rows(self) -> list[list[BoundField]]:
        return rows_of(self.visible_fields())

    @property
    def facts(self) -> CriterionFacts:
        held = self.cleaned_data
        anchors = {str(score): gathered(f"anchors_{score}", held) for score in SCORES}
        return CriterionFacts(
            titles=gathered("titles", held),
            weight=held["weight"],
            helps=gathered("helps", held),
            anchors={score: texts for score, texts in anchors.items() if texts},
        )


def _stage_initial(stage: Stage | None) -> dict[str, Any]:
    if stage is None:
        return {"grace_minutes": GRACE_MINUTES}
    return spread("titles", stage.titles) | {
        "opens": wall_of(stage.opens_at, stage.zone),
        "deadline": wall_clock(stage.deadline_wall),
        "zone": stage.zone,
        "grace_minutes": stage.grace_minutes,
        "questionnaire": stage.questionnaire_id,
        "is_rolling": stage.is_rolling,
    }


def _criterion_initial(criterion: Criterion | None) -> dict[str, Any]:
    if criterion is None:
        return {}
    shown: dict[str, Any] = spread("titles", criterion.titles) | spread("helps", criterion.helps)
    for score in SCORES:
        shown |= spread(f"anchors_{score}", criterion.anchors.get(str(score), {}))
    return shown | {"weight": criterion.weight}
