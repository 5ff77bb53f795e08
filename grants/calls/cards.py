"""What the office's page of a call offers: its stages, and what this person may do now and why not the rest."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.access import may
from fundportal.accounts.models import User
from fundportal.lifecycle import why_not
from fundportal.templatetags.ledgers import Ledger
from grants.calls.deadlines import in_words, instant, wall_clock
from grants.calls.models import Call, Criterion, Extension, Stage
from grants.calls.permissions import EDIT, PUBLISH
from grants.calls.states import BEFORE_DECIDED, CLOSED, DECIDED, DRAFT, FORECAST, OPEN
from grants.calls.tables import rubric_table, stage_facts

MOVES: dict[str, tuple[tuple[str, object, str], ...]] = {
    DRAFT: (("publish", gettext_lazy("Announce this call"), ""),),
    FORECAST: (
        ("open", gettext_lazy("Open it now"), ""),
        ("withdraw", gettext_lazy("Take it back to the desk"), "plain"),
    ),
    CLOSED: (("start_assessment", gettext_lazy("Start the assessment"), ""),),
    DECIDED: (("archive", gettext_lazy("Archive this call"), "plain"),),
}


@dataclass(frozen=True)
class Action:
    """A button that posts, or a link to a page that asks first; with a `reason` it cannot be pressed and says why."""

    label: object
    url: str
    kind: str = ""
    reason: str = ""
    is_link: bool = False


CallSource = Callable[[Call, User], Iterable[Action]]
StageSource = Callable[[Stage, User], Iterable[Action]]
_of_calls: list[CallSource] = []
_of_stages: list[StageSource] = []


def offer_on_call(source: CallSource) -> None:
    """Later phases add what they can do with a call: `source(call, viewer)`. Registering twice is registering once."""
    if source not in _of_calls:
        _of_calls.append(source)


def offer_on_stage(source: StageSource) -> None:
    """The same for a stage, which comes with its call."""
    if source not in _of_stages:
        _of_stages.append(source)


@dataclass(frozen=True)
class StageCard:
    stage: Stage
    title: str
    facts: list[tuple[str, object]]
    rubric: Ledger
    extensions: list[str]
    actions: list[Action]
    criteria: list["CriterionCard"]


@dataclass(frozen=True)
class CriterionCard:
    """Its buttons: up, down, remove. Only while the call is being written."""

    criterion: Criterion
    actions: list[Action]


def actions_of(call: Call, *, viewer: User) -> list[Action]:
    """Moves of the state it stands at; those the reader's role does not have are left out, not greyed."""
    offered = [_move(call, *move) for move in MOVES.get(call.state, ())] if may(viewer, PUBLISH, call.fund) else []
    offered += [action for source in _of_calls for action in source(call, viewer)]
    if may(viewer, EDIT, call.fund) and call.state in (DRAFT, FORECAST, OPEN, CLOSED):
        offered.append(Action(_("Edit"), reverse("calls:edit", args=[call.code]), "plain small", is_link=True))
    if may(viewer, PUBLISH, call.fund) and call.state in BEFORE_DECIDED:
        offered.append(
            Action(_("Cancel this call"), reverse("calls:cancel", args=[call.code]), "stop small", is_link=True)
        )
    return offered


def stage_cards(call: Call, *, viewer: User) -> list[StageCard]:
    may_write = call.is_draft and may(viewer, EDIT, call.fund)
    return [_stage_card(call, stage, viewer, may_write=may_write) for stage in call.stages.all()]


def may_add_stage(call: Call, *, viewer: User) -> bool:
    return call.is_draft and may(viewer, EDIT, call.fund)


def _move(call: Call, name: str, label: object, kind: str) -> Action:
    reasons = why_not(call, name)
    lacks_much = name == "publish" and reasons
    reason = _("Something is missing. The list below says what.") if lacks_much else " ".join(reasons)
    return Action(label, reverse(f"calls:{name}", args=[call.code]), f"{kind} small".strip(), reason)


def _stage_card(call: Call, stage: Stage, viewer: User, *, may_write: bool) -> StageCard:
    stage.call = call
    criteria = list(stage.criteria.all())
    title = _("Stage %(number)s: %(title)s") % {"number": stage.number, "title": stage.title}
    return StageCard(
        stage=stage,
        title=title if stage.title else _("Stage %(number)s") % {"number": stage.number},
        facts=stage_facts(stage),
        rubric=rubric_table(stage, criteria, may_edit=may_write),
        extensions=[_said(extension) for extension in stage.extensions.all()],
        actions=list(_stage_actions(call, stage, viewer, may_write=may_write)),
        criteria=[CriterionCard(one, _criterion_actions(stage, one)) for one in criteria] if may_write else [],
    )


def _stage_actions(call: Call, stage: Stage, viewer: User, *, may_write: bool) -> Iterator[Action]:
    place = [call.code, stage.number]
    if may_write:
        yield Action(
            _("Change the dates and the form"), reverse("calls:stage", args=place), "plain small", is_link=True
        )
        yield Action(_("Add a criterion"), reverse("calls:criterion_add", args=place), "plain small", is_link=True)
    for source in _of_stages:
        yield from source(stage, viewer)


def _criterion_actions(stage: Stage, criterion: Criterion) -> list[Action]:
    place = [stage.call.code, stage.number, criterion.key]
    labels = {"up": _("Up"), "down": _("Down"), "remove": _("Remove")}
    return [
        Action(label, reverse(f"calls:criterion_{act}", args=place), "plain small") for act, label in labels.items()
    ]


def _said(extension: Extension) -> str:
    before, after = (
        in_words(instant(wall_clock(wall), extension.zone), extension.zone)
        for wall in (extension.deadline_before, extension.deadline_after)
    )
    words = {"before": before, "after": after, "reason": extension.reason}
    return _("Moved from %(before)s to %(after)s. %(reason)s") % words
