from celery import shared_task

from grants.calls import services


@shared_task(name="calls.open_due")
def open_due() -> None:
    services.open_due()
