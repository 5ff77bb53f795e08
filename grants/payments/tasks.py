from celery import shared_task

from grants.payments import services


@shared_task(name="payments.activate_due")
def activate_due() -> None:
    services.activate_due()
