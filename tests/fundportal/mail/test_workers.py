"""Workers beside each other: one letter is claimed by one of them, and all letters go out once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from fundportal.mail import services
from fundportal.mail.models import Letter
from fundportal.mail.states import LetterState
from tests.support.databases import CommittedDatabase


def write_letters(count: int) -> None:
    for number in range(count):
        services.write(
            "accounts/login_code",
            key=f"code:{number}",
            to=f"person-{number}@example.org",
            language="en",
            fund=None,
            context={"code": "A1B2C3"},
        )


def side_by_side(*works: Callable[[], Any]) -> list[Any]:
    results: list[Any] = []

    def run(work: Callable[[], Any]) -> None:
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def wait_for_each_other(monkeypatch: pytest.MonkeyPatch, *, at_most: float) -> None:
    """Holds each worker between reading a letter and claiming it until the other has read too."""
    barrier = threading.Barrier(2)
    move = services.move

    def wait_then_move(letter: Letter, name: str, **facts: Any) -> None:
        try:
            barrier.wait(timeout=at_most)
        except threading.BrokenBarrierError:
            barrier.reset()
        move(letter, name, **facts)

    monkeypatch.setattr(services, "move", wait_then_move)


def claims() -> list[int]:
    return [letter.pk for letter in side_by_side(services.claim_next, services.claim_next) if letter]


def test_two_workers_send_every_letter_once(committed_db: CommittedDatabase) -> None:
    write_letters(12)
    assert sum(side_by_side(services.send_waiting, services.send_waiting)) == 12
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"person-{n}@example.org" for n in range(12))
    assert set(Letter.objects.order_by("pk").values_list("state", flat=True)) == {LetterState.SENT}


def test_one_letter_is_claimed_by_one_worker(committed_db: CommittedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other cannot come while the letter is locked, so the first waits for it in vain."""
    wait_for_each_other(monkeypatch, at_most=1)
    write_letters(1)
    assert len(claims()) == 1


@pytest.mark.postgres
def test_without_the_lock_both_workers_would_claim_it(
    committed_db: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for_each_other(monkeypatch, at_most=60)
    monkeypatch.setattr(services, "_locked", lambda letters: letters)
    write_letters(1)
    assert len(claims()) == 2
