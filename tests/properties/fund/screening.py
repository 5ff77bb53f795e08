"""The office looks whether an application fits: it checks, asks, holds, finds two who agree that it does not."""

from datetime import timedelta
from typing import Any

from fundportal import clock
from grants.applications import services
from grants.applications.models import Application, Disqualification, Ineligibility, ScreeningCheck
from grants.applications.queries.screening import rules_of
from grants.applications.services.screening import earliest_due_on
from grants.applications.states import UNDER_WAY, ApplicationState
from tests.properties.fund.acts import Lane, Luck, act
from tests.properties.fund.world import World

S = ApplicationState
WHY = "It does not say who pays the cook."


def unchecked(pk: int) -> list[str]:
    application = Application.objects.select_related("stage__call").get(pk=pk)
    checked = ScreeningCheck.objects.filter(application=pk, passes=True).order_by("pk").values_list("rule", flat=True)
    return [rule.key for rule in rules_of(application.stage.call) if rule.key not in set(checked)]


@act("application", S.SCREENING, by="officers", when=lambda _world, pk: bool(unchecked(pk)), often=3)
def check_a_rule(world: World, pk: int, by: Any, luck: Luck) -> None:
    rule = next(iter(unchecked(pk)), "in-a-city")
    services.check_rule(pk, rule=rule, passes=luck.number(0, 9) < 9, note="Read the form.", by=by)


@act("application", S.SCREENING, by="officers", when=lambda _world, pk: not unchecked(pk), often=2)
def find_it_fit(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.mark_eligible(pk, by=by)


@act("application", S.SCREENING, by="officers", lane=Lane.DETOUR)
def ask_the_applicant(world: World, pk: int, by: Any, luck: Luck) -> None:
    due_on = earliest_due_on(clock.today(world.cast.fund.time_zone))
    services.request_info(pk, sections=["project"], reason=WHY, due_on=due_on, by=by)


def proposed_by(model: Any, pk: int) -> int | None:
    found = model.objects.filter(application=pk, confirmed_at=None, dropped_at=None).first()
    return found.proposed_by_id if found else None


@act("application", S.SCREENING, by="officers", lane=Lane.DETOUR)
def propose_that_it_does_not_fit(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.propose_ineligible(pk, criterion="in-a-city", reason=WHY, by=by)


def others_than(model: Any, group: str) -> Any:
    return lambda world, pk: [one for one in world.cast.office[group] if one != proposed_by(model, pk)]


@act(
    "application",
    S.SCREENING,
    by=others_than(Ineligibility, "officers"),
    when=lambda _world, pk: proposed_by(Ineligibility, pk) is not None,
)
def agree_that_it_does_not_fit(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.mark_ineligible(pk, by=by)


@act("application", S.SCREENING, by="officers", when=lambda _world, pk: proposed_by(Ineligibility, pk) is not None)
def drop_that_it_does_not_fit(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.drop_ineligible(pk, by=by)


@act("application", S.INELIGIBLE, by="managers")
def find_for_the_applicant(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.uphold_appeal(pk, reason="The rule was not clear.", by=by)


@act("application", *UNDER_WAY, by="officers", lane=Lane.DETOUR)
def put_it_on_hold(world: World, pk: int, by: Any, luck: Luck) -> None:
    ends_on = clock.today(world.cast.fund.time_zone) + timedelta(days=luck.number(1, 30))
    services.hold(pk, reason="The mayor has resigned.", ends_on=ends_on, by=by)


@act("application", S.ON_HOLD, by="officers")
def end_its_hold(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.resume(pk, by=by)


@act("application", S.WITHDRAWN, by="managers")
def bring_it_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.reinstate(pk, reason="They asked for it within days.", by=by)


@act("application", *UNDER_WAY, S.ON_HOLD, by="managers", lane=Lane.END)
def propose_to_exclude_it(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.propose_disqualification(pk, evidence="The register of firms.", reply="They did not answer.", by=by)


def is_to_be_excluded(world: World, pk: int) -> bool:
    return proposed_by(Disqualification, pk) is not None


@act(
    "application",
    *UNDER_WAY,
    S.ON_HOLD,
    by=others_than(Disqualification, "officers"),
    when=is_to_be_excluded,
    lane=Lane.END,
)
def exclude_it(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.disqualify(pk, by=by)


@act("application", *UNDER_WAY, S.ON_HOLD, by="officers", when=is_to_be_excluded)
def drop_its_exclusion(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.drop_disqualification(pk, by=by)
