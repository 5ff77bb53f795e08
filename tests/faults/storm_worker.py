"""Where the workers that the storm kills come from: each line on stdin forks one that runs the project's own command.

Forking makes a new worker ready at once, so that the next kill meets it at work and not while it loads. Every event
applied leaves a row in a tally, written in the event's own transaction and without a unique key: an event applied twice
has two. STORM_WITHOUT names the guard that a canary switches off.
"""

import os
import signal
import sys
import time

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from donations.stripe import inbox, services
from donations.stripe.models import Event
from donations.stripe.models.event import EventQuerySet
from fundportal.lifecycle import move

WITHOUT = os.environ.get("STORM_WITHOUT", "")
SLOWLY = float(os.environ.get("STORM_SECONDS", "0"))
handler_for = inbox.handler_for


def tallied(kind: str) -> inbox.Handler:
    def handle(event: Event) -> None:
        time.sleep(SLOWLY)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO storm_tally (event) VALUES (%s)", [event.event_id])
        real = handler_for(kind)
        if real:
            real(event)

    return handle


def mark_first_and_work_afterwards() -> bool:
    event = Event.objects.due().order_by("next_at", "pk").first()
    if event is None:
        return False
    move(event, "finish")
    event.save()
    tallied(event.type)(event)
    return True


def hatch() -> None:
    """Forks a worker and says its number."""
    worker = os.fork()
    if worker:
        sys.stdout.write(f"{worker}\n")
        sys.stdout.flush()
        return
    try:
        call_command("work_inbox", forever=True, pause=0.05)
    finally:
        os._exit(1)


inbox.handler_for = tallied
if WITHOUT == "row lock":
    EventQuerySet.select_for_update = lambda self, **_: self
if WITHOUT == "transaction":
    services.apply_next = mark_first_and_work_afterwards
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _line in sys.stdin:
    hatch()
