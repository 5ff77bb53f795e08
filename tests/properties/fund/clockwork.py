"""Time passes, and with it comes what the clock does by itself: every task of the schedule, but for those of Stripe."""

from datetime import timedelta
from typing import Any, Final

from fundportal import clock
from fundportal.celery import app
from fundportal.due import next_due
from tests.properties.fund.acts import Lane, Luck, act, nobody
from tests.properties.fund.world import World

# They ask Stripe, which is played by `giving`.
ASKING_STRIPE: Final = {"stripe.drain_inbox", "stripe.poll_events", "gifts.sweep"}


def ring_every_bell() -> None:
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        if entry["task"] not in ASKING_STRIPE:
            app.tasks[entry["task"]].run()


def move_on(world: World, moment: Any) -> None:
    world.now = moment
    with clock.at(moment):
        ring_every_bell()


@act("fund", by=nobody, at_once=False)
def wait_for_what_is_due(world: World, pk: int, by: Any, luck: Luck) -> None:
    due = next_due()
    move_on(world, (due.at if due else world.now) + timedelta(minutes=2))


@act("fund", by=nobody, at_once=False, lane=Lane.DETOUR)
def let_hours_pass(world: World, pk: int, by: Any, luck: Luck) -> None:
    move_on(world, world.now + timedelta(hours=luck.number(1, 80)))


@act("fund", by=nobody, at_once=False, lane=Lane.END)
def let_months_pass(world: World, pk: int, by: Any, luck: Luck) -> None:
    move_on(world, world.now + timedelta(days=luck.number(10, 120)))


# After these, what looks at the clock is asked afresh.
TIME: Final = {wait_for_what_is_due, let_hours_pass, let_months_pass}
