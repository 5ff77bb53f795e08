"""The panel proposes, the body decides, everybody is told at one hour; some appeal."""

from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.money import Money
from grants.applications.models import Application
from grants.applications.states import STAGED, ApplicationState
from grants.calls.states import ASSESSING
from grants.decisions import services
from grants.decisions.models import Appeal, Decision, Deliberation
from grants.decisions.services import Advice, DeliberationFacts, Line
from grants.decisions.states import (
    AT_THE_DESK,
    Answer,
    AppealState,
    Body,
    DeliberationState,
    Instrument,
    Outcome,
    Proposal,
)
from grants.reviews.models import Assignment
from grants.reviews.states import HELD, AssignmentState
from tests.properties.fund.acts import Lane, Luck, act
from tests.properties.fund.applying import of_the_organisation
from tests.properties.fund.calling import LEAST, MOST
from tests.properties.fund.world import World

S = ApplicationState
D = DeliberationState
WHY = "Families decided on the plan."


def is_sealed(_world: World, pk: int) -> bool:
    held = Assignment.objects.filter(application=pk, state__in=HELD)
    return held.exists() and not held.exclude(state=AssignmentState.SEALED).exists()


def amount_for(pk: int, luck: Luck) -> Money:
    asked = Application.objects.get(pk=pk).requested_minor or LEAST
    return Money(luck.choose(((min(asked, MOST) + LEAST) // 2, min(asked, MOST), LEAST)), "USD")


@act("application", S.REVIEWED, by="chairs", when=is_sealed, often=2)
def recommend_it(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.recommend(pk, advice=Advice(Proposal.RECOMMEND, WHY, amount_for(pk, luck)), by=by)


@act("application", S.REVIEWED, by="chairs", when=is_sealed, lane=Lane.DETOUR)
def reserve_it(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.recommend(pk, advice=Advice(Proposal.RESERVE, WHY, amount_for(pk, luck), reserve_rank=1), by=by)


@act("application", S.REVIEWED, by="chairs", when=is_sealed, lane=Lane.DETOUR)
def not_recommend_it(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.recommend(pk, advice=Advice(Proposal.NOT_RECOMMEND, WHY), by=by)


PROPOSED = (S.RECOMMENDED, S.RESERVE, S.NOT_RECOMMENDED)


def waits_for_a_list(world: World, pk: int) -> bool:
    waiting = Application.objects.filter(stage__call=pk, state__in=PROPOSED)
    listed = Decision.objects.filter(is_effective=True).values("application")
    at_hand = Deliberation.objects.filter(call=pk, state__in=(*AT_THE_DESK, D.SUBMITTED_TO_BODY)).exists()
    return not at_hand and waiting.exclude(pk__in=listed).exists()


def meeting(world: World, days: int) -> DeliberationFacts:
    held_on = clock.today("UTC")
    release_at = world.now + timedelta(days=days)
    reference = f"R-{world.number()}"
    return DeliberationFacts(Body.COUNCIL, Instrument.RESOLUTION, reference, held_on, 9, 1, 0, release_at=release_at)


@act("call", ASSESSING, by="officers", when=waits_for_a_list)
def prepare_a_list(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.prepare_deliberation(pk, facts=meeting(world, 5), by=by)


def unlisted(pk: int) -> list[Application]:
    listed = Decision.objects.filter(is_effective=True).values("application")
    waiting = Application.objects.filter(stage__call__deliberations=pk, state__in=PROPOSED)
    return list(waiting.exclude(pk__in=listed).order_by("pk"))


@act("deliberation", *AT_THE_DESK, by="officers", when=lambda _world, pk: bool(unlisted(pk)), often=2)
def put_one_on_the_list(world: World, pk: int, by: Any, luck: Luck) -> None:
    found = unlisted(pk) or list(Application.objects.order_by("pk"))
    if not found:
        return
    chosen = luck.choose(found)
    usual = Outcome.APPROVE if chosen.state == S.RECOMMENDED else Outcome.DECLINE
    outcome = luck.choose((usual, Outcome.APPROVE, Outcome.DECLINE))
    amount = amount_for(chosen.pk, luck) if outcome == Outcome.APPROVE else None
    line = Line(outcome, amount, departure_reason="The council sees it otherwise.", feedback="Thank you.")
    services.put_on_list(pk, application_id=chosen.pk, line=line, by=by)


def lines_of(pk: int) -> list[int]:
    return list(Decision.objects.filter(deliberation=pk).order_by("pk").values_list("application", flat=True))


def has_lines(_world: World, pk: int) -> bool:
    return bool(lines_of(pk))


@act("deliberation", *AT_THE_DESK, by="officers", when=has_lines, lane=Lane.DETOUR)
def take_one_off_the_list(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.take_off_list(pk, application_id=luck.choose(lines_of(pk) or [0]), by=by)


@act("deliberation", *AT_THE_DESK, by="officers", when=has_lines)
def bring_the_list_before_the_body(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.submit_to_body(pk, by=by)


def not_yet(world: World, pk: int) -> list[int]:
    said = set(Deliberation.objects.get(pk=pk).approvals.order_by("pk").values_list("by", flat=True))
    return [one for one in world.cast.office["managers"] + world.cast.office["clerks"] if one not in said]


@act("deliberation", D.SUBMITTED_TO_BODY, by=not_yet, when=lambda w, pk: len(not_yet(w, pk)) > 2, often=2)
def stand_for_the_list(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.approve_deliberation(pk, by=by)


def is_stood_for(world: World, pk: int) -> bool:
    return len(not_yet(world, pk)) <= 2


def is_late(world: World, pk: int) -> bool:
    release_at = Deliberation.objects.get(pk=pk).release_at
    return release_at is None or release_at <= world.now


@act("deliberation", D.SUBMITTED_TO_BODY, by="officers", now=is_late)
def set_another_hour(world: World, pk: int, by: Any, luck: Luck) -> None:
    version = Deliberation.objects.get(pk=pk).version
    services.change_deliberation(pk, facts=meeting(world, luck.number(1, 9)), version=version, by=by)


@act("deliberation", D.SUBMITTED_TO_BODY, by="clerks", when=is_stood_for)
def adopt_the_list(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.adopt(pk, by=by)


@act("deliberation", D.SUBMITTED_TO_BODY, by="clerks", lane=Lane.DETOUR)
def send_the_list_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.send_back(pk, reason="Say more about the second line.", by=by)


@act("deliberation", D.SUBMITTED_TO_BODY, by="clerks", lane=Lane.END)
def reject_the_list(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.reject(pk, by=by)


@act("deliberation", D.ADOPTED, by="clerks", now=is_late)
def announce_the_list(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.release(pk, by=by)


@act("application", *STAGED, S.RESERVE, by="clerks", lane=Lane.DETOUR)
def take_the_decision_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.take_back(pk, reason="The purpose has changed.", by=by)


def is_declined_in_public(_world: World, pk: int) -> bool:
    return Application.objects.get(pk=pk).released_at is not None


@act("application", S.DECLINED, by=of_the_organisation, when=is_declined_in_public)
def appeal(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.file_appeal(pk, grounds="Page three was missing.", by=by)


@act("appeal", AppealState.FILED, by="managers", when=lambda _w, pk: not Appeal.objects.get(pk=pk).answer)
def answer_the_appeal(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.answer_appeal(pk, answer=luck.choose(list(Answer)), reason="We read it again.", by=by)


@act("appeal", AppealState.FILED, by="clerks", when=lambda _w, pk: bool(Appeal.objects.get(pk=pk).answer))
def agree_to_the_answer(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.agree_appeal(pk, by=by)
