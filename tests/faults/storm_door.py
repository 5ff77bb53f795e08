"""The portal's WSGI application as a storm serves it: on a clock that the storm sets, with guards it can switch off.

STORM_FOLDER holds two files, read again whenever they are needed: `clock`, the seconds by which our clock is ahead, and
`without`, the guard that a canary goes without; while it is empty every guard is on.
"""

import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from fundportal import clock
from fundportal.wsgi import application
from grants.applications import emails, services
from grants.applications.fingerprint import seal
from grants.applications.models import Application, Revision
from grants.applications.services import sending
from grants.applications.services.locking import lock_application
from grants.applications.views import applicant

__all__ = ["application"]

FOLDER = Path(os.environ["STORM_FOLDER"])
SLOWLY = 0.3  # seconds between a look and the act, in which the second of two clicks arrives
QUEUE = timedelta(minutes=1)  # that a request stands in front of the view, where its turn counts and not its arrival
ROW_LOCK, STANDING, ARRIVAL, LETTER, COMMIT = "row lock", "look at what stands", "arrival", "letter", "commit"


def ahead() -> timedelta:
    return timedelta(seconds=float((FOLDER / "clock").read_text()))


def unless_without(guard: str, real: Callable[..., Any], broken: Callable[..., Any]) -> Callable[..., Any]:
    def chosen(*given: Any, **named: Any) -> Any:
        is_off = (FOLDER / "without").read_text() == guard
        return (broken if is_off else real)(*given, **named)

    return chosen


def read_without_lock(application_id: int) -> Application:
    known = Application.objects.select_related("stage__call__fund", "organisation", "draft__form_version")
    return known.get(pk=application_id)


def read_as_opened_again(application_id: int) -> Application:
    found = lock_application(application_id)
    found.unlocked_at = clock.now()
    return found


def seal_slowly(revision: Revision) -> str:
    time.sleep(SLOWLY)
    return seal(revision)


def when_its_turn_comes(_request: object) -> datetime:
    return clock.now() + QUEUE


def nothing(_revision: Revision) -> None: ...


def promise_and_forget(*given: Any, **named: Any) -> Revision:
    with transaction.atomic():
        revision = sending.submit(*given, **named)
        transaction.set_rollback(True)
    return revision


clock.move_by(ahead)
locked = unless_without(STANDING, lock_application, read_as_opened_again)
sending.lock_application = unless_without(ROW_LOCK, locked, read_without_lock)
sending.seal = unless_without(ROW_LOCK, seal, seal_slowly)
applicant.arrival_of = unless_without(ARRIVAL, applicant.arrival_of, when_its_turn_comes)
emails.acknowledgement = unless_without(LETTER, emails.acknowledgement, nothing)
services.submit = unless_without(COMMIT, services.submit, promise_and_forget)
