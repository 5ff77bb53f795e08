"""The demo's clock: how far it has been moved, kept in one small file that web and worker both read."""

import json
import logging
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from fundportal import clock
from fundportal.celery import app

SANDBOX_SECONDS: Final = 10
logger = logging.getLogger(__name__)


def offset() -> timedelta:
    try:
        return timedelta(seconds=float(_file().read_text()))
    except FileNotFoundError:
        return timedelta()


def move_to(moment: datetime) -> list[str]:
    """Sets the clock forward to an aware moment and does all regular work once, as the clock would have done.

    Returns the names of the tasks that ran. A moment before now changes nothing.
    """
    ahead = moment - clock.now()
    if ahead <= timedelta():
        return []
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(".new")
    written.write_text(str((offset() + ahead).total_seconds()))
    written.replace(path)
    move_the_sandbox()
    return do_due_work()


def move_the_sandbox() -> None:
    """Payment pages close by Stripe's clock; the stand-in keeps ours. It may be down, as Stripe may."""
    told = json.dumps({"offset": offset().total_seconds()}).encode()
    request = urllib.request.Request(f"{settings.STRIPE_API_BASE}/_clock", data=told, method="POST")  # noqa: S310  (the sandbox's own address)
    try:
        urllib.request.urlopen(request, timeout=SANDBOX_SECONDS).close()  # noqa: S310  (the same)
    except OSError:
        logger.warning("The sandbox did not hear that the clock moved.")


def do_due_work() -> list[str]:
    """Runs each task of the beat schedule here and now, in the schedule's order."""
    app.loader.import_default_modules()
    names = [entry["task"] for entry in app.conf.beat_schedule.values()]
    for name in names:
        app.tasks[name].apply(throw=True)
    return names


def _file() -> Path:
    return Path(settings.VAR_DIR) / "clock"
