"""Two database sessions at once: what the second does while the first holds its transaction open."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from fundportal.refusals import Refusal

LONGEST = 120  # seconds; every wait ends as soon as the other session is done or blocked
IS_BLOCKED = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"


@contextmanager
def meanwhile(act: Callable[[], Any]) -> Iterator[tuple[list[Any], threading.Thread]]:
    """Gives a session that will run `act`, not started yet, and what it made: a value, or the Refusal it met."""
    made: list[Any] = []

    def work() -> None:
        try:
            made.append(act())
        except Refusal as refusal:
            made.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    with transaction.atomic():
        yield made, thread
    thread.join(timeout=LONGEST)
    assert not thread.is_alive()


def is_waiting(thread: threading.Thread) -> bool:
    """Starts the other session; True when it comes to wait for this one, False when it ends without."""
    thread.start()
    deadline = time.monotonic() + LONGEST
    while thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(IS_BLOCKED)
            if cursor.fetchone()[0]:
                return True
        assert time.monotonic() < deadline, "the other session neither waits nor ends"
        time.sleep(0.01)
    return False
