from celery import shared_task

from donations.receipts import services


@shared_task(name="receipts.issue")
def issue(gift_id: str) -> None:
    services.follow_gift(int(gift_id))


@shared_task(name="receipts.follow_refund")
def follow_refund(gift_id: str) -> None:
    services.follow_gift(int(gift_id))


@shared_task(name="receipts.sweep")
def sweep() -> None:
    services.follow_gifts_left_behind()
