"""What was kept is applied once, tried again, or left for a person; nothing is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client

from donations.stripe import inbox, services
from donations.stripe.models import Event
from donations.stripe.states import EventState
from fundportal import clock
from tests.donations.stripe.test_webhook import event
from tests.support.sandbox import StripeSandbox

Seen = list[str]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Registers handlers for one test, in an empty book."""
    monkeypatch.setattr(inbox, "_handlers", {})
    return inbox.on


def keep(number: int = 1, kind: str = "checkout.session.completed") -> Event:
    services.keep(event(id=f"evt_{number}", type=kind))
    return Event.objects.get(event_id=f"evt_{number}")


def state_of(number: int = 1) -> str:
    return Event.objects.get(event_id=f"evt_{number}").state


def test_the_longest_prefix_gets_the_event(register) -> None:
    def wide(event: Event) -> None: ...
    def narrow(event: Event) -> None: ...

    register("checkout", wide)
    register("checkout.session", narrow)
    assert inbox.handler_for("checkout.session.expired") is narrow
    assert inbox.handler_for("checkout.other") is wide
    assert inbox.handler_for("checkouts.session") is None


def test_a_prefix_has_one_handler(register) -> None:
    register("refund", lambda event: None)
    with pytest.raises(ValueError, match="handler already"):
        register("refund", lambda event: None)


@pytest.mark.django_db
def test_an_event_is_applied_once(register) -> None:
    seen: Seen = []
    register("checkout.session", lambda event: seen.append(event.object_id))
    keep()
    assert (services.drain_inbox(), services.drain_inbox()) == (1, 0)
    assert seen == ["cs_test_1"]
    done = Event.objects.get()
    assert (done.state, done.attempts, done.last_error) == (EventState.DONE, 1, "")


@pytest.mark.django_db
def test_what_nobody_registered_for_is_kept_and_ignored(register) -> None:
    keep(kind="moon.landing.announced")
    services.drain_inbox()
    assert state_of() == EventState.IGNORED


@pytest.mark.django_db
def test_an_event_that_fails_changes_nothing_and_waits_longer_each_time(register) -> None:
    def half_done(event: Event) -> None:
        keep(99)
        raise LookupError("no such gift \x00")

    register("checkout.session", half_done)
    with clock.at(clock.now()):
        keep()
    waits = []
    for _ in range(3):
        kept = Event.objects.get()
        with clock.at(kept.next_at):
            assert services.drain_inbox() == 1
            waits.append(Event.objects.get().next_at - clock.now())
    assert waits == [timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60)]
    assert Event.objects.get().last_error == "LookupError: no such gift "


@pytest.mark.django_db
def test_one_bad_event_does_not_hold_up_the_others(register) -> None:
    seen: Seen = []

    def picky(event: Event) -> None:
        if event.event_id == "evt_1":
            raise RuntimeError("no")
        seen.append(event.event_id)

    register("checkout.session", picky)
    for number in (1, 2, 3):
        keep(number)
    assert services.drain_inbox() == 3
    assert sorted(seen) == ["evt_2", "evt_3"]
    assert state_of(1) == EventState.RECEIVED


@pytest.mark.django_db
def test_after_the_last_try_a_person_has_to_look(register) -> None:
    def broken(event: Event) -> None:
        raise RuntimeError("still no")

    register("checkout.session", broken)
    keep()
    for _ in range(Event.MOST_ATTEMPTS):
        with clock.at(Event.objects.get().next_at):
            services.drain_inbox()
    failed = Event.objects.get()
    assert (failed.state, failed.attempts) == (EventState.FAILED, Event.MOST_ATTEMPTS)
    with clock.at(clock.now() + timedelta(days=9)):
        assert services.drain_inbox() == 0


@pytest.mark.django_db
def test_the_limit_is_kept(register) -> None:
    register("checkout.session", lambda event: None)
    for number in range(5):
        keep(number)
    assert (services.drain_inbox(limit=2), services.drain_inbox()) == (2, 3)


@pytest.mark.django_db
def test_events_that_never_came_are_asked_for(sandbox: StripeSandbox, client: Client, register) -> None:
    sandbox.chaos(drop=2)
    for number in range(4):
        sandbox.invent("checkout.session.completed", {"id": f"cs_{number}"})
    assert sandbox.deliver(client) == [200, 200]
    assert services.poll_events() == 2
    assert services.poll_events() == 0
    assert sorted(Event.objects.values_list("object_id", flat=True)) == ["cs_0", "cs_1", "cs_2", "cs_3"]


@pytest.mark.django_db
def test_a_polled_event_and_its_late_delivery_are_one(sandbox: StripeSandbox, client: Client) -> None:
    sandbox.invent("checkout.session.completed", {"id": "cs_0"})
    assert services.poll_events() == 1
    assert sandbox.deliver(client) == [200]
    assert Event.objects.count() == 1
