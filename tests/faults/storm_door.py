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

from fundportal import clock
from fundportal.wsgi import application
from grants.applications import emails
from grants.applications.fingerprint import seal
from grants.applications.models import Application, Revision
from grants.applications.services import sending
from grants.applications.services.locking import lock_application
from grants.applications.views import applicant

__all__ = ["application"]

FOLDER = Path(os.environ["STORM_FOLDER"])
SLOWLY = 0.3  # seconds between a look and the act, in which the second of two clicks arrives
ROW_LOCK, ARRIVAL, LETTER = "row lock", "arrival", "letter"


def ahead() -> timedelta:
    return timedelta(seconds=float((FOLDER / "clock").read_text()))


def unless_without(guard: str, real: Callable[..., Any], broken: Callable[..., Any]) -> Callable[..., Any]:
    def chosen(*given: Any) -> Any:
        is_off = (FOLDER / "without").read_text() == guard
        return broken(*given) if is_off else real(*given)

    return chosen


def read_without_lock(application_id: int) -> Application:
    known = Application.objects.select_related("stage__call__fund", "organisation", "draft__form_version")
    return known.get(pk=application_id)


def seal_slowly(revision: Revision) -> str:
    time.sleep(SLOWLY)
    return seal(revision)


def when_its_turn_comes(_request: object) -> datetime:
    time.sleep(SLOWLY)
    return clock.now()


def nothing(_revision: Revision) -> None: ...


clock.move_by(ahead)
sending.lock_application = unless_without(ROW_LOCK, lock_application, read_without_lock)
sending.seal = unless_without(ROW_LOCK, seal, seal_slowly)
applicant.arrival_of = unless_without(ARRIVAL, applicant.arrival_of, when_its_turn_comes)
emails.acknowledgement = unless_without(LETTER, emails.acknowledgement, nothing)
