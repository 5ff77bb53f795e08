from celery import shared_task

from grants.decisions import services


@shared_task(name="decisions.release_due")
def release_due() -> None:
    services.release_due()
