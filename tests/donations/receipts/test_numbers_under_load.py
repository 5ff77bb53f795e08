"""Many workers issue at once: no number is taken twice, none is left out, and without the lock this would fail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.query import QuerySet

from donations.gifts.states import GiftState
from donations.receipts import services
from donations.receipts.models import Receipt, ReceiptCounter
from tests.factories.gifts import make_campaign, make_gift
from tests.support.databases import CommittedDatabase

pytestmark = pytest.mark.postgres
WORKERS, GIFTS = 8, 48


def issue_all_at_once() -> list[str]:
    """How each worker's attempts ended; every seventh is rolled back after its receipt was made."""
    campaign = make_campaign()
    gifts = [make_gift(campaign, state=GiftState.RECEIVED).pk for _ in range(GIFTS)]
    ReceiptCounter.objects.create(fund=campaign.fund, year=services.clock.today("UTC").year)
    start = Barrier(WORKERS)

    def work(number: int) -> list[str]:
        start.wait()
        try:
            return [issue(gift, spoil=gift % 7 == 0) for gift in gifts[number::WORKERS]]
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return [ending for endings in pool.map(work, range(WORKERS)) for ending in endings]


def issue(gift_id: int, *, spoil: bool) -> str:
    try:
        with transaction.atomic():
            services.issue_receipt(gift_id)
            if spoil:
                transaction.set_rollback(True)
    except IntegrityError:
        return "collided"
    return "rolled back" if spoil else "issued"


def test_numbers_have_no_gap_and_no_double(committed_db: CommittedDatabase) -> None:
    endings = issue_all_at_once()
    numbers = sorted(Receipt.objects.values_list("number", flat=True))

    assert "collided" not in endings
    assert numbers == list(range(1, endings.count("issued") + 1))
    assert ReceiptCounter.objects.get().last_number == len(numbers)


def test_without_the_lock_two_workers_take_the_same_number(
    committed_db: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary: if this passes without a collision, the test above proves nothing."""
    locked: Callable[..., QuerySet] = QuerySet.select_for_update

    def unlocked(rows: QuerySet, *args: object, **options: object) -> QuerySet:
        return rows if rows.model is ReceiptCounter else locked(rows, *args, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)

    assert "collided" in issue_all_at_once()


def test_two_workers_that_follow_one_gift_issue_one_receipt(committed_db: CommittedDatabase) -> None:
    gift = make_gift(make_campaign(), state=GiftState.RECEIVED)
    start = Barrier(WORKERS)

    def work(_number: int) -> None:
        start.wait()
        try:
            services.follow_gift(gift.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))

    assert gift.receipts.get().number == 1
