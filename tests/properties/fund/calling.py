"""Calls: written, announced, opened and closed by the clock, moved, assessed, decided, put away."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fundportal import clock
from fundportal.money import Money
from fundportal.organisations.models import Kind
from grants.applications.services import extend_deadline
from grants.calls import services
from grants.calls.models import Call, Criterion, Stage
from grants.calls.services import CriterionFacts, StageFacts
from grants.calls.states import ASSESSING, BEFORE_DECIDED, CLOSED, DECIDED, DRAFT, FORECAST, OPEN, SCORES, Topic
from grants.decisions.services import conclude
from grants.reviews import services as reviewing
from tests.properties.fund.acts import Lane, Luck, act
from tests.properties.fund.world import World

ZONE = "America/New_York"
BUDGET, LEAST, MOST = 3_000_000, 500_000, 2_000_000
ONGOING = 2
RUBRIC = (("need", 60), ("plan", 40))


def wall(world: World, days: int) -> datetime:
    """As the wall shows it in the zone of the call, at five in the afternoon."""
    day = world.now.astimezone(ZoneInfo(ZONE)) + timedelta(days=days)
    return day.replace(hour=17, minute=0, second=0, microsecond=0, tzinfo=None)


def is_written(world: World, pk: int) -> bool:
    is_whole = Criterion.objects.filter(stage__call=pk).count() == len(RUBRIC)
    return is_whole and (world.known["call"][pk] != DRAFT or Stage.objects.get(call=pk).deadline_at > world.now)


def few_calls(world: World, _pk: int) -> bool:
    """One that broke off half written, or is too late to be announced, is left where it lies."""
    ongoing = [pk for pk, state in world.known["call"].items() if state in BEFORE_DECIDED]
    return sum(is_written(world, pk) for pk in ongoing) < ONGOING


@act("fund", by="officers", now=few_calls, at_once=False)
def write_a_call(world: World, pk: int, by: Any, luck: Luck) -> None:
    number = world.number()
    titles = {"en": f"Call {number}"}
    call = services.create_call(
        pk, purpose_id=world.cast.purpose.pk, code=f"storm-{number}", prefix=f"ST{number}", titles=titles, by=by
    )
    call = services.edit_call(call.pk, facts=facts_of_a_call(titles), version=call.version, by=by)
    stage = services.set_stage(
        call.pk,
        number=1,
        facts=StageFacts({"en": "Apply"}, wall(world, 2), wall(world, 12), ZONE, world.cast.form.pk),
        version=call.version,
        by=by,
    )
    for place, (key, weight) in enumerate(RUBRIC, start=call.version + 1):
        anchors = {str(score): {"en": f"{key} is {score}"} for score in SCORES}
        facts = CriterionFacts({"en": key.title()}, weight, {}, anchors)
        services.set_criterion(stage.pk, key=key, facts=facts, version=place, by=by)


def facts_of_a_call(titles: dict[str, str]) -> dict[str, Any]:
    amounts = zip(("budget", "minimum", "maximum"), (BUDGET, LEAST, MOST), strict=True)
    return {name: Money(minor, "USD") for name, minor in amounts} | {
        "summaries": titles,
        "texts": {topic: {"en": f"About {topic}."} for topic in Topic},
        "applicant_kinds": [Kind.CITY.value],
        "languages": ["en"],
        "most_per_organisation": 1,
        "burden_hours": 3,
        "decision_by_on": clock.today("UTC") + timedelta(days=90),
        "conflict_window_days": 5,
        "screening_rules": services.rules_from({"en": ["In a city", "Not for profit"]}),
        "reviewers_wanted": 2,
    }


@act("call", DRAFT, by="managers", now=is_written)
def publish_the_call(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.publish(pk, by=by)


@act("call", FORECAST, by="managers", lane=Lane.DETOUR)
def take_the_call_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.withdraw(pk, by=by)


@act("call", OPEN, by="managers", lane=Lane.DETOUR)
def move_the_deadline(world: World, pk: int, by: Any, luck: Luck) -> None:
    stage = Stage.objects.filter(call=pk).first()
    days = luck.number(14, 30)
    if stage is not None:
        extend_deadline(stage.pk, deadline=wall(world, days), reason="The post was late.", by=by)


@act("call", CLOSED, by="managers")
def start_the_assessment(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.start_assessment(pk, by=by)


@act("call", CLOSED, by="officers", lane=Lane.DETOUR)
def propose_to_reopen(world: World, pk: int, by: Any, luck: Luck) -> None:
    reviewing.propose_reopening(pk, deadline=wall(world, 9), reason="The page was down.", by=by)


def is_to_reopen(world: World, pk: int) -> bool:
    return Call.objects.get(pk=pk).reopenings.filter(confirmed_at=None, dropped_at=None).exists()


@act("call", CLOSED, by="managers", when=is_to_reopen, lane=Lane.DETOUR)
def reopen_the_call(world: World, pk: int, by: Any, luck: Luck) -> None:
    reviewing.reopen(pk, by=by)


@act("call", CLOSED, by="managers", when=is_to_reopen, lane=Lane.DETOUR)
def leave_the_call_closed(world: World, pk: int, by: Any, luck: Luck) -> None:
    reviewing.drop_reopening(pk, by=by)


@act("call", ASSESSING, by="managers", lane=Lane.DETOUR)
def conclude_the_call(world: World, pk: int, by: Any, luck: Luck) -> None:
    conclude(pk, by=by)


@act("call", DECIDED, by="managers", lane=Lane.END)
def put_the_call_away(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.archive(pk, by=by)


@act("call", *BEFORE_DECIDED, by="managers", lane=Lane.END)
def cancel_the_call(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.cancel(pk, reason="The money went elsewhere.", by=by)
