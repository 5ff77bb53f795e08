"""Work that follows a commit. Celery is only a bell: what it forgets, a sweeper finds."""

import logging
from functools import partial

from django.db import transaction

from fundportal.celery import app

logger = logging.getLogger(__name__)


def after_commit(name: str, *ids: object) -> None:
    """Rings for the task `name` with plain ids once the surrounding transaction has committed.

    A broker that cannot be reached is logged and otherwise ignored: every such task has a sweeper.
    """
    transaction.on_commit(partial(ring, name, *ids), robust=True)


def ring(name: str, *ids: object) -> None:
    try:
        app.send_task(name, args=[str(value) for value in ids], retry=False)
    except Exception:  # any broker fault: kombu raises transport errors of many families
        logger.warning("The bell for %s did not ring; its sweeper will do the work.", name, exc_info=True)
