"""The score sheet: a score with its reason for each criterion. What is missing is asked for only when handing in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.calls.models import Criterion
from grants.reviews.models import Assignment, Score
from grants.reviews.services import Entry
from grants.reviews.states import HIGHEST_SCORE, LOWEST_SCORE

LONGEST = 4_000
TILES = tuple(range(LOWEST_SCORE, HIGHEST_SCORE + 1))


@dataclass(frozen=True)
class Line:
    """One criterion on the sheet. `saved` is what another window kept, where that differs from what stands here."""

    criterion: Criterion
    value: BoundField
    reason: BoundField
    saved: Entry | None = None

    @property
    def tiles(self) -> list[tuple[int, str, bool]]:
        return [(tile, self.criterion.anchor(tile), str(tile) == str(self.value.value())) for tile in TILES]

    @property
    def is_bad(self) -> bool:
        return bool(self.value.errors or self.reason.errors)


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0)


class ScoreForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("For the panel"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What no criterion asks. The applicant does not read it."),
    )

    def __init__(self, *args: Any, assignment: Assignment, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        self.scores: dict[int, Score] = {score.criterion_id: score for score in assignment.scores.all()}
        super().__init__(*args, initial={"comment": assignment.comment}, auto_id="score-%s", **kwargs)
        self.assignment = assignment
        self.criteria = list(criteria)
        for criterion in self.criteria:
            self._add(criterion)

    @property
    def entries(self) -> dict[int, Entry]:
        """What is typed and can be read. A criterion with a mistake is left out: what was saved of it stays."""
        held = self.cleaned_data
        return {
            one.pk: Entry(held.get(f"value-{one.pk}"), held.get(f"reason-{one.pk}", "").strip())
            for one in self.criteria
            if not {f"value-{one.pk}", f"reason-{one.pk}"} & set(self.errors)
        }

    @property
    def lines(self) -> Iterator[Line]:
        for one in self.criteria:
            yield Line(one, self[f"value-{one.pk}"], self[f"reason-{one.pk}"], self._saved(one))

    def ask_for_what_is_missing(self) -> int:
        """Marks every criterion without a score or without a reason; returns how many there are."""
        typed = self.entries
        gaps = [(one, typed[one.pk]) for one in self.criteria if one.pk in typed and _has_gap(typed[one.pk])]
        for one, entry in gaps:
            if entry.value is None:
                self.add_error(f"value-{one.pk}", _("Choose a score from 0 to 5."))
            if not entry.justification:
                self.add_error(f"reason-{one.pk}", _("A score needs its reason. One sentence is enough."))
        return len(gaps)

    def show_saved(self, scores: Sequence[Score]) -> None:
        """Beside the typed text stands what another window saved."""
        self.scores = {score.criterion_id: score for score in scores}
        self.is_stale = True

    is_stale = False

    def _add(self, criterion: Criterion) -> None:
        score = self.scores.get(criterion.pk)
        self.fields[f"value-{criterion.pk}"] = forms.TypedChoiceField(
            label=criterion.title,
            required=False,
            coerce=int,
            empty_value=None,
            choices=[(tile, tile) for tile in TILES],
            widget=forms.RadioSelect,
            initial=score.value if score else None,
        )
        self.fields[f"reason-{criterion.pk}"] = forms.CharField(
            label=_("Why this score"),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=score.justification if score else "",
        )

    def _saved(self, criterion: Criterion) -> Entry | None:
        score = self.scores.get(criterion.pk)
        if not self.is_stale or score is None:
            return None
        saved = Entry(score.value, score.justification)
        return saved if saved != self.entries.get(criterion.pk) else None


class AmendForm(forms.Form):
    """Another score for one criterion, after the panel talked."""

    value = forms.TypedChoiceField(
        label=gettext_lazy("New score"),
        coerce=int,
        choices=[(tile, tile) for tile in TILES],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a score from 0 to 5.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("It stands beside the first score, which stays readable."),
        error_messages={"required": gettext_lazy("Say why the score changes.")},
    )

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = [(tile, f"{tile}: {criterion.anchor(tile)}") for tile in TILES]


def _has_gap(entry: Entry) -> bool:
    return entry.value is None or not entry.justification
