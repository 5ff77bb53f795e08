from celery import shared_task

from donations.gifts import services


@shared_task(name="gifts.reread")
def reread(gift_id: str) -> None:
    services.reread_gift(int(gift_id))


@shared_task(name="gifts.send_refund")
def send_refund(refund_id: str) -> None:
    services.send_refund(int(refund_id))


@shared_task(name="gifts.sweep")
def sweep() -> None:
    services.sweep()
